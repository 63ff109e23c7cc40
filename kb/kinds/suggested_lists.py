"""The lists of values that the editing form offers while a curator types, besides vocabularies and ids of records."""

from __future__ import annotations

# Sources are the rows of the record itself.
COUNTRIES, LANGUAGES, SOURCES = "countries", "languages", "sources"
# Sections of the record itself; what the register and a tool declare; what profiles of countries answer.
SECTIONS, BLANKS, CHOICES = "sections", "blanks", "choices"
CELLS, QUESTIONS, KEY_FACTS = "cells", "questions", "key-facts"
