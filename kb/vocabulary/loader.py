"""Loads the vocabularies from their files; every error becomes a problem, and the rest stays usable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kb.i18n import DEFAULT, LANGUAGES, N_
from kb.problems import Problem, in_order
from kb.records.record import COUNTRY_PATTERN, ID_PATTERN
from kb.vocabulary.areas import Areas, read_areas
from kb.vocabulary.avoided_names import AVOIDED, find_avoided
from kb.vocabulary.model import HELP_PARTS, LABEL_LANGUAGES, OfficialTerm, Term, Vocabularies, Vocabulary
from kb.vocabulary.yaml_rows import YamlMapping, read_folder, refuse_cedilla

AREAS = "areas"
COUNTRIES = "countries"
HELP_WORDS = "help-words"

_VOCABULARY_KEYS = ("id", "title", "description", "terms")
_TERM_KEYS = (
    "id",
    "notation",
    "broader",
    "related",
    "label",
    "alternatives",
    "avoid",
    "definition",
    "official",
    "beware",
    "note",
)


def load_vocabularies(folder: Path) -> tuple[Vocabularies, tuple[Problem, ...]]:
    """Load all vocabularies of a folder. Never raises for the content of a file.

    A term keeps only links to existing terms; of two terms with one id, the first is kept.
    """
    problems: list[Problem] = []
    rows: dict[str, YamlMapping] = {}
    vocabularies: list[Vocabulary] = []
    aliases: dict[str, dict[str, tuple[str, ...]]] = {}
    institutions: dict[str, tuple[str, ...]] = {}
    help_words: dict[str, dict[str, tuple[str, ...]]] = {}
    areas = Areas()
    for row in read_folder(folder, problems):
        if row.stem == COUNTRIES:
            aliases, institutions = _country_aliases(row), _institutions(row)
        elif row.stem == HELP_WORDS:
            help_words = _help_words(row)
        elif row.stem == AREAS:
            areas = read_areas(row)
        else:
            vocabularies.append(_vocabulary(row, rows))
    read = Vocabularies(_with_sound_links(vocabularies, rows), aliases, institutions, help_words, areas)
    _note_avoided(read, rows)
    return read, in_order(problems)


def _vocabulary(row: YamlMapping, rows: dict[str, YamlMapping]) -> Vocabulary:
    """Read one vocabulary; `rows` collects the position of each term of all vocabularies."""
    row.only(*_VOCABULARY_KEYS)
    terms: list[Term] = []
    for entry in row.rows("terms"):
        term = _term(entry, row.stem)
        if _is_new(term.id, entry, rows):
            rows[term.id] = entry
            terms.append(term)
    return Vocabulary(row.stem, row.needed("title"), row.needed("description"), tuple(terms))


def _is_new(term_id: str, entry: YamlMapping, rows: Mapping[str, YamlMapping]) -> bool:
    if (first := rows.get(term_id)) is not None:
        message = "The term %(term)s is already in %(file)s, line %(line)s. Choose another ID."
        entry.note("duplicate-term", message, "id", term=term_id, file=first.path, line=first.line)
        return False
    if term_id and not re.fullmatch(ID_PATTERN, term_id):
        entry.note(
            "bad-id",
            N_("Enter an ID in lower-case letters and digits, joined by hyphens, for example stone-terraces."),
            "id",
        )
        return False
    return bool(term_id)


def _term(row: YamlMapping, vocabulary: str) -> Term:
    row.only(*_TERM_KEYS)
    definitions = _definitions(row)
    return Term(
        id=row.needed("id"),
        vocabulary=vocabulary,
        labels=_labels(row),
        alternatives=_alternatives(row.row("alternatives")),
        avoid=_avoid(row.row("avoid")),
        definition=definitions.pop(DEFAULT, ""),
        definitions=definitions,
        official=tuple(_official(row.row("official"))),
        beware=_beware(row.row("beware")),
        notation=row.text("notation"),
        broader=row.text("broader") or None,
        related=row.texts("related"),
        note=row.text("note"),
    )


def _labels(row: YamlMapping) -> dict[str, str]:
    table = row.row("label")
    table.only(*LABEL_LANGUAGES)
    labels = {language: label for language in LABEL_LANGUAGES if (label := table.text(language))}
    if missing := [language for language in LANGUAGES if language not in labels]:
        message = "The label is missing in these languages: %(languages)s."
        row.warn("missing-label", message, "label", languages=", ".join(missing))
    refuse_cedilla(table, labels.get("ro", ""), "ro")
    return labels


def _definitions(row: YamlMapping) -> dict[str, str]:
    """Return the definition by language; a plain text is English."""
    if not isinstance(row.values.get("definition"), dict):
        return {DEFAULT: row.needed("definition")}
    table = row.row("definition")
    table.only(*LABEL_LANGUAGES)
    table.needed(DEFAULT)
    refuse_cedilla(table, table.text("ro"), "ro")
    return {language: text for language in LABEL_LANGUAGES if (text := table.text(language))}


def _alternatives(table: YamlMapping) -> dict[str, tuple[str, ...]]:
    table.only(*LABEL_LANGUAGES)
    found = {language: words for language in LABEL_LANGUAGES if (words := table.texts(language))}
    for place, word in enumerate(found.get("ro", ())):
        refuse_cedilla(table, word, "ro", place)
    return found


def _avoid(table: YamlMapping) -> dict[str, dict[str, str]]:
    table.only(*LABEL_LANGUAGES)
    names = ((language, table.row(language)) for language in LABEL_LANGUAGES if language in table.values)
    return {language: {name: row.needed(name) for name in row.values} for language, row in names}


def _official(table: YamlMapping) -> Iterator[OfficialTerm]:
    for country in table.values:
        row = table.row(country)
        row.only("words", "law")
        words = row.needed("words")
        refuse_cedilla(row, words, "ro" if country == "RO" else "")
        yield OfficialTerm(country, words, row.needed("law"))


def _beware(table: YamlMapping) -> dict[str, str]:
    """Return with what a term is confused, by language."""
    table.only(*LANGUAGES)
    refuse_cedilla(table, table.text("ro"), "ro")
    return {language: text for language in LANGUAGES if (text := table.text(language))}


def _note_avoided(vocabularies: Vocabularies, rows: Mapping[str, YamlMapping]) -> None:
    """Note each label and definition that uses a name to avoid."""
    for term in vocabularies.terms():
        for key, texts in (("label", term.labels), ("definition", term.definitions)):
            for language, text in texts.items():
                for found in find_avoided(text, language, vocabularies):
                    params = {"instead": found.instead, "written": found.written}
                    rows[term.id].note("avoided-name", AVOIDED, key, language, **params)


def _country_aliases(row: YamlMapping) -> dict[str, dict[str, tuple[str, ...]]]:
    row.only("id", "title", "description", "aliases", "institutions")
    table = row.row("aliases")
    return {code: _alternatives(table.row(code)) for code in _codes(table)}


def _institutions(row: YamlMapping) -> dict[str, tuple[str, ...]]:
    table = row.row("institutions")
    return {code: table.texts(code) for code in _codes(table)}


def _help_words(row: YamlMapping) -> dict[str, dict[str, tuple[str, ...]]]:
    row.only("id", "title", "description", "parts")
    table = row.row("parts")
    table.only(*HELP_PARTS)
    return {part: _alternatives(table.row(part)) for part in HELP_PARTS}


def _codes(table: YamlMapping) -> Iterator[str]:
    """Yield the keys of a table that are country codes, and note the others."""
    for code in table.values:
        if re.fullmatch(COUNTRY_PATTERN, code):
            yield code
        else:
            table.note(
                "bad-country",
                N_("Enter the two-letter country code in capitals, for example PT. For the European Union, enter EU."),
                code,
            )


def _with_sound_links(vocabularies: Iterable[Vocabulary], rows: Mapping[str, YamlMapping]) -> tuple[Vocabulary, ...]:
    read = tuple(vocabularies)
    terms = {term.id: term for vocabulary in read for term in vocabulary.terms}
    circling = _circling(terms, rows)
    return tuple(
        replace(vocabulary, terms=tuple(_linked(term, rows, circling) for term in vocabulary.terms))
        for vocabulary in read
    )


def _linked(term: Term, rows: Mapping[str, YamlMapping], circling: set[str]) -> Term:
    """Return the term without links to missing terms and without circular links."""
    row = rows[term.id]
    for place, other in enumerate(term.related):
        if other not in rows:
            row.note("unknown-term", "The term %(term)s does not exist.", "related", place, term=other)
    if term.broader is not None and term.broader not in rows:
        row.note("unknown-term", "The term %(term)s does not exist.", "broader", term=term.broader)
    return replace(
        term,
        broader=term.broader if term.broader in rows and term.id not in circling else None,
        related=tuple(other for other in term.related if other in rows),
    )


def _circling(terms: Mapping[str, Term], rows: Mapping[str, YamlMapping]) -> set[str]:
    """Return the ids whose broader terms form a circle; note each circle once."""
    found: set[str] = set()
    for term_id in terms:
        chain = [term_id]
        wider = terms[term_id].broader
        while wider is not None and wider in terms and wider not in chain and wider not in found:
            chain.append(wider)
            wider = terms[wider].broader
        if wider == term_id:
            found.update(chain)
            message = "The broader terms form a loop: %(terms)s."
            rows[term_id].note("circle", message, "broader", terms=" → ".join([*chain, term_id]))
    return found
