"""The interface is in plain words: messages and the help of commands avoid the phrases that the guide lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
from babel.messages.pofile import read_po

from kb.__main__ import COMMANDS as GROUPS
from kb.__main__ import cli
from kb.cli.messages import TEMPLATE
from tests.promises.test_commands import COMMANDS

GUIDE = (Path(__file__).parents[2] / "docs" / "content-guide.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (.+) \| .+ \|$", re.MULTILINE)
_PLACE = re.compile(r"%\(\w+\)[sd]")
# "such as" is plain English before a word, but what a person types follows "for example".
_BEFORE = "such as (before something to type)", re.compile(r"\bsuch as (?![a-z]+\b(?!-))")
# Plain uses of the refused words.
ALLOWED = (
    r"(is|are) no longer",
    r"there (is|are) no ",
    r"stands? for",
    r"machine-readable",
    r"(lower-case|capital) letters",
    r"answer is no\b",
    r"^letters$",  # of the alphabet, above the index of the glossary
    r"help desk|desk card",  # of the police
)


def refused() -> dict[str, re.Pattern[str]]:
    """Return each phrase of the guide with its pattern."""
    table = GUIDE[GUIDE.index("| do not write |") :].partition("\n\n")[0]
    cells = [cell for cell in _ROW.findall(table) if cell not in ("do not write", _BEFORE[0])]
    phrases = [phrase for cell in cells for phrase in cell.split(", ")]
    return {phrase: re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE) for phrase in phrases} | dict([_BEFORE])


REFUSED = refused()


def odd_words(text: str) -> list[str]:
    """Return the refused phrases of a text."""
    text = _PLACE.sub("%", " ".join(text.split()))
    for use in ALLOWED:
        text = re.sub(use, "", text, flags=re.IGNORECASE)
    return [phrase for phrase, pattern in REFUSED.items() if pattern.search(text)]


def messages() -> Iterator[str]:
    with TEMPLATE.open("rb") as file:
        for message in read_po(file):
            yield from (message.id,) if isinstance(message.id, str) else message.id


def help_texts() -> Iterator[str]:
    for command in (cli, *(getattr(import_module(module), name) for name, (module, _help) in GROUPS.items())):
        yield command.help
    for command in COMMANDS.values():
        yield command.help or ""
        yield from (each.help or "" for each in command.params if isinstance(each, click.Option))


def test_messages_are_in_plain_words() -> None:
    assert {text: odd for text in messages() if (odd := odd_words(text))} == {}


def test_the_help_of_commands_is_in_plain_words() -> None:
    assert {text: odd for text in help_texts() if (odd := odd_words(text))} == {}


def test_refused_words_are_found_and_plain_uses_are_not() -> None:
    assert len(REFUSED) > 50
    assert odd_words("The text that stands now is no draft.") == ["stands", "is no"]
    assert odd_words("Enter a code, such as PT.") == [_BEFORE[0]]
    assert odd_words("Metadata such as author and place is removed from %(machine)s. PT stands for Portugal.") == []
    assert odd_words("The draft is no longer in review. There is no limit. Use lower-case letters.") == []
