"""The check of content remembers what passed, and looks again at everything that a change may have made wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.content_store.check_cache import Checked, CheckMemory, check_changed, doubts_today, rules_mark, unchanged
from kb.content_store.reference_data import FOLDERS
from kb.kinds.registry import KINDS
from kb.records.files.paths import ContentFolder
from tests.builders import a_practice_text, a_register_text, a_source, a_tool_text
from tests.house import ITALIAN_TEXT, ROOT, TEXT, knowledge

BY_NAME = {kind.shape.name: kind for kind in KINDS}
LAWS = (knowledge().vocabularies, knowledge().law)
SHAPES = {name: kind.shape for name, kind in BY_NAME.items()}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with two pages, of which the second links to the first."""
    for name in FOLDERS:
        (tmp_path / name).symlink_to(ROOT / "content" / name)
    write(tmp_path, "pages/stone-terraces/page.md", TEXT)
    write(tmp_path, "pages/stone-terraces/page.it.md", ITALIAN_TEXT)
    write(tmp_path, "pages/other/page.md", other("[upon](pages/stone-terraces#how)"))
    return tmp_path


def other(link: str) -> str:
    return TEXT.replace("id: stone-terraces", "id: other").replace("upon", link)


def write(content: Path, path: str, text: str) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text(text, encoding="utf-8")


def check(content: Path, known: CheckMemory | None = None) -> Checked:
    """Check with a cache that was written and read again; a check without one has to find the same."""
    folder = ContentFolder(content, SHAPES)
    if known is not None:
        known.save(content)
    found = check_changed(folder, BY_NAME, *LAWS, CheckMemory.load(content))
    whole = check_changed(folder, BY_NAME, *LAWS, CheckMemory())
    assert (found.records, found.problems) == (whole.records, whole.problems)
    return found


def codes(found: Checked) -> list[str]:
    return [problem.code for problem in found.problems]


def test_the_second_check_looks_at_nothing_and_a_third_at_what_changed(content: Path) -> None:
    first = check(content)
    assert (first.records, first.looked_at, codes(first)) == (2, 2, [])
    assert unchanged(ContentFolder(content, SHAPES), first.memory) == {"pages/stone-terraces", "pages/other"}
    second = check(content, first.memory)
    assert (second.looked_at, second.memory) == (0, first.memory)
    write(content, "pages/other/page.md", other("on top of"))
    third = check(content, second.memory)
    assert third.looked_at == 1
    assert third.memory.records["pages/other"].links == ()


def test_what_a_person_has_to_judge_is_remembered_and_counted_from_its_day_on(content: Path) -> None:
    law = a_source("s1", kind="law", accessed="2024-02-29")
    write(content, "practices/ask-before-referral/practice.md", a_practice_text(sources=[law, a_source("s2")]))
    first = check(content)
    second = check(content, first.memory)
    assert (first.problems, second.looked_at, second.memory) == ((), 0, first.memory)
    assert [second.memory.count_doubts(date(2029, month, 1)) for month in (2, 3)] == [0, 1]
    found = doubts_today(ContentFolder(content, SHAPES), BY_NAME, *LAWS, date(2029, 3, 1))
    assert [(Path(each.path).name, each.code) for each in found] == [("practice.md", "law-read-long-ago")]
    assert doubts_today(ContentFolder(content, SHAPES), BY_NAME, *LAWS, date(2029, 2, 1)) == ()


def test_what_has_a_problem_is_looked_at_each_time(content: Path) -> None:
    write(content, "pages/other/page.md", other("[upon](pages/nowhere)"))
    first = check(content)
    assert codes(first) == ["dangling-link"]
    assert {*first.memory.records} == {"pages/stone-terraces"}
    assert codes(check(content, first.memory)) == ["dangling-link"]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("pages/stone-terraces/page.md", TEXT.replace("{#how}", "{#way}"), "dangling-anchor"),
        ("pages/stone-terraces/page.md", TEXT.replace("status: published", "status: draft"), "hidden-link"),
        ("pages/stone-terraces/page.md", None, "no-source-file"),
    ],
)
def test_what_links_to_a_record_is_looked_at_when_that_changes(
    content: Path, path: str, text: str | None, code: str
) -> None:
    first = check(content)
    (content / path).unlink()
    if text is not None:
        write(content, path, text)
    assert code in codes(check(content, first.memory))


def test_a_record_that_is_gone_or_loses_an_earlier_name_is_missed(content: Path) -> None:
    write(content, "pages/stone-terraces/page.md", TEXT.replace("title:", "aliases: [dry-walls]\ntitle:", 1))
    write(content, "pages/other/page.md", other("[upon](pages/dry-walls)"))
    first = check(content)
    assert codes(first) == []
    assert first.memory.records["pages/stone-terraces"].aliases == ("dry-walls",)
    write(content, "pages/stone-terraces/page.md", TEXT)
    assert codes(check(content, first.memory)) == ["dangling-link"]
    for file in (content / "pages/stone-terraces").iterdir():
        file.unlink()
    (content / "pages/stone-terraces").rmdir()
    assert codes(check(content, first.memory)) == ["dangling-link"]


def test_two_records_never_share_a_name_though_one_was_looked_at_before(content: Path) -> None:
    first = check(content)
    write(content, "pages/third/page.md", other("upon").replace("id: other", "id: third\naliases: [other]"))
    second = check(content, first.memory)
    assert codes(second) == ["alias-taken"]
    assert second.memory.records == {}


def test_what_looks_at_all_records_of_a_kind_is_looked_at_when_one_comes(content: Path) -> None:
    write(content, "register/shared/register.md", a_register_text())
    write(content, "tools/referral-form/tool.md", a_tool_text())
    first = check(content)
    assert first.memory.records["tools/referral-form"].kinds == ("register", "tools")
    assert codes(first) == ["unused-blanks"]  # a warning: what has one is looked at each time
    write(content, "register/second/register.md", a_register_text().replace("id: shared", "id: second"))
    assert check(content, first.memory).looked_at == 3


def test_other_rules_make_everything_be_looked_at(content: Path) -> None:
    first = check(content)
    assert first.memory.rules == rules_mark(content)
    assert check(content, CheckMemory("other rules", "", first.memory.records)).looked_at == 2
    (content / "vocabularies").unlink()
    assert rules_mark(content) != first.memory.rules


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", '{"rules": 1}', '{"rules": "", "papers": "", "records": {"a": 1}}']
)
def test_a_memory_that_cannot_be_read_is_none(content: Path, text: str) -> None:
    write(content, "checked.json", text)
    assert CheckMemory.load(content) == CheckMemory()
    assert check(content).looked_at == 2
