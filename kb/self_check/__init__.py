"""The self-check: answers to criteria of good practice, what they add up to, and a plan. Pure; nothing is stored."""
