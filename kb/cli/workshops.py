"""`kb workshops`: take a public workshop down."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kb.cli.context import House, fail, pass_house, say
from kb.errors import NotFound
from kb.workshops.plan.takedown import take_down


@click.group("workshops")
def workshops() -> None:
    """Take public workshops down."""


@workshops.command("close")
@click.argument("workshop", metavar="ID")
@pass_house
def close(house: House, workshop: str) -> None:
    """Make a public workshop private again; ID is what its address ends with. Those who teach it keep it.

    One whose owner has left for good is taught by nobody, and is deleted.
    """
    with house.session() as session:
        try:
            is_kept = take_down(session, workshop, by=None, now=datetime.now(UTC))
        except NotFound:
            fail(f"There is no public workshop {workshop}.")
            return
        if is_kept:
            say(f"The workshop {workshop} is private: nobody but those who teach it sees it.")
        else:
            say(f"The workshop {workshop} is deleted: its owner has left, and nobody taught it any more.")
