"""A source file in the form: unchanged without an edit, and changed only where it was edited."""

from __future__ import annotations

import pytest

from kb.editing.forms.form_values import Posted, name_of
from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.editing.forms.source_form import RowOrder, SourceFile, apply_to_source, change_rows, read_source_file
from kb.kinds.registry import KINDS
from kb.records.front_matter import Value
from tests.builders import a_page_text, a_practice_text, a_register_text, a_tool_text
from tests.editing.conftest import named
from tests.house import ROOT, SAMPLE

BY_NAME = {kind.shape.name: kind for kind in KINDS}
FILES = sorted(
    [
        *(ROOT / "content/practices").glob("*/practice.md"),
        *(ROOT / "content/pages").glob("*/page.md"),
        *(SAMPLE / name for name in ("countries/ee/country.md", "register/shared/register.md")),
        *(SAMPLE / name for name in ("tools/gate-slip/tool.md", "adaptations/gate-slip-ee/adaptation.md")),
    ]
)


def resolve(suggested: str, text: str) -> str:
    return {"Polizia": "police"}.get(text, text) if suggested == "actors" else text


def opened(text: str, kind: str = "practices") -> SourceFile:
    file = read_source_file(BY_NAME[kind], text)
    assert file is not None
    return file


def shown(file: SourceFile) -> dict[str, str | list[str]]:
    """Return everything that the form shows, by the names of its controls."""
    values: dict[str, str | list[str]] = {}
    for field in file.fields:
        values |= _controls(field, file.values.get(field.name), name_of("f", field.name))
    for section in file.sections:
        values[f"s.{section.id}"] = section.text
        values |= {} if file.shape.sections else {f"h.{section.id}": section.heading}
    return values


def _controls(field: SchemaField, value: Value | None, name: str) -> dict[str, str | list[str]]:
    match field.control:
        case FormControl.GROUP:
            given = value if isinstance(value, dict) else {}
            inside = (_controls(each, given.get(each.name), name_of(name, each.name)) for each in field.fields)
            return {key: text for controls in inside for key, text in controls.items()}
        case FormControl.ROWS:
            group = SchemaField(field.name, field.path, FormControl.GROUP, fields=field.fields)
            rows = value if isinstance(value, list) else []
            inside = (_controls(group, row, name_of(name, index)) for index, row in enumerate(rows))
            return {key: text for controls in inside for key, text in controls.items()}
        case FormControl.LINES:
            return {name: "\n".join(str(each) for each in value or ())}
        case FormControl.TERMS:
            return {name: [*(str(each) for each in value or ()), "", ""]}
        case _:
            return {name: str(value or "")}


def typed(file: SourceFile, **changes: str | list[str]) -> str:
    """Return the text after changes of some controls; `__` replaces the dot in a name."""
    given = shown(file) | {name.replace("__", "."): value for name, value in changes.items()}
    return apply_to_source(file, Posted(named(given)), resolve)


def files() -> dict[str, SourceFile]:
    """Return every file as opened in the form, by path."""
    assert FILES
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    return {str(path.relative_to(ROOT)): opened(text, path.parents[1].name) for path, text in texts.items()}


def test_no_byte_of_a_real_record_changes_without_an_edit() -> None:
    assert [name for name, file in files().items() if typed(file) != file.text] == []


def test_an_edit_of_one_fact_changes_the_lines_of_that_fact_alone() -> None:
    bad = {}
    for name, file in files().items():
        before, after = file.text.split("\n"), typed(file, f__title="Another title").split("\n")
        gone = set(before) - set(after)
        if "title: Another title" not in after or len(gone) != 1:
            bad[name] = gone
    assert bad == {}


def test_a_form_that_lacks_a_control_leaves_its_fact_alone() -> None:
    file = opened(a_practice_text())
    assert apply_to_source(file, Posted({}), resolve) == file.text


def test_what_the_form_does_not_know_stays() -> None:
    text = a_practice_text().replace("title: Police", "# A remark.\nunknown: {a: b}\ntitle: Police")
    text = text.replace("name: Report", "extra: x\n  name: Report")
    changed = typed(opened(text), f__sources__0__title="Another report")
    assert "# A remark.\nunknown: {a: b}\n" in changed
    assert "Another report" in changed


def test_a_value_of_another_sort_is_left_as_it_is() -> None:
    text = a_practice_text().replace("countries: [PT]", "countries: PT")
    assert "countries: PT\n" in typed(opened(text), f__countries=["IT"], f__title="New")


