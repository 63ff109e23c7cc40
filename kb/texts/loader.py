"""Loads the content texts from their files; every error becomes a problem, and the rest stays usable."""

from __future__ import annotations

from pathlib import Path

from kb.i18n import DEFAULT, LANGUAGES
from kb.problems import Problem, in_order
from kb.texts.model import ContentText, ContentTexts
from kb.vocabulary.avoided_names import AVOIDED, find_avoided
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.yaml_rows import YamlMapping, read_folder, refuse_cedilla


def load_texts(folder: Path, vocabularies: Vocabularies) -> tuple[ContentTexts, tuple[Problem, ...]]:
    """Load all texts of a folder. Never raises for the content of a file.

    Of two texts with one id in a file, the first is kept.
    """
    problems: list[Problem] = []
    files = {row.stem: _texts(row, vocabularies) for row in read_folder(folder, problems)}
    return ContentTexts(files, folder.as_posix()), in_order(problems)


def _texts(row: YamlMapping, vocabularies: Vocabularies) -> dict[str, ContentText]:
    row.only("id", "title", "description", "texts")
    row.needed("title")
    row.needed("description")
    found: dict[str, ContentText] = {}
    for entry in row.rows("texts"):
        text = _text(entry, vocabularies)
        if text.id in found:
            message = "The text %(text)s is already in line %(line)s. Choose another ID."
            entry.note("duplicate-text", message, "id", text=text.id, line=found[text.id].line)
        elif text.id:
            found[text.id] = text
    return found


def _text(row: YamlMapping, vocabularies: Vocabularies) -> ContentText:
    row.only("id", "text")
    table = row.row("text")
    table.only(*LANGUAGES)
    table.needed(DEFAULT)
    words = {language: text for language in LANGUAGES if (text := table.text(language))}
    if missing := [language for language in LANGUAGES if language not in words and language != DEFAULT]:
        message = "The text is missing in these languages: %(languages)s."
        row.warn("missing-translation", message, "text", languages=", ".join(missing))
    refuse_cedilla(table, words.get("ro", ""), "ro")
    for language, text in words.items():
        for found in find_avoided(text, language, vocabularies):
            table.note("avoided-name", AVOIDED, language, instead=found.instead, written=found.written)
    return ContentText(row.needed("id"), words, row.line)
