"""`kb following`: deletes the address of a reader who follows something by e-mail."""

from __future__ import annotations

import click

from kb.cli.context import Installation, pass_house, say
from kb.following.subscriptions import erase_address


@click.group("following")
def following() -> None:
    """Delete the address of a reader who follows something by email."""


@following.command("erase")
@click.argument("email")
@pass_house
def erase(house: Installation, email: str) -> None:
    """Delete all that an address follows, and the address: `kb following erase ana@example.org`."""
    with house.session() as session:
        number = erase_address(session, email)
    say(f"Deleted: {number}. No backup holds this address as a follower.")
