"""The form of the editor: controls, sections, previews, completeness."""
