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
@click.option("--key-stdin", is_flag=True, help="Read the new key from standard input; required with KB_SECRET_KEY.")
@pass_house
def rotate(house: Installation, *, key_stdin: bool) -> None:
    """Replace the secret key and re-encrypt two-step verification. Stop the site on all servers first.

    All sessions end. The old key is kept in the same folder, because earlier backups are signed with it. If the key
    comes from KB_SECRET_KEY, use --key-stdin, and set the variable afterwards.
    """
    old, path = house.known_secret(), house.data / SECRET_FILE
    if not old:
        fail("The site has no secret key yet; kb serve makes one.")
    is_in_file = path.exists() and read_or_make(path) == old
    if is_in_file == key_stdin:
        fail(
            f"The key is in {path}, and the command makes a new one. Run it without --key-stdin."
            if is_in_file
            else "The key comes from KB_SECRET_KEY. Enter the new one with kb keys rotate --key-stdin."
        )
    new = sys.stdin.readline().strip() if key_stdin else next_key(house.data)
    if len(new) < SECRET_LENGTH or new == old:
        fail(f"The new key needs at least {SECRET_LENGTH} characters, and must differ from the current one.")
    with house.session() as session:
        number, lost = reseal(session, key_of(old), key_of(new), now=datetime.now(UTC))
        say(f"{number} setup keys of two-step verification can be read with the new key.")
        for user in lost:
            say(f"The key of {user.name} could not be read before either: kb users reset-second-factor {user.email}")
    if is_in_file:
        before = take_next_key(house.data)
        say(f"The new key is in use from the next start. The old key is {before}. Keep it with the backups.")
    else:
        say("Set KB_SECRET_KEY to the new key on every server. Keep the old key with the earlier backups.")
