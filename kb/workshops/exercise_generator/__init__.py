"""Exercises made from what a workshop has collected: cases, worksheets, comparison tasks, quizzes."""
