"""Names of the value lists that the editing form offers, in addition to vocabularies and record ids."""

from __future__ import annotations

# The sources are rows of the record itself.
COUNTRIES, LANGUAGES, SOURCES = "countries", "languages", "sources"
# Sections of the record itself, declarations of the register and of a tool, then facts of country profiles.
SECTIONS, BLANKS, CHOICES = "sections", "blanks", "choices"
CELLS, QUESTIONS, KEY_FACTS = "cells", "questions", "key-facts"
# Legal instruments by CELEX number, crime groups, and values of cells for one crime group.
INSTRUMENTS, CRIME_GROUP_LIST, GROUP_EXTENTS = "instruments", "crime-groups", "group-extents"
