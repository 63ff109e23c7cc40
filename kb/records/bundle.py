"""Parses the texts of one folder into a record with translations; reports all problems at once, with line numbers."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from kb.i18n import LANGUAGES, N_
from kb.problems import Problem, Severity, errors
from kb.records.attachments import Attached
from kb.records.front_matter import PARSED_TEXTS, FrontMatter, cut, read_yaml
from kb.records.record import Bundle, Record, Shape, Translation, TranslationFacts, section_segments
from kb.records.schema import validate
from kb.records.segments import Section, sections, words

R = TypeVar("R", bound=Record)

SOURCE = "source"  # the part of a record that is its source file; other parts are language codes or file names
MAX_CHARACTERS, MAX_LINES = 400_000, 8_000
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Matches nesting that is too deep for readers and that crashes the Markdown library. A line of hyphens or stars alone
# is a rule.
_NESTED = re.compile(r"^(?![-*]+[ \t]*$)(?:[ \t]*(?:[-*+>]|\d+\.)[ \t]*){12,}|^(?: {4}|\t){12,}\S", re.MULTILINE)
_UNKNOWN_SEGMENT = N_("The original has no text called %(name)s. Remove this entry or correct its name.")
_CEDILLA = re.compile("[şţŞŢ]")


def decode(data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, or the problem that keeps it from being decoded."""
    if len(data) > MAX_CHARACTERS * 4:
        return None, (_too_long(),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Problem("encoding", "This file is not UTF-8 text. Save it as UTF-8.", (), line),)
    return text, ()


def _too_long() -> Problem:
    message = N_("The text can have at most %(limit)s characters. Shorten or split the text.")
    return Problem("too-large", message, (), 1, {"limit": MAX_CHARACTERS})


def is_too_nested(text: str) -> bool:
    """Return whether lists or quotations are nested too deeply for readers and for the Markdown library."""
    return _NESTED.search(text) is not None


