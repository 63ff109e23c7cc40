"""The gallery of components, for developers."""
