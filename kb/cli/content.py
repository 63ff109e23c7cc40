"""`kb content`: checks, creates, formats and describes records. Checks and formatting need no database."""

from __future__ import annotations

import gc
import json
import multiprocessing
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from kb.cli.content_stats import stats
from kb.cli.context import Installation, fail, pass_house, say, show_problems
from kb.cli.messages import speech
from kb.cli.tables import export_table, import_table
from kb.content_store.check_cache import CheckMemory, check_changed, doubts_today, papers_mark, unchanged
from kb.content_store.reference_data import load_knowledge
from kb.conversion.document_checks import PaperCheck
from kb.errors import NotFound
from kb.history import log
from kb.i18n import LANGUAGES
from kb.kinds.country.questions import KEY_FACT_TEXTS
from kb.kinds.country.questions import QUESTION_TEXTS as COUNTRY_TEXTS
from kb.kinds.practice.guide import QUESTION_TEXTS as ASSESSMENT_TEXTS
from kb.kinds.practice.guide import SECTION_TEXTS
from kb.kinds.registry import KINDS
from kb.problems import Problem, errors
from kb.publishing.deletions import accept_deletions, find_deletions, left_by
from kb.records.bundle import SOURCE, read_source
from kb.records.files.generated_lines import format_source, format_translation
from kb.records.files.paths import ContentFolder, RecordFile
from kb.records.record import ID_PATTERN
from kb.texts.checks import usage_problems
from kb.workshops.exercise_generator.texts import EXERCISE_TEXTS

_KINDS = {kind.shape.name: kind for kind in KINDS}
_STEMS = {kind.shape.stem: kind for kind in KINDS}
_MANY = 100  # records, from which a second process is worth its start
# The texts of `content/texts` that some part of the site uses.
USED_TEXTS = (ASSESSMENT_TEXTS, COUNTRY_TEXTS, EXERCISE_TEXTS, KEY_FACT_TEXTS, SECTION_TEXTS)


@click.group("content")
def content() -> None:
    """Check, create and format the records in the content folder."""


content.add_command(export_table)
content.add_command(stats)
content.add_command(import_table)


@content.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option(
    "--all", "is_whole", is_flag=True, help="Check all records, also those that passed before and have not changed."
)
@click.option(
    "--remember", is_flag=True, help="Write passed records to checked.json, so that the next check is faster."
)
@click.option("--warnings", "shows_doubts", is_flag=True, help="Also print findings that a person has to judge.")
@pass_house
def check(house: Installation, as_json: bool, is_whole: bool, remember: bool, shows_doubts: bool) -> None:
    """Check every file of the content folder and print all problems with path and line.

    The command also converts each tool for each country. The file checked.json lists the records that passed. A record
    is checked again when it changes, or a record that it links to, or a rule. A person has to judge some findings:
    words that differ from the terms, and laws that were last read five years ago. They are counted, and printed with
    --warnings. The command needs neither database nor secret key. It exits with status 1 if there are errors. Warnings
    do not count.
    """
    gc.set_threshold(100_000)  # a check makes millions of objects and few cycles: looking for these took a tenth of it
    knowledge, folder = load_knowledge(house.content), house.folder
    known = CheckMemory() if is_whole else CheckMemory.load(house.content)
    papers = papers_mark(house.content)
    with _paper_problems(folder, is_needed=papers != known.papers) as paper_problems:
        done = check_changed(folder, _KINDS, knowledge.vocabularies, knowledge.law, known)
        fixed = (*knowledge.problems, *usage_problems(knowledge.texts, USED_TEXTS))
        problems, memory = [*fixed, *done.problems], done.memory
        if not errors(problems):
            found = paper_problems()
            problems += found
            memory = replace(memory, papers="" if found else papers)
    today = datetime.now(UTC).date()
    to_judge = memory.count_doubts(today)
    if shows_doubts:
        problems += doubts_today(folder, _KINDS, knowledge.vocabularies, knowledge.law, today)
    wrong = errors(problems)
    if as_json:
        count = {"records": done.records, "looked_at": done.looked_at, "to_judge": to_judge}
        say(json.dumps({**count, "problems": [problem.to_json() for problem in problems]}, ensure_ascii=False))
    else:
        show_problems(problems)
        say(f"{done.records} records, {len(wrong)} errors, {len(problems) - len(wrong)} warnings")
        if to_judge and not shows_doubts:
            say(f"{to_judge} more for a person to judge: kb content check --warnings")
    if remember:
        _tidy(folder, memory, known).save(house.content)
    if wrong:
        raise SystemExit(1)