def text_problems(text: str) -> Iterator[Problem]:
    """Yield the problems of a text that do not depend on its content."""
    if len(text) > MAX_CHARACTERS:
        yield _too_long()
    if text.count("\n") > MAX_LINES:
        message = N_("The file can have at most %(limit)s lines. Split it.")
        yield Problem("too-large", message, (), 1, {"limit": MAX_LINES})
    if match := _CONFLICT.search(text):
        message = "This text contains a mark from an unfinished merge. Keep one of the two texts and remove the mark."
        yield Problem("conflict-marker", message, (), text.count("\n", 0, match.start()) + 1)
    if match := _CONTROL.search(text):
        message = N_("This text contains a control character. Remove it.")
        yield Problem("control-character", message, (), text.count("\n", 0, match.start()) + 1)
    if match := _NESTED.search(text):
        message = N_("A list or quotation has too many levels. Use fewer levels.")
        yield Problem("too-nested", message, (), text.count("\n", 0, match.start()) + 1)
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        yield Problem("line-ends", "The lines end in CR LF. Save the file with LF.", (), line)
    if not unicodedata.is_normalized("NFC", text):
        line = next(n for n, row in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", row))
        message = N_(
            "Accented characters in this file are not in Unicode NFC form. Convert the file to NFC and save it again."
        )
        yield Problem("not-nfc", message, (), line, severity=Severity.WARNING)


def _read(text: str) -> tuple[FrontMatter, tuple[Section, ...], tuple[Problem, ...]]:
    """Parse one file; return its facts, its sections and all problems."""
    found = list(text_problems(text))
    if errors(found):
        return FrontMatter(), (), tuple(found)
    parts = cut(text)
    if parts is None:
        message = "The file must start with facts between two lines of three hyphens."
        return FrontMatter(), (), (*found, Problem("no-front-matter", message, (), 1))
    front, front_problems = read_yaml(parts.yaml, first_line=parts.yaml_line)
    body, body_problems = sections(parts.body, parts.body_line)
    return front, body, (*found, *front_problems, *body_problems)


def read_source(
    shape: Shape[R], record_id: str, text: str
) -> tuple[Bundle[R] | None, FrontMatter, tuple[Problem, ...]]:
    """Return a record without translations, its facts with line numbers, and all problems of the file.

    The last few texts are read once; each caller gets facts of its own.
    """
    bundle, front, problems = _parse_source(shape, record_id, text)
    return bundle, front.copy(), problems


@lru_cache(maxsize=PARSED_TEXTS)
def _parse_source(
    shape: Shape[Any], record_id: str, text: str
) -> tuple[Bundle[Any] | None, FrontMatter, tuple[Problem, ...]]:
    """Return what `read_source` does. The result is shared: change nothing in it."""
    front, body, found = _read(text)
    problems = list(found)
    if not front.values:
        return None, front, tuple(problems)
    record, schema_problems = validate(shape.model, front)
    problems += schema_problems
    problems += _section_problems(shape, body)
    if record is not None:
        problems += _identity_problems(record, record_id, front)
        problems += _row_problems(record, front)
    if record is None or errors(problems):
        return None, front, tuple(problems)
    return Bundle(shape, record, body), front, tuple(problems)


def _identity_problems(record: Record, record_id: str, front: FrontMatter) -> Iterator[Problem]:
    if record.id != record_id:
        message = "The id %(id)s and the folder name %(folder)s must be the same."
        yield Problem("id-differs", message, ("id",), front.line(("id",)), {"id": record.id, "folder": record_id})
    if record.language not in LANGUAGES:
        yield _unknown_language(record.language, front)


def _unknown_language(language: str, front: FrontMatter) -> Problem:
    return Problem(
        "unknown-language",
        "%(language)s is not a language of this site. Its languages are: %(known)s.",
        ("language",),
        front.line(("language",)),
        {"language": language, "known": ", ".join(LANGUAGES)},
    )


def _row_problems(record: Record, front: FrontMatter) -> Iterator[Problem]:
    """Yield a problem for each duplicate row id in a list: row ids are part of the paths of words."""
    for name in type(record).model_fields:
        rows = getattr(record, name)
        if not isinstance(rows, tuple):
            continue
        seen: set[str] = set()
        for index, row in enumerate(rows):
            row_id = getattr(row, "id", None)
            if row_id is not None and row_id in seen:
                where = (name, index, "id")
                message = N_("The row ID %(id)s appears twice in this list. Change one of them.")
                yield Problem("duplicate-row", message, where, front.line(where), {"id": row_id})
            seen.add(str(row_id))


def _section_problems(shape: Shape, body: tuple[Section, ...]) -> Iterator[Problem]:
    for section in body:
        where = ("body", section.id)
        if shape.sections is not None and section.id not in shape.sections:
            message = "This type of record has no section %(id)s. Its sections are: %(known)s."
            params = {"id": section.id, "known": ", ".join(shape.sections)}
            yield Problem("unknown-section", message, where, section.line, params)
        if not section.text.strip():
            message = N_("The section %(id)s is empty. Enter text or remove the heading.")
            yield Problem("empty-section", message, where, section.line, {"id": section.id})


def read_translation(
    bundle: Bundle, language: str, text: str
) -> tuple[Translation | None, FrontMatter, tuple[Problem, ...]]:
    """Return a translation of a record, its facts with line numbers, and all problems of the file."""
    front, body, found = _read(text)
    problems = list(found)
    facts: TranslationFacts | None = None
    if front.values:
        facts, schema_problems = validate(TranslationFacts, front)
        problems += schema_problems
    if facts is not None:
        problems += _translation_problems(bundle, facts, language, front, body)
    if facts is None or errors(problems):
        return None, front, tuple(problems)
    return Translation(facts, body), front, tuple(problems)


def _translation_problems(
    bundle: Bundle, facts: TranslationFacts, language: str, front: FrontMatter, body: tuple[Section, ...]
) -> Iterator[Problem]:
    if facts.language != language:
        message = "The language %(language)s and the language in the file name, %(name)s, must be the same."
        params = {"language": facts.language, "name": language}
        yield Problem("language-differs", message, ("language",), front.line(("language",)), params)
    if language not in LANGUAGES:
        yield _unknown_language(language, front)
    if language == bundle.record.language:
        message = "The record is written in %(language)s. A translation into the same language is ignored."
        yield Problem("same-language", message, ("language",), front.line(("language",)), {"language": language})
    known = dict(words(bundle.record))
    for path in facts.words:
        if path not in known:
            yield _unknown_segment(path, ("words", path), front)
    source_sections = {section.id for section in bundle.sections}
    for section in body:
        if section.id not in source_sections:
            params = {"name": section.id}
            yield Problem(
                "unknown-segment", _UNKNOWN_SEGMENT, ("body", section.id), section.line, params, Severity.WARNING
            )
    segments = known | section_segments(bundle.shape, bundle.sections)
    for name in facts.made_from:
        if name not in segments:
            yield _unknown_segment(name, ("made_from", name), front)
    if language == "ro":
        yield from _cedilla_problems(facts, body, front)


def _unknown_segment(name: str, where: tuple[str, ...], front: FrontMatter) -> Problem:
    return Problem("unknown-segment", _UNKNOWN_SEGMENT, where, front.line(where), {"name": name}, Severity.WARNING)


def _cedilla_problems(facts: TranslationFacts, body: tuple[Section, ...], front: FrontMatter) -> Iterator[Problem]:
    message = N_("In Romanian, write ș and ț with a comma below, not with a cedilla.")
    for path, text in facts.words.items():
        if _CEDILLA.search(text):
            yield Problem("cedilla", message, ("words", path), front.line(("words", path)))
    for section in body:
        if match := _CEDILLA.search(section.text):
            line = section.text_line + section.text.count("\n", 0, match.start())
            yield Problem("cedilla", message, ("body", section.id), line)


def read_bundle(
    shape: Shape[R], record_id: str, texts: Mapping[str, str], attached: Mapping[str, Attached] | None = None
) -> tuple[Bundle[R] | None, tuple[Problem, ...]]:
    """Parse the texts of all parts; return the record with its translations, and the problems of all parts.

    `texts` maps `SOURCE` and language codes to file texts. `attached` maps file names to attachments. A broken
    translation is left out; a broken source file yields no record. The path of each problem is the name of the part;
    the caller knows the file.
    """
    source = texts.get(SOURCE)
    if source is None:
        message = "The record has no source file."
        return None, (Problem("no-source-file", message, (), 1, path=SOURCE),)
    bundle, _, found = _parse_source(shape, record_id, source)
    problems = [problem.at(SOURCE) for problem in found]
    if bundle is None:
        return None, tuple(problems)
    translations: dict[str, Translation] = {}
    for part, text in sorted(texts.items()):
        if part == SOURCE:
            continue
        translation, _, found = read_translation(bundle, part, text)
        problems += [problem.at(part) for problem in found]
        if translation is not None:
            translations[part] = translation
    files = dict(attached or {})
    marks = {part: hash_bytes(text.encode()) for part, text in texts.items()}
    mark = bundle_fingerprint(marks | {name: each.fingerprint for name, each in files.items()})
    return Bundle(shape, bundle.record, bundle.sections, translations, mark, files), tuple(problems)


def hash_bytes(data: bytes) -> str:
    """Return the fingerprint (SHA-256) by which a file is compared with the log."""
    return hashlib.sha256(data).hexdigest()


def bundle_fingerprint(parts: Mapping[str, str]) -> str:
    """Combine the fingerprints of a record's files into one, which identifies everything derived from the record."""
    lines = "".join(f"{part} {mark}\n" for part, mark in sorted(parts.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]
