"""`kb dev`: information about the code for programmers."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli.context import fail, say

KB = Path(__file__).parents[1]
# Files that a programmer edits, apart from templates and messages.
SUFFIXES = {".py", ".css", ".js"}
# Lines; a longer module probably has two topics.
LONG = 400


@click.group("dev")
def dev() -> None:
    """List the modules of the program."""


@dev.command("modules")
@click.argument("package", default="")
@click.option("--long", is_flag=True, help=f"Only modules of more than {LONG} lines.")
def modules(package: str, long: bool) -> None:
    """Print all modules, or those of a PACKAGE (for example `web/search`), with the first sentence of each docstring.

    Style sheets and scripts are listed too, with the first sentence of their comment.
    """
    folder = KB / package
    if not folder.is_dir():
        fail(f"The folder kb/{package} does not exist.{_nearest(package)}")
    for path in sorted(each for each in folder.rglob("*") if each.suffix in SUFFIXES):
        text = path.read_text(encoding="utf-8")
        if not long:
            say(f"{_name(path):46} {_sentence(_about(path, text))}")
        elif (count := len(text.splitlines())) > LONG:
            say(f"{_name(path)} has {count} lines; does it hold two ideas?")


def _name(path: Path) -> str:
    return path.relative_to(KB).as_posix().replace("__init__.py", "")


def _nearest(package: str) -> str:
    folders = [path.relative_to(KB).as_posix() for path in KB.rglob("*/") if path.name != "__pycache__"]
    return "".join(f" The nearest is kb/{each}." for each in difflib.get_close_matches(package, folders, 1))


def _about(path: Path, text: str) -> str:
    """Return the docstring of a module, or the text from the first comment of another file on."""
    if path.suffix == ".py":
        return ast.get_docstring(ast.parse(text)) or ""
    return re.sub(r"^\s*(/\*|//)|\*/.*", "", text, flags=re.MULTILINE)


def _sentence(text: str) -> str:
    return " ".join(_until_stop(text.split()))


def _until_stop(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
        if word.endswith(".") and len(word) > 2:
            return
