"""Every command says what it does, and stands in the docs with an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kb.__main__ import cli

DOCS = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "docs").glob("*.md"))


def commands(group: click.Group, name: str = "kb") -> Iterator[tuple[str, click.Command]]:
    for part, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")
        else:
            yield f"{name} {part}", command


COMMANDS = dict(commands(cli))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str) -> None:
    assert (COMMANDS[name].help or "").strip()
    assert all(parameter.help for parameter in COMMANDS[name].params if isinstance(parameter, click.Option))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_in_the_docs(name: str) -> None:
    assert f"{name}\n" in DOCS or f"{name} " in DOCS


def test_no_two_commands_share_their_help() -> None:
    texts = [command.help for command in COMMANDS.values()]
    assert len(set(texts)) == len(texts)
