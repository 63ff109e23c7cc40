"""The parts of an adaptation beside those of its tool."""
