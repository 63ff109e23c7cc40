"""Adaptations: keeping a conversion as an adaptation, and following changes of its tool."""
