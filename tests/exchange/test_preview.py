"""From a table to its changes: a new text for each record that differs, a problem for each wrong cell, and no more."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.errors import Rejected
from kb.exchange.columns import FIXED, columns_of, header_of
from kb.exchange.import_table import Incoming
from kb.exchange.preview import lines_of, preview
from kb.exchange.table import SheetTable, TableRow
from kb.exchange.table_files import TableFormat, read, write
from kb.exchange.term_labels import Meaning
from kb.history import log
from kb.kinds.registry import KINDS
from kb.publishing.bulk_changes import publish_many
from kb.records.files.paths import place_of
from tests.house import NOW, TestHouse, a_curator, catch_up_now

SAMPLE = Path(__file__).parents[1] / "sample" / "practices"
NAMES = ("ask-first", "stone-terraces", "letters-home", "draft-idea", "naktinis-autobusas", "night-bus")
LABELS = {"Polizei": "police", "Lithuania": "LT"}


def sample_text(name: str) -> str:
    """Return a practice of the sample without its picture, which is not written here."""
    text = (SAMPLE / name / "practice.md").read_text(encoding="utf-8")
    return re.sub(r"\n*!\[[^\]]*\]\(slope\.png\)", "", text)


@pytest.fixture
def practices(house: TestHouse, session: Session, store: ContentStore) -> ContentStore:
    for name in NAMES:
        text = sample_text(name)
        house.write(text, place_of(f"practices/{name}", "source"))
    catch_up_now(session, store)
    return store


def resolve(_suggested: str, text: str) -> str:
    return LABELS.get(text, text)


def cells_of(session: Session, store: ContentStore, record_id: str) -> dict[str, str]:
    header, row = lines_of(session, store, "practices", [record_id])
    return dict(zip(header, row, strict=True))


def look(session: Session, store: ContentStore, *rows: Mapping[str, str]) -> Incoming:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    table = SheetTable(columns, tuple(TableRow(number, row) for number, row in enumerate(rows, 2)))
    return preview(session, store, a_curator(session), "practices", table, Meaning(resolve), now=NOW)


def codes(incoming: Incoming) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.where) for problem in incoming.problems]


def text_of(session: Session, record_id: str) -> str:
    head = log.find_head(session, place_of(f"practices/{record_id}", "source"))
    assert head is not None
    return head.text or ""


def test_tables_hold_every_simple_fact_and_no_row() -> None:
    names = {kind.shape.name: {column.name for column in columns_of(kind.shape)} for kind in KINDS}
    assert {"title", "summary", "areas", "start_year", "needs.staff", "secure_channel.kinds"} <= names["practices"]
    assert not names["practices"] & {"sources", "figures", "assessments", "evidence_level", "status", "id", "same_as"}
    assert all(header_of(kind.shape)[:4] == FIXED for kind in KINDS)


@pytest.mark.parametrize("table_format", TableFormat)
def test_a_table_that_comes_back_untouched_changes_nothing(
    session: Session, practices: ContentStore, table_format: TableFormat
) -> None:
    table = read(write(table_format, "practices", lines_of(session, practices, "practices", NAMES)))
    incoming = preview(session, practices, a_curator(session), "practices", table, Meaning(resolve), now=NOW)
    assert incoming == Incoming((), (), len(NAMES))


def test_only_the_line_of_the_changed_fact_changes_in_the_file(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    incoming = look(
        session, practices, {**cells, "actors": "police; Polizei; prosecutors", "needs.staff": "Two people."}
    )
    assert not incoming.problems
    (proposal,) = incoming.proposals
    before, after = text_of(session, "stone-terraces").splitlines(), proposal.edit.text.splitlines()
    gone, come = [line for line in before if line not in after], [line for line in after if line not in before]
    assert gone[0] == "actors: [police]"
    assert come[0] == "actors: [police, prosecutors]"
    assert [each.name for each in proposal.differences] == ["actors", "needs.staff"]
    assert set(proposal.row.cells) == {"id", "fingerprint", "actors", "needs.staff"}


def test_names_of_terms_and_countries_become_ids(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "ask-first")
    incoming = look(session, practices, {**cells, "countries": "PT; Lithuania", "actors": "Polizei"})
    (proposal,) = incoming.proposals
    assert "countries: [PT, LT]\n" in proposal.edit.text
    assert "actors: [police]\n" in proposal.edit.text


@pytest.mark.parametrize("table_format", TableFormat)
def test_a_column_may_be_called_by_its_label_and_one_label_twice_is_told(
    session: Session, practices: ContentStore, table_format: TableFormat
) -> None:
    header, row = lines_of(session, practices, "practices", ["ask-first"])
    labels = {"chi agisce": "actors", "record": "id", "autori": "actors"}
    cells = dict(zip(header, row, strict=True)) | {"actors": "prosecutors"}
    names = ["  Chi  agisce" if name == "actors" else "Record" if name == "id" else name for name in header]
    for more, told in (([], []), (["Autori"], [("column-twice", (1, "actors"))])):
        lines = [[*names, *more], [*(cells[name] for name in header), *("police; prosecutors" for _ in more)]]
        table = read(write(table_format, "practices", lines))
        meaning = Meaning(resolve, names=labels)
        found = preview(session, practices, a_curator(session), "practices", table, meaning, now=NOW)
        assert codes(found) == told
        (proposal,) = found.proposals
        assert [each.name for each in proposal.differences] == ["actors"]
        assert f"actors: [{'police, ' if more else ''}prosecutors]\n" in proposal.edit.text


def test_a_name_for_what_stands_there_already_is_no_change(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    assert look(session, practices, {**cells, "actors": " Polizei ;"}).unchanged == 1


def test_an_emptied_cell_takes_the_fact_out_and_a_required_one_is_a_problem(
    session: Session, practices: ContentStore
) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    (proposal,) = look(session, practices, {**cells, "end_year": ""}).proposals
    assert "end_year" not in proposal.edit.text
    for name in ("title", "areas"):
        incoming = look(session, practices, {**cells, name: ""})
        assert codes(incoming) == [("missing-key", (2, name))]
        assert not incoming.proposals


def test_an_emptied_group_goes_whole(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    gone = {name: "" for name in cells if name.startswith("secure_channel.")}
    (proposal,) = look(session, practices, {**cells, **gone}).proposals
    assert "secure_channel" not in proposal.edit.text


def test_columns_may_be_left_out_and_come_in_any_order(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    row = {"prevalence": "common", "fingerprint": cells["fingerprint"], "id": "stone-terraces"}
    (proposal,) = look(session, practices, row).proposals
    assert [(each.before, each.after) for each in proposal.differences] == [("some-countries", "common")]


def test_a_table_without_id_or_fingerprint_is_refused(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    for name in ("id", "fingerprint"):
        with pytest.raises(Rejected) as caught:
            look(session, practices, {key: value for key, value in cells.items() if key != name})
        assert [problem.code for problem in caught.value.problems] == ["no-column"]


def test_each_wrong_cell_is_a_problem_and_the_other_rows_stay(session: Session, practices: ContentStore) -> None:
    rows = {name: cells_of(session, practices, name) for name in NAMES}
    incoming = look(
        session,
        practices,
        {**rows["stone-terraces"], "start_year": "soon"},
        {**rows["ask-first"], "status": "retired"},
        {**rows["letters-home"], "actors": "no-such-term"},
        {**rows["draft-idea"], "fingerprint": "f-0"},
        {**rows["night-bus"], "id": "nothing-here"},
        {**rows["naktinis-autobusas"], "title": "Kitas autobusas"},
        {**rows["naktinis-autobusas"], "shoe size": "46"},
    )
    found = codes(incoming)
    assert ("bad-year", (2, "start_year")) in found
    assert ("read-only", (3, "status")) in found
    assert any(where == (4, "actors") for _, where in found)
    assert ("moved-on", (5, "fingerprint")) in found
    assert ("unknown-record", (6, "id")) in found
    assert ("record-twice", (7, "id")) in found
    assert ("record-twice", (8, "id")) in found
    assert ("unknown-column", (1, "shoe size")) in found
    assert not incoming.proposals
    rest = look(
        session, practices, {**rows["ask-first"], "start_year": "2016"}, {**rows["night-bus"], "start_year": "x"}
    )
    assert [each.edit.place.id for each in rest.proposals] == ["ask-first"]


def test_a_wrong_cell_does_not_keep_the_others_of_its_row_back(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    wrong = {"start_year": "soon", "status": "retired", "areas": "no-such-term"}
    incoming = look(session, practices, {**cells, **wrong, "prevalence": "COMMON", "end_year": "2025"})
    (proposal,) = incoming.proposals
    assert {each.name for each in proposal.differences} == {"prevalence", "end_year"}
    assert "prevalence: common\n" in proposal.edit.text
    assert {where[1] for _, where in codes(incoming)} == wrong.keys()
    assert incoming.ids == {2: "stone-terraces"}


def test_entries_with_a_semicolon_or_a_backslash_come_back(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    (proposal,) = look(session, practices, {**cells, "names": r"one\; two; C:\\walls; three"}).proposals
    publish_many(session, practices, a_curator(session), [proposal.edit], note="Names", now=NOW)
    again = cells_of(session, practices, "stone-terraces")
    assert again["names"] == r"one\; two; C:\\walls; three"
    assert look(session, practices, {**again, "names": r"one\; two; C:\\walls"}).proposals[0].differences


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_the_cells_is_a_change_a_problem_or_nothing(
    session: Session, practices: ContentStore, data: st.DataObject
) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    names = data.draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4))
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
        ["- a", "x: y", "{", "'", "yes"]
    )
    incoming = look(session, practices, {**cells, **{name: data.draw(text) for name in names}})
    assert bool(incoming.proposals) + incoming.unchanged + bool(incoming.problems) in (1, 2)
    assert not (incoming.unchanged and incoming.problems)
    assert text_of(session, "stone-terraces") == sample_text("stone-terraces")


def test_a_thousand_rows_are_compared_in_seconds(session: Session, practices: ContentStore) -> None:
    cells = cells_of(session, practices, "stone-terraces")
    rows = [TableRow(number, {**cells, "id": f"no-{number}"}) for number in range(2, 1002)]
    table = SheetTable(tuple(cells), tuple(rows))
    start = time.perf_counter()
    incoming = preview(session, practices, a_curator(session), "practices", table, Meaning(resolve), now=NOW)
    assert len(incoming.problems) == 1000
    assert time.perf_counter() - start < 10
