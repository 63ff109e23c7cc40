from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import kb.search
from kb.errors import Unavailable
from kb.search.engine import SearchEngine
from kb.search.index import segment_decoder, stored_rows
from kb.search.index.array_store import load
from kb.search.index.builder import DESCRIPTION, POINTER, SOURCES, build_index, current_build, open_build
from kb.search.query.search_query import SearchQuery
from kb.vocabulary.model import Vocabularies, Vocabulary
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document


def build(folder: Path, *titles: str) -> str:
    return build_index(folder, [a_document(title, title=title) for title in titles], VOCABULARIES, LANGUAGES)


def builds(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_the_pointer_names_the_new_build(folder: Path) -> None:
    name = build(folder, "stone")
    assert current_build(folder) == name
    assert {path.name for path in folder.iterdir()} == {POINTER, name}


def test_a_build_tells_what_it_was_made_from(folder: Path) -> None:
    name = build(folder, "stone")
    described, files = open_build(folder)
    assert (described.id, described.languages, files.folder) == (name, LANGUAGES, folder / name)
    assert timedelta(0) <= datetime.now(UTC) - described.created < timedelta(minutes=5)
    assert described.is_of(VOCABULARIES)


def test_a_changed_label_makes_a_build_out_of_date(folder: Path) -> None:
    build(folder, "stone")
    fewer = Vocabularies((Vocabulary("practice-areas", "Practice areas"),), VOCABULARIES.country_aliases)
    assert SearchEngine(folder, VOCABULARIES, LANGUAGES).status().is_current
    assert not SearchEngine(folder, fewer, LANGUAGES).status().is_current


def test_the_build_before_is_kept_and_older_ones_go(folder: Path) -> None:
    names = [build(folder, "stone") for _ in range(4)]
    assert current_build(folder) == names[-1]
    assert builds(folder) == set(names[-2:])


def test_builds_that_were_broken_off_are_removed_and_younger_ones_stay(folder: Path) -> None:
    build(folder, "stone")
    left, left_pointer, young = (
        "20200101T000000000000Z-0000",
        f"{POINTER}.20200101T000000000000Z-0000",
        "29990101T000000000000Z-0000",
    )
    (folder / left).mkdir()
    (folder / left_pointer).touch()
    (folder / young).mkdir()
    (folder / "notes").mkdir()
    build(folder, "wall")
    assert builds(folder) >= {young, "notes"}
    assert left not in builds(folder)
    assert not (folder / left_pointer).exists()


def test_a_clock_that_was_set_back_does_no_harm(folder: Path) -> None:
    (folder / "29990101T000000000000Z-0000").mkdir(parents=True)
    (folder / POINTER).write_text("29990101T000000000000Z-0000", encoding="ascii")
    name = build(folder, "stone")
    assert [hit.id for hit in SearchEngine(folder, VOCABULARIES, LANGUAGES).find(SearchQuery()).hits] == ["stone"]
    assert build(folder, "wall") > name


def test_progress_is_told_after_each_document(folder: Path) -> None:
    told: list[int] = []
    documents = [a_document(str(number)) for number in range(5)]
    build_index(folder, iter(documents), VOCABULARIES, LANGUAGES, progress=told.append)
    assert told == [1, 2, 3, 4, 5]


def test_a_build_that_fails_leaves_the_old_one_in_use(folder: Path) -> None:
    name = build(folder, "stone")
    with pytest.raises(ValueError, match="colour"):
        build_index(folder, (a_document(facets={"colour": ()}) for _ in range(1)), VOCABULARIES, LANGUAGES)
    assert current_build(folder) == name


def test_readers_of_the_old_build_are_not_disturbed(folder: Path) -> None:
    build(folder, "stone")
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES)
    view = engine.view()
    for _ in range(3):
        build(folder, "wall")
    assert [hit.id for hit in view.find(SearchQuery("stone")).hits] == ["stone"]
    assert engine.reopen()
    assert [hit.id for hit in engine.find(SearchQuery("wall")).hits] == ["wall"]


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "nothing", "20260101T000000000000Z-0000/..", "é"])
def test_a_pointer_to_nowhere_is_no_build(folder: Path, pointer: str) -> None:
    build(folder, "stone")
    (folder / POINTER).write_text(pointer, encoding="utf-8")
    assert current_build(folder) == ""
    with pytest.raises(Unavailable, match="no index"):
        open_build(folder)


@pytest.mark.parametrize("change", [{"format": 0}, {"format": 99}, {"code": "0" * 16}])
def test_a_build_of_another_format_or_of_other_code_is_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / build(folder, "stone") / DESCRIPTION
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(Unavailable, match="another version of the program"):
        open_build(folder)


@pytest.mark.parametrize("missing", ["format", "code", "created", "vocabulary", "languages"])
def test_a_description_that_does_not_say_all_is_refused(folder: Path, missing: str) -> None:
    path = folder / build(folder, "stone") / DESCRIPTION
    said = json.loads(path.read_text("utf-8"))
    del said[missing]
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(Unavailable, match="damaged"):
        open_build(folder)


def test_the_fingerprint_is_of_all_modules_that_decide_what_an_index_holds() -> None:
    """An index built with other rules for words would give wrong answers without an error."""
    folder = Path(kb.search.__file__).parent
    names = {
        ".".join(("kb.search", *path.relative_to(folder).with_suffix("").parts)): path for path in folder.rglob("*.py")
    }
    deciding: set[str] = set()
    left = {stored_rows.__name__, segment_decoder.__name__}
    while left:
        name = left.pop()
        deciding.add(name)
        left |= set(imported(names[name])) & {*names} - deciding
    assert {module.__name__ for module in SOURCES} == deciding


def imported(path: Path) -> Iterable[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names))


def test_a_build_has_its_arrays(folder: Path) -> None:
    """The first process that opens the index does not have to wait for them."""
    build(folder, "stone")
    _, files = open_build(folder)
    assert [load(files.folder, segment.id) is not None for segment in files.segments()] == [True]


def test_an_index_of_nothing_can_be_built(folder: Path) -> None:
    build(folder)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES)
    assert (engine.is_ready, engine.status().documents, engine.find(SearchQuery()).total) == (True, 0, 0)
    engine.update([a_document()])
    assert engine.find(SearchQuery("stone")).total == 1
