"""`kb workshops`: makes public workshops private."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kb.cli.context import Installation, fail, pass_house, say
from kb.errors import NotFound
from kb.workshops.plan.takedown import take_down


@click.group("workshops")
def workshops() -> None:
    """Make public workshops private."""


@workshops.command("close")
@click.argument("workshop", metavar="ID")
@pass_house
def close(house: Installation, workshop: str) -> None:
    """Make a public workshop private again. ID is the last part of its address. Its trainers keep it.

    If its owner's account was erased, the workshop has no trainers. It is then deleted.
    """
    with house.session() as session:
        try:
            is_kept = take_down(session, workshop, by=None, now=datetime.now(UTC))
        except NotFound:
            fail(f"No public workshop has the id {workshop}.")
            return
        if is_kept:
            say(f"The workshop {workshop} is private: only its trainers see it.")
        else:
            say(f"The workshop {workshop} is deleted, because it had no trainers any more.")
