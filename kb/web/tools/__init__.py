"""The pages of tools, their adaptations, and download statistics."""
