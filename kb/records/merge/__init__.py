"""Merging two changes of one text: three-way, value by value and paragraph by paragraph."""
