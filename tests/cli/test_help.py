"""The list of commands comes at once, and says what is there."""

from __future__ import annotations

import subprocess
import sys

import click
from click.testing import CliRunner

from kb.__main__ import COMMANDS, LazyGroup, cli

HEAVY = ("sqlalchemy", "numpy", "flask", "pydantic", "kb.content_store.store")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from kb.__main__ import cli; cli(['--help'], standalone_mode=False); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.endswith("[]\n")


def test_every_command_is_listed_and_there() -> None:
    assert isinstance(cli, LazyGroup)
    context = click.Context(cli)
    shown = cli.get_help(context)
    for name, (_module, text) in COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str(limit=200) == text
        assert text in " ".join(shown.split())


def test_an_unknown_command_is_none() -> None:
    assert cli.get_command(click.Context(cli), "nothing") is None


def test_the_modules_of_a_folder_are_listed_with_its_style_sheets() -> None:
    listed = CliRunner().invoke(cli, ["dev", "modules", "documents"]).output
    assert "documents/pdf.py " in listed
    assert (
        "documents/paper.css                            Documents on paper, and the same file on a screen.\n" in listed
    )


def test_an_unknown_folder_is_named_with_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["dev", "modules", "web/gaps"])
    assert result.exit_code == 1
    assert "The folder kb/web/gaps does not exist. The nearest is kb/web/gap_map." in result.output
