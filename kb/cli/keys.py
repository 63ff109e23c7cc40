"""`kb keys`: replaces the secret key of the site."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from kb.accounts.encryption import key_of
from kb.accounts.second_factor import reseal
from kb.cli.context import Installation, fail, pass_house, say
from kb.secret_key import SECRET_FILE, SECRET_LENGTH, next_key, read_or_make, take_next_key


@click.group("keys")
def keys() -> None:
    """Replace the secret key of the site."""


@keys.command("rotate")
@click.option("--key-stdin", is_flag=True, help="Read the new key from the standard input; needed with KB_SECRET_KEY.")
@pass_house
def rotate(house: Installation, *, key_stdin: bool) -> None:
    """Replace the secret key and encrypt the second factors with the new one. Stop the site on all machines first.

    All sign-ins end. The old key is kept in the same folder, because earlier backups are signed with it. If the key
    comes from KB_SECRET_KEY, the new one is read from the standard input. You set the variable afterwards.
    """
    old, path = house.known_secret(), house.data / SECRET_FILE
    if not old:
        fail("The site has no secret key yet; kb serve makes one.")
    is_in_file = path.exists() and read_or_make(path) == old
    if is_in_file == key_stdin:
        fail(
            f"The key is in {path}, so a new one is made: leave --key-stdin out."
            if is_in_file
            else "The key comes from KB_SECRET_KEY: give the new one with kb keys rotate --key-stdin."
        )
    new = sys.stdin.readline().strip() if key_stdin else next_key(house.data)
    if len(new) < SECRET_LENGTH or new == old:
        fail(f"The new key needs at least {SECRET_LENGTH} letters, and must not be the present one.")
    with house.session() as session:
        number, lost = reseal(session, key_of(old), key_of(new), now=datetime.now(UTC))
        say(f"{number} second factors can be read with the new key.")
        for user in lost:
            say(f"That of {user.name} could not be read before either: kb users reset-second-factor {user.email}")
    if is_in_file:
        before = take_next_key(house.data)
        say(f"The new key is in use from the next start. The one before is {before}: keep it where backups are kept.")
    else:
        say("Set KB_SECRET_KEY to the new key on every machine, and keep the one before for backups of before.")
