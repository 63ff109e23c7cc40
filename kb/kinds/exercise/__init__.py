"""Exercises: invented cases for workshops, in doses with tasks, questions with model answers, and their timing."""
