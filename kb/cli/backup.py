"""`kb backup` and `kb restore`: all data that cannot be rebuilt, in one file, and its verified restore."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from alembic.util import CommandError

from kb.backup.archive import opened
from kb.backup.create import make_backup
from kb.backup.restore import load_tables, prove, unpack, whole_or_nothing
from kb.cli.context import Installation, fail, pass_house, say, show_problems
from kb.errors import Rejected
from kb.problems import Problem

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backup")
@click.argument("file", type=FILE, required=False)
@pass_house
def backup(house: Installation, file: Path | None) -> None:
    """Write content, log, accounts and drafts into one FILE, while the site runs.

    The default name of FILE is praxis- with the date and time. The file holds personal data and the secret key. Only
    its owner can read it. Keep it in a place that no other person can access.
    """
    now = datetime.now(UTC)
    target = file or Path(f"praxis-{now:%Y%m%d-%H%M%S}.zip")
    with house.session() as session, click.progressbar(label="Writing", length=0) as bar:
        try:
            made = make_backup(
                session,
                house.content,
                house.data,
                target,
                key=house.secret(),
                now=now,
                progress=lambda _name, _number: bar.update(1),
            )
        except Rejected as error:
            _fail(error)
            return
    say(f"{target}: {made.files} files, {made.rows.get('change', 0)} changes, {made.rows.get('person', 0)} people")
    if not made.has_secret:
        say("The backup does not contain the secret key, which comes from KB_SECRET_KEY. Keep the key as well.")
    say(f"To verify the backup: kb restore {target} NEW-FOLDER")


@click.command("restore")
@click.argument("file", type=FILE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--trust", is_flag=True, help="Accept a backup that was not signed with the key of this site.")
@pass_house
def restore(house: Installation, file: Path, folder: Path, *, trust: bool) -> None:
    """Restore a backup FILE into an empty FOLDER and verify it.

    The command writes content/ and var/ in FOLDER. It uses a new database in var/, or that of KB_DATABASE if it is
    empty. The backup must be signed with the key of this site (KB_SECRET_KEY, or var/secret-key), unless you use
    --trust. If anything is wrong, both folders are emptied again.
    """
    content, data = folder / "content", folder / "var"
    try:
        with whole_or_nothing(content, data), opened(file, None if trust else house.known_secret()) as archive:
            files = unpack(archive, content, data)
            say(f"{files} files written. Filling the tables …")
            new = house.elsewhere(content, data)
            try:
                new.migrate(archive.manifest.schema)
            except CommandError as error:
                message = (
                    "This version of Praxis does not know the schema of the backup (%(reason)s). Use a newer version."
                )
                raise Rejected([Problem("unknown-schema", message, params={"reason": str(error)[:200]})]) from error
            with new.session() as session:
                load_tables(session, archive)
            new.migrate()
            say("Comparing files and log, and building the index …")
            with new.session() as session:
                proof = prove(session, new.store, archive, now=datetime.now(UTC))
                new.store.close()
    except Rejected as error:
        _fail(error)
        return
    for trouble in proof.troubles:
        say(f"  {trouble}")
    say(f"{proof.records} records in {proof.files} files, {proof.changes} changes, {proof.people} people.")
    if proof.troubles:
        fail("The restored data differs from the backup; see above.")
    say(f"Backup restored and verified. To serve it: KB_CONTENT={content} KB_DATA={data} kb serve")


def _fail(error: Rejected) -> None:
    show_problems(error.problems)
    raise SystemExit(1) from error
