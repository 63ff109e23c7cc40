"""The workshop builder for trainers."""
