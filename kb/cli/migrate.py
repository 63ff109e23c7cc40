"""`kb migrate`: migrates the database to the schema of this version, or of an earlier one.

Apart because `kb` imports each command only when it is asked for.
"""

from __future__ import annotations

import click
from alembic.util import CommandError

from kb.cli.context import Installation, fail, pass_house, say

NEWER = (
    "The database has a schema that this version does not know ({reason}). Serve it with the newer version that made "
    "it, or go back to an earlier schema with that version: kb migrate --down-to"
)


@click.command("migrate")
@click.option("--down-to", metavar="SCHEMA", help="Earlier schema, as shown by kb doctor before an upgrade.")
@pass_house
def migrate(house: Installation, down_to: str | None) -> None:
    """Migrate the database to the newest schema, or back to an earlier one. Stop the site first."""
    try:
        before = house.schema()
        if down_to is None:
            house.migrate()
        else:
            house.downgrade(down_to)
        say(f"The schema was {before or 'none'} and is {house.schema()}.")
    except CommandError as error:
        fail(f"Nothing was changed: {error}.")
