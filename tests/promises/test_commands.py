"""Every command has a help text, and the docs list it with an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kb.__main__ import cli

DOCS = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "docs").glob("*.md"))


def commands(group: click.Group, name: str = "kb") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")
        else:
            yield f"{name} {part}", command


COMMANDS = dict(commands(cli))


def test_every_command_and_every_option_has_help_of_its_own() -> None:
    assert len(COMMANDS) > 30
    options = [
        (name, option)
        for name, command in COMMANDS.items()
        for option in command.params
        if isinstance(option, click.Option)
    ]
    assert [name for name, command in COMMANDS.items() if not (command.help or "").strip()] == []
    assert [(name, option.name) for name, option in options if not option.help] == []


def test_every_command_has_an_example_in_the_docs() -> None:
    assert [name for name in COMMANDS if f"{name}\n" not in DOCS and f"{name} " not in DOCS] == []


def test_no_two_commands_share_their_help() -> None:
    texts = [command.help for command in COMMANDS.values()]
    assert len(set(texts)) == len(texts)