@contextmanager
def _paper_problems(folder: ContentFolder, *, is_needed: bool) -> Iterator[Callable[[], list[Problem]]]:
    """Yield a function that returns the problems of all papers.

    Converting each tool for each country takes longer than checking all records. So a large folder does both at once,
    in two processes; the second is stopped if the first finds errors in the records.
    """
    if not is_needed or sum(1 for _ in folder.records()) < _MANY:
        yield partial(_check_papers, folder.root) if is_needed else list
        return
    with multiprocessing.get_context("fork").Pool(1) as pool:
        yield pool.apply_async(_check_papers, (folder.root,)).get


def _check_papers(content: Path) -> list[Problem]:
    folder = ContentFolder(content, {name: kind.shape for name, kind in _KINDS.items()})
    return list(PaperCheck(folder, speech, datetime.now(UTC).date()).problems())


def _tidy(folder: ContentFolder, memory: CheckMemory, known: CheckMemory) -> CheckMemory:
    """Return a memory without records whose generated lines are outdated; known records were checked before."""
    before = known.records if known.rules == memory.rules else {}
    kept = dict(memory.records)
    for name, row in memory.records.items():
        kind, _, record_id = name.partition("/")
        if before.get(name) != row and _formatted(kind, record_id, folder.texts(kind, record_id)[0]):
            del kept[name]
    return replace(memory, records=kept)


@content.command("new")
@click.argument("kind", type=click.Choice(sorted(_STEMS)))
@click.argument("record_id", metavar="ID")
@click.option(
    "--language",
    type=click.Choice(sorted(LANGUAGES)),
    default="en",
    show_default=True,
    help="Language of the record.",
)
@pass_house
def new(house: Installation, kind: str, record_id: str, language: str) -> None:
    """Create the source file of a new record, for example `kb content new practice stone-terraces`."""
    if not re.fullmatch(ID_PATTERN, record_id):
        fail("Enter an ID in lower-case letters and digits, joined by hyphens, for example stone-terraces.")
    chosen = _STEMS[kind]
    path = house.folder.path(RecordFile(chosen.shape.name, record_id, SOURCE))
    if path.parent.exists():
        fail(f"{path.parent} already exists. Choose another ID.")
    path.parent.mkdir(parents=True)
    path.write_text(chosen.template(record_id, language), encoding="utf-8")
    say(f"Written: {path}")


@content.command("format")
@click.option("--check", "only_check", is_flag=True, help="Check only; exit with status 1 if anything would change.")
@pass_house
def format_files(house: Installation, only_check: bool) -> None:
    """Write the generated lines of all records: levels from the answers, and the origin of each translated segment."""
    folder = house.folder
    tidy = unchanged(folder, CheckMemory.load(house.content)) if only_check else set()
    changed = 0
    for kind_name, record_id in folder.records():
        if f"{kind_name}/{record_id}" in tidy:
            continue
        texts, _ = folder.texts(kind_name, record_id)
        for part, text in _formatted(kind_name, record_id, texts).items():
            place = RecordFile(kind_name, record_id, part)
            changed += 1
            say(("Would change: " if only_check else "Changed: ") + folder.shown(place))
            if not only_check:
                folder.path(place).write_text(text, encoding="utf-8")
    say(f"{changed} files {'would change' if only_check else 'changed'}")
    if only_check and changed:
        raise SystemExit(1)