def test_an_emptied_fact_goes_and_a_new_one_stands_where_the_guide_has_it() -> None:
    changed = typed(opened(a_practice_text()), f__start_year=" ", f__level="local", f__actors=["Polizia", "", "courts"])
    assert "start_year" not in changed
    assert "actors: [police, courts]\n" in changed
    keys = list(opened(changed).values)
    order = [key for key in ("countries", "level", "areas", "actors", "sources") if key in keys]
    assert [key for key in keys if key in order] == order


def test_lists_and_groups_are_read_line_by_line() -> None:
    changed = typed(
        opened(a_practice_text()),
        f__names="ABR\n\n Ask first \n",
        f__needs__staff="Two people.\nEvery day.",
        f__regions="",
    )
    values = opened(changed).values
    assert values["names"] == ["ABR", "Ask first"]
    assert values["needs"] == {"staff": "Two people.\nEvery day."}


def test_a_section_is_changed_added_in_its_place_and_taken_out() -> None:
    changed = typed(opened(a_practice_text()), s__what="New text.", s__problem="Nobody asks.", s__how=" ")
    body = changed.split("---\n", 2)[2]
    assert body == "## The problem {#problem}\n\nNobody asks.\n\n## What {#what}\n\nNew text.\n"


def test_a_new_section_of_a_page_gets_an_id_from_its_heading() -> None:
    file = opened(a_page_text(), "pages")
    posted = {"new-heading": "Šaltiniai ir kita", "new-text": "Text."}
    changed = apply_to_source(file, Posted(named(posted)), resolve)
    assert changed.endswith("## Šaltiniai ir kita {#saltiniai-ir-kita}\n\nText.\n")
    again = apply_to_source(opened(changed, "pages"), Posted(named(posted)), resolve)
    assert "{#saltiniai-ir-kita-2}" in again


def test_invisible_characters_of_a_pasted_text_do_not_break_the_file() -> None:
    changed = typed(opened(a_practice_text()), f__title="A\x00 title\u2028on two lines \x85\ufeff")
    assert opened(changed).values["title"] == "A title\non two lines"


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (RowOrder("add", "sources"), ["s1", "s2", "s3"]),
        (RowOrder("remove", "sources", 0), ["s2"]),
        (RowOrder("down", "sources", 0), ["s2", "s1"]),
        (RowOrder("up", "sources", 1), ["s2", "s1"]),
        (RowOrder("up", "sources", 0), ["s1", "s2"]),
        (RowOrder("remove", "sources", 9), ["s1", "s2"]),
        (RowOrder("add", "id"), ["s1", "s2"]),
    ],
)
def test_rows_are_added_removed_and_moved(order: RowOrder, ids: list[str]) -> None:
    rows = opened(change_rows(opened(a_practice_text()), order)).values["sources"]
    assert isinstance(rows, list)
    assert [row["id"] for row in rows if isinstance(row, dict)] == ids


def test_the_last_row_takes_its_list_with_it() -> None:
    text = change_rows(opened(a_practice_text()), RowOrder("remove", "figures", 0))
    assert "figures" not in opened(text).values


@pytest.mark.parametrize(
    "text", ["", "no fences", "---\na: [\n---\n", "---\nid: x\n---\nlost text\n", "---\nid: x\r\n---\n"]
)
def test_a_broken_file_is_for_the_raw_view(text: str) -> None:
    assert read_source_file(BY_NAME["practices"], text) is None


@pytest.mark.parametrize(
    ("kind", "text", "field", "new"),
    [
        ("register", a_register_text(), "blanks", {"id": "b-1"}),
        ("register", a_register_text(), "choices", {"id": "ch-1"}),
        ("tools", a_tool_text(), "own_alternatives", {"id": "ch-1"}),
        ("tools", a_tool_text(), "fields", {"id": "f1"}),
        ("tools", a_tool_text(), "uses", {"id": ""}),
        ("tools", a_tool_text(), "parts", {"id": ""}),
    ],
)
def test_the_id_of_a_new_row_begins_as_texts_name_it_or_waits_to_be_chosen(
    kind: str, text: str, field: str, new: dict[str, Value]
) -> None:
    changed = opened(change_rows(opened(text, kind), RowOrder("add", field)), kind).values[field]
    assert isinstance(changed, list)
    assert changed[-1] == new
