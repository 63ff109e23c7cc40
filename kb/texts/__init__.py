"""Texts for readers that are content: questions, names of facts, wording of exercises."""
