"""Three-way merge of two changes of one text, value by value and paragraph by paragraph."""
