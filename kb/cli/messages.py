"""`kb messages`: extracts, updates, compiles and checks the message catalogues of the interface."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kb.cli.context import fail, say
from kb.i18n import DEFAULT, LANGUAGES, split_context, without_context
from kb.speech import Speech

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "kb" / "messages"
TEMPLATE = FOLDER / "messages.pot"
TRANSLATED = tuple(code for code in LANGUAGES if code != DEFAULT)
_PLACE = re.compile(r"%\((\w+)\)[sd]")
_KEYWORDS = ("N_", "NC_:1c,2", "_l", "_n:1,2")


def _babel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "-q", *arguments])  # type: ignore[no-untyped-call]


def _extract_to(path: Path) -> None:
    keywords = [part for keyword in _KEYWORDS for part in ("-k", keyword)]
    details = ["--no-location", "--sort-output", "--omit-header", "-c", "TRANSLATORS:", "--no-wrap"]
    _babel("extract", "-F", str(ROOT / "pyproject.toml"), *keywords, *details, "-o", str(path), str(ROOT / "kb"))


def catalogue(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


@click.group("messages")
def messages() -> None:
    """Extract, update, compile and check the messages of the interface."""


@messages.command("extract")
def extract() -> None:
    """Extract the marked messages of code and templates into the template file."""
    _extract_to(TEMPLATE)
    say(f"{len(_read(TEMPLATE))} messages in {TEMPLATE.relative_to(ROOT)}")


@messages.command("update")
def update() -> None:
    """Extract the messages and update the catalogue of every language."""
    _extract_to(TEMPLATE)
    for language in TRANSLATED:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        options = ("--no-fuzzy-matching", "--ignore-obsolete", "--omit-header", "--no-wrap")
        _babel("update", *options, "-i", str(TEMPLATE), "-o", str(path), "-l", LANGUAGES[language].babel)
        _write_header(path, language)
        missing = sum(1 for message in _read(path, LANGUAGES[language].babel) if message.id and not _is_done(message))
        say(f"{language}: {missing} to translate")


def _write_header(path: Path, language: str) -> None:
    """Write the few headers that programs need; Babel's own would contain dates and names."""
    plural = Catalog(locale=LANGUAGES[language].babel).plural_forms
    fields = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    lines = (f"Language: {language}", *fields, f"Plural-Forms: {plural}")
    header = 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)
    path.write_text(f"{header}\n{path.read_text(encoding='utf-8').lstrip()}", encoding="utf-8")


@messages.command("compile")
def compile_catalogues() -> None:
    """Compile the binary catalogues that the application reads."""
    compile_all()
    say(f"{len(TRANSLATED)} catalogues compiled")


def compile_all() -> None:
    """Compile each binary catalogue that is older than its source."""
    for language in TRANSLATED:
        source = catalogue(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
            continue
        whole = _read(source, LANGUAGES[language].babel)
        temporary = target.with_suffix(f".{os.getpid()}.new")  # two commands may compile at the same time
        with temporary.open("wb") as file:
            write_mo(file, whole)
        temporary.replace(target)


@messages.command("check")
def check() -> None:
    """Check that the template is up to date, everything is translated, and placeholders agree."""
    problems = list(_catalogue_problems())
    for problem in problems:
        say(problem)
    if problems:
        fail(f"{len(problems)} problems; Run kb messages update to collect new messages.")
    say("All messages are translated.")


def _catalogue_problems() -> Iterator[str]:
    """Yield the problems of the catalogues. (Babel's own check fails once a message has a context.)"""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        _extract_to(fresh)
        wanted = {_key(message) for message in _read(fresh) if message.id}
    if not TEMPLATE.exists() or {_key(message) for message in _read(TEMPLATE) if message.id} != wanted:
        yield "messages.pot is not up to date"
    for language in TRANSLATED:
        if not catalogue(language).exists():
            yield f"{language}: there is no catalogue"
            continue
        present = {_key(m): m for m in _read(catalogue(language), LANGUAGES[language].babel) if m.id}
        for key in sorted(wanted - present.keys()):
            yield f"{language}: missing: {key[1]}"
        for key in sorted(wanted & present.keys()):
            yield from _message_problems(language, present[key])


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _texts(message: Message) -> tuple[str, ...]:
    """Return the translation: one text, or one for each plural form."""
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def _is_done(message: Message) -> bool:
    return all(_texts(message)) and not message.fuzzy


def _message_problems(language: str, message: Message) -> Iterator[str]:
    key = _key(message)[1]
    if not _is_done(message):
        yield f"{language}: not translated: {key}"
        return
    originals = (message.id,) if isinstance(message.id, str) else message.id
    places = {place for text in originals for place in _PLACE.findall(text)}
    for text in _texts(message):
        found = set(_PLACE.findall(text))
        # A plural form may omit the number ("one record"), but no form may use an unknown placeholder.
        if found - places or (isinstance(message.id, str) and found != places):
            yield f"{language}: places differ: {key}"


@cache
def speech(language: str) -> Speech:
    """Return the messages of the interface in a language of the site, without the application.

    A message without a translation is in English.
    """
    if language == DEFAULT:
        return Speech(language, without_context, lambda one, more, number: one if number == 1 else more)
    with catalogue(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    return Speech(
        language,
        lambda message: _translated(catalog, message, 0) or without_context(message),
        lambda one, more, number: (
            _translated(catalog, one, catalog.plural_func(number)) or (one if number == 1 else more)  # type: ignore[attr-defined]  # the stubs leave it out
        ),
    )


def _translated(catalog: Catalog, message: str, form: int) -> str:
    context, words = split_context(message)
    entry = catalog.get(words, context or None)
    if entry is None:
        return ""
    found = entry.string or ""
    return found if isinstance(found, str) else found[form] if form < len(found) else ""
