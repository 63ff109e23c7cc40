"""The gallery of components, for those who change them."""
