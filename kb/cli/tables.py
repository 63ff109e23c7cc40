"""`kb content export` and `import`: records as tables for a spreadsheet, and import after a preview of each change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from kb.cli.context import Installation, fail, pass_house, say
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.kinds.registry import KINDS
from kb.problems import Problem

_KINDS = click.Choice(sorted(kind.shape.name for kind in KINDS))
_SHOWN = 120  # characters of a value on one line


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--kind", type=_KINDS, default="practices", show_default=True, help="Kind of records.")
@click.option("--format", "table_format", type=click.Choice(["csv", "xlsx"]), help="Default: the file name extension.")
@pass_house
def export_table(house: Installation, file: Path, kind: str, table_format: str | None) -> None:
    """Export the simple facts of all records of a kind into a table, for example practices.xlsx.

    The table includes drafts and retired records. Import it with `kb content import`, or on the dashboard.
    """
    from kb.exchange.preview import lines_of  # needs the tables of the application, which checks of files do not
    from kb.exchange.table_files import TableFormat, write

    chosen = table_format or file.suffix.lower().removeprefix(".")
    if chosen not in set(TableFormat):
        fail("Use --format csv or xlsx, or a file name that ends in .csv or .xlsx.")
    store = house.store
    store.refresh()
    found = sorted(record_id for name, record_id in store.current().catalog.columns if name == kind)
    with house.session() as session:
        lines = lines_of(session, store, kind, found)
    try:
        file.write_bytes(write(TableFormat(chosen), kind, lines))
    except Rejected as error:
        fail("\n".join(problem.text() for problem in error.problems))
    store.close()
    say(f"{len(lines) - 1} records written: {file}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", type=_KINDS, default="practices", show_default=True, help="Kind of records.")
@click.option("--email", required=True, help="Email of an account with the publisher role.")
@click.option("--note", required=True, help="What was changed and why. The note is kept in the history of each record.")
@click.option("--yes", is_flag=True, help="Publish all changes without a problem, without asking.")
@pass_house
def import_table(house: Installation, file: Path, kind: str, email: str, note: str, yes: bool) -> None:
    """Show what an edited table would change, and publish it as one change.

    Cells with a problem are listed and skipped. Nothing is published if a second person must approve each text.
    """
    from kb.accounts.queries import get_user
    from kb.exchange.preview import preview
    from kb.exchange.table_files import read
    from kb.exchange.term_labels import by_label
    from kb.publishing.bulk_changes import publish_many

    store, now = house.store, datetime.now(UTC)
    store.refresh()
    with house.session() as session:
        try:
            editor = get_user(session, email)
            table = read(file.read_bytes())
            incoming = preview(session, store, editor, kind, table, by_label(store.vocabularies), now=now)
            for each in incoming.proposals:
                say(each.edit.place.record)
                for change in each.differences:
                    say(f"  {change.name}: {_short(change.before)} -> {_short(change.after)}")
            for problem in incoming.problems:
                say(_at_cell(problem))
            say(f"{len(incoming.proposals)} records change, {incoming.unchanged} rows do not change")
            if not incoming.proposals or not (yes or click.confirm("Publish these changes?")):
                return
            edits = [each.edit for each in incoming.proposals]
            done = publish_many(session, store, editor, edits, note=note, four_eyes=house.four_eyes, now=now)
        except NotFound:
            fail(f"No account has the address {email}.")
        except Forbidden:
            fail(f"{email} may not publish these records.")
        except Conflict as error:
            fail(f"{error} has changed in the meantime. Run the command again.")
        except Rejected as error:
            fail("\n".join(_at_cell(problem) for problem in error.problems))
        else:
            say(f"Published as change {done.number}.")
    store.close()


def _short(text: str) -> str:
    line = " ".join(text.split()) or "(nothing)"
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _at_cell(problem: Problem) -> str:
    place = ", ".join(str(each) for each in (*problem.where, problem.path) if each)
    return f"{place}: {problem.text()}" if place else problem.text()
