"""Generates exercises from the records of a workshop: cases, worksheets, comparison tasks, quizzes."""
