"""`kb history`: shows the history of a record, and erases a text from it on request."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kb.cli.context import Installation, fail, pass_house, say, show_problems
from kb.editing.suggestions.answer import blank_containing
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.publishing.redact import Erasure, RedactionCount
from kb.publishing.redact import redact as erase
from kb.records.files.paths import place_of
from kb.workshops.plan.account_deletion import strike, that_may_quote


@click.group("history")
def history() -> None:
    """Show the history of records, and erase texts from it."""


@history.command("show")
@click.argument("record")
@click.option("--part", help="Only this part: source, a language, or an attachment's name.")
@click.option("--number", type=int, help="Print the text of this revision of the part.")
@pass_house
def show(house: Installation, record: str, part: str | None, number: int | None) -> None:
    """List the revisions of a record, for example practices/stone-terraces, newest first."""
    with house.session() as session:
        revisions = log.history(session, record, part)
        if not revisions:
            fail(f"The log has no record {record}.")
        for revision in revisions:
            if number is not None:
                if revision.number == number:
                    say(revision.text if revision.text is not None else "(no text)")
                continue
            mark = " (erased)" if revision.redacted else ""
            change = revision.change
            when = f"{change.at:%Y-%m-%d %H:%M}"
            say(
                f"{when}  {revision.part:8} {revision.number:4}  {revision.action:7} {change.kind:8} "
                f"{'person ' + str(change.author_id) if change.author_id else revision.origin}{mark}  {change.note}"
            )


@history.command("redact")
@click.argument("record")
@click.option("--part", help="Only this part: source, a language, or an attachment's name.")
@click.option("--number", "numbers", type=int, multiple=True, help="Revision number; can be repeated.")
@click.option("--containing", help="Every text of the record that contains this phrase.")
@click.option("--reason", required=True, help="Reason. It is kept, so do not repeat what you erase.")
@pass_house
def redact(
    house: Installation, record: str, part: str | None, numbers: tuple[int, ...], containing: str | None, reason: str
) -> None:
    """Erase texts of a record from the whole history; author, date and reason are kept.

    With --containing, notes, comments and readers' suggestions are erased too. The phrase itself is then
    removed from all texts written in any workshop, on any topic. So choose a phrase that identifies only the person
    concerned. A text that readers see cannot be erased: publish one without it first. Afterwards run `kb search
    rebuild` twice, because the previous index is kept until the next rebuild. Backups and Git keep what they have.
    """
    if not numbers and not (containing and containing.strip()):
        fail("State what to erase: --part and --number, or --containing.")
    if numbers and not part:
        fail("--number needs --part, because each part has its own revision numbers.")
    with house.session() as session:
        try:
            done = erase(
                session,
                house.store,
                None,
                Erasure(record, part, numbers, containing),
                reason=reason,
                now=datetime.now(UTC),
            )
        except NotFound:
            done = None
        except Rejected as error:
            show_problems(error.problems)
            raise SystemExit(1) from error
        suggestions = blank_containing(session, record, containing) if containing else 0
        made = that_may_quote(session, record) if numbers and not containing else 0
        taught = strike(session, containing, now=datetime.now(UTC)) if containing else 0
    if done is None and not suggestions and not taught:
        fail(f"No matching text in {record}.")
    done = done or RedactionCount(0, 0)
    say(f"{done.revisions} revisions and {done.drafts} drafts erased")
    if suggestions:
        say(f"{suggestions} suggestions of readers erased")
    if done.frozen or taught:
        say(f"{done.frozen} saved copies in workshops erased, {taught} texts of trainers and participants changed")
    if made and place_of(record, part or "").is_text:
        say(f"{made} exercises in workshops were made from {record} and may still quote it. Use --containing too")