def _formatted(kind: str, record_id: str, texts: dict[str, str]) -> dict[str, str]:
    """Return the texts whose generated lines are outdated, in their correct form."""
    shape = _KINDS[kind].shape
    if SOURCE not in texts:
        return {}
    wanted = {SOURCE: format_source(shape, record_id, texts[SOURCE])}
    bundle, _, _ = read_source(shape, record_id, wanted[SOURCE])
    if bundle is not None:
        for part, text in texts.items():
            if part != SOURCE:
                wanted[part] = format_translation(bundle, part, text)
    return {part: text for part, text in wanted.items() if text != texts[part]}


@content.command("schema")
@click.argument("kind", type=click.Choice(sorted(_STEMS)), default="practice")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of record."""
    say(json.dumps(_STEMS[kind].shape.model.model_json_schema(), ensure_ascii=False, indent=2))


@content.command("accept-deletions")
@click.argument("records", nargs=-1)
@click.option("--yes", is_flag=True, help="Delete without asking.")
@pass_house
def accept(house: Installation, records: tuple[str, ...], yes: bool) -> None:
    """Delete records from the log whose files were deleted, for example practices/stone-terraces.

    If a running site has restored these files in the meantime, they are deleted again. Without RECORDS, the command
    lists the deleted files. If links would break, it lists them and requires --yes. The texts stay in the history.
    """
    store = house.store
    store.refresh()
    with house.session() as session:
        names = records or tuple(sorted({place.record for place in log.heads(session)}))
        missing = [place for name in names for place, _ in find_deletions(session, store, name)]
        for place in missing:
            state = "missing" if store.content.is_missing(place) else "restored"
            say(f"{state}: {store.content.shown(place)}")
        if not missing:
            say("No file is missing, and none was restored.")
            return
        left = left_by(session, store, names)
        show_problems(problem for problems in left.values() for problem in problems)
        if not records and not yes:
            say("Name the records whose deletion you accept, or use --yes for all of them.")
            return
        if left and not yes:
            fail(f"Links of {len(left)} records would break. Correct them first, or use --yes.")
        try:
            accepted = accept_deletions(session, store, names, datetime.now(UTC))
        except NotFound as error:
            fail(str(error))
        say(f"{len(accepted)} deletions accepted")


@content.command("links")
@click.option(
    "--days",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="Check again links last checked more than this many days ago.",
)
@click.option("--limit", type=click.IntRange(1), help="Maximum number of links to check.")
@pass_house
def links(house: Installation, days: int, limit: int | None) -> None:
    """Check the links in records. Broken links are listed on the dashboard.

    Each server gets at most one request every two seconds, and no record is changed. You can interrupt the command. The
    next run continues from there.
    """
    from kb.editing.quality import link_checks  # needs the tables of the application, which checks of files do not
    from kb.editing.quality.link_fetcher import ask

    store = house.store
    store.refresh()
    named = link_checks.addresses(store.snapshot.bundles())
    agent = f"Praxis link check (+{house.url})"
    gone = silent = 0
    with house.session() as session:
        link_checks.forget(session, named)
        waiting = link_checks.due(session, named, before=link_checks.long_ago(datetime.now(UTC), days))[:limit]
        checked = link_checks.check(
            session, named, waiting, lambda address: ask(address, agent=agent), lambda: datetime.now(UTC)
        )
        for number, (address, answer) in enumerate(checked, 1):
            if answer.is_there:
                continue
            gone, silent = gone + answer.is_gone, silent + (not answer.is_gone)
            say(f"{number}/{len(waiting)}  {answer.status or 'no answer'}  {address}  {answer.detail}".rstrip())
    store.close()
    say(f"{len(waiting)} of {len(named)} addresses checked, {gone} broken, {silent} without a valid answer")
