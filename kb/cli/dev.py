"""`kb dev`: information about the code for programmers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from kb.cli.context import say

KB = Path(__file__).parents[1]
# Lines; a longer module probably has two topics.
LONG = 400


@click.group("dev")
def dev() -> None:
    """List the modules of the program."""


@dev.command("modules")
@click.argument("package", default="")
@click.option("--long", is_flag=True, help=f"Only those of more than {LONG} lines.")
def modules(package: str, long: bool) -> None:
    """Print every module, or those of a PACKAGE such as `web/search`, with the first sentence of its docstring."""
    for path in sorted((KB / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not long:
            say(f"{_name(path):46} {_sentence(text)}")
        elif (count := len(text.splitlines())) > LONG:
            say(f"{_name(path)} has {count} lines; does it hold two ideas?")


def _name(path: Path) -> str:
    return path.relative_to(KB).as_posix().replace("__init__.py", "")


def _sentence(text: str) -> str:
    return " ".join(_until_stop((ast.get_docstring(ast.parse(text)) or "").split()))


def _until_stop(words: list[str]) -> Iterator[str]:
    for word in words:
        yield word
        if word.endswith(".") and len(word) > 2:
            return
