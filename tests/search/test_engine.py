from __future__ import annotations

import gc
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kb.errors import Unavailable
from kb.search.engine import SearchEngine
from kb.search.index.array_store import FOLDER, load
from kb.search.index.builder import DESCRIPTION, POINTER, build_index
from kb.search.index.segment_decoder import Made, decode
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles
from kb.search.index_view import IndexView
from kb.search.query.search_query import SearchQuery
from tests.search.conftest import EngineOf
from tests.search.samples import LANGUAGES, VOCABULARIES, Texts, a_document, a_record


def found(engine: SearchEngine | IndexView, text: str) -> list[str]:
    results = engine.find(SearchQuery(text, per_page=100))
    return [] if results.partial else [hit.id for hit in results.hits]


def another(folder: Path) -> SearchEngine:
    """Return a second engine on the same files, like another process."""
    return SearchEngine(folder, VOCABULARIES, LANGUAGES)


class TestUpdate:
    """Changed records replace their earlier versions in all languages, in one commit."""

    def test_a_new_record_is_found(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        engine.update([a_document("b", title="bridge")])
        assert (found(engine, "bridge"), found(engine, "wall")) == (["b"], ["a"])

    def test_a_changed_record_is_found_by_its_new_words_only(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        engine.update([a_document("a", title="bridge", fingerprint="f2")])
        assert (found(engine, "bridge"), found(engine, "wall")) == (["a"], [])
        assert engine.fingerprints() == {("practices", "a"): "f2"}

    def test_a_language_that_is_gone_is_not_found(self, engine_of: EngineOf) -> None:
        engine = engine_of(a_record("a", {"en": "wall", "it": "muro", "lt": "siena"}))
        engine.update(a_record("a", {"en": "wall", "it": "parete"}))
        assert [found(engine, word) for word in ("wall", "parete", "muro", "siena")] == [["a"], ["a"], [], []]
        assert engine.status().documents == 2

    def test_the_same_record_twice_in_one_batch_is_there_once(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        engine.update([a_document("a", title="bridge"), a_document("b"), a_document("a", title="tunnel")])
        assert (found(engine, "tunnel"), found(engine, "bridge"), found(engine, "wall")) == (["a"], [], [])
        assert (engine.status().documents, engine.status().records) == (2, 2)

    def test_a_removed_record_is_not_found(self, engine_of: EngineOf) -> None:
        engine = engine_of([*a_record("a", {"en": "wall", "it": "muro"}), a_document("b", title="wall")])
        engine.update([], [("practices", "a"), ("practices", "never-there")])
        assert (found(engine, "wall"), found(engine, "muro")) == (["b"], [])
        assert engine.fingerprints() == {("practices", "b"): "f1"}
        assert engine.find(SearchQuery()).facet("kind").count("practices") == 1

    def test_a_record_of_another_kind_with_the_same_id_stays(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall"), a_document("a", kind="tools", title="wall")])
        engine.update([], [("tools", "a")])
        assert engine.fingerprints() == {("practices", "a"): "f1"}

    def test_nothing_to_do_is_no_commit(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document()])
        view = engine.view()
        engine.update([])
        assert engine.view() is view

    def test_many_updates_leave_what_was_written_last(self, engine_of: EngineOf) -> None:
        engine = engine_of(a_document(str(number), title="v0") for number in range(10))
        for version in range(1, 25):
            changed = {str(number) for number in range(version % 3, 10, 3)}
            engine.update([a_document(record, title=f"v{version}") for record in changed])
            assert set(found(engine, f"v{version}")) == changed
            assert (engine.status().records, len(found(engine, "slopes"))) == (10, 10)

    def test_a_record_in_both_lists_stays(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        engine.update([a_document("a", title="bridge")], [("practices", "a")])
        assert (found(engine, "bridge"), engine.status().records) == (["a"], 1)

    def test_a_document_of_a_language_twice_is_there_once(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("x")])
        engine.update([*a_record("a", {"en": "wall", "it": "muro"}), a_document("a", "en", title="tunnel")])
        assert [found(engine, word) for word in ("tunnel", "wall", "muro")] == [["a"], [], ["a"]]
        assert engine.status().documents == 3

    def test_facets_follow_what_was_changed(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document(str(n), facets={"country": ("PT",)}) for n in range(5)])
        for n in range(3):
            engine.update([a_document(str(n), facets={"country": ("RO",)})])
        assert {value.id: value.count for value in engine.find(SearchQuery()).facet("country").values} == {
            "RO": 3,
            "PT": 2,
        }

    def test_the_last_record_can_go(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a")])
        engine.update([], [("practices", "a")])
        assert (found(engine, ""), engine.fingerprints()) == ([], {})
        engine.update([a_document("b")])
        assert found(engine, "") == ["b"]


def test_a_view_stays_as_it_is_while_the_index_changes(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", title="wall"), a_document("b", title="wall")])
    view = engine.view()
    for version in range(8):
        engine.update([a_document("a", title=f"bridge v{version}")], [("practices", "b")])
    assert (found(view, "wall"), found(view, "bridge"), view.records) == (["a", "b"], [], 2)
    assert found(engine, "bridge") == ["a"]


def test_finding_is_asking_the_view(engine_of: EngineOf) -> None:
    engine = engine_of([a_document()])
    assert engine.find(SearchQuery("stone")).hits == engine.view().find(SearchQuery("stone")).hits


def test_a_view_in_memory_ranks_as_the_index_and_is_no_part_of_it(engine_of: EngineOf, texts: Texts) -> None:
    documents = [
        a_document("a", title="Stone wall", summary="A bridge"),
        a_document("b", title="Bridge", summary="A wall of stone"),
    ]
    engine, other = engine_of(documents), engine_of(())
    view = other.view_of(tuple(rows_of(documents, other.finder)), texts)
    for words in ("stone", "wall stone", "bridge", '"stone wall"', '"wall stone"', "unicorn", ""):
        query = SearchQuery(words)
        question = other.view().understand(words, query)
        assert list(view.ranked(question, "en")) == found(engine, words), words
    assert found(other, "stone") == []
    assert other.view_of((), texts).ranked(other.view().understand("stone", SearchQuery("stone")), "en") == ()


def test_what_did_not_change_keeps_its_arrays(engine_of: EngineOf) -> None:
    engine = engine_of(a_document(str(number)) for number in range(20))
    (before,) = engine.view().segments
    engine.update([a_document("3", title="bridge")])
    first, second = engine.view().segments
    assert first.segment is before.segment
    assert [facts.id for facts in second.segment.records] == ["3"]


class TestReopen:
    """`reopen` loads what another process committed or built."""

    def test_nothing_new_keeps_the_view(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document()])
        view = engine.view()
        assert not engine.reopen()
        assert engine.view() is view

    def test_a_commit_of_another_is_seen(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        other = another(folder)
        other.update([a_document("b", title="bridge")])
        assert found(engine, "bridge") == []
        assert engine.reopen()
        assert found(engine, "bridge") == ["b"]
        assert not engine.reopen()

    def test_two_that_write_in_turn_lose_nothing(self, folder: Path, engine_of: EngineOf) -> None:
        engines = engine_of([]), another(folder)
        for number in range(12):
            engines[number % 2].update([a_document(str(number), title="wall")])
        for engine in engines:
            engine.reopen()
            assert len(found(engine, "wall")) == 12

    def test_a_new_build_is_seen(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        name = build_index(folder, [a_document("b", title="bridge")], VOCABULARIES, LANGUAGES)
        assert engine.reopen()
        assert (engine.status().build, found(engine, "bridge"), found(engine, "wall")) == (name, ["b"], [])

    def test_an_update_goes_into_the_newest_build(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        build_index(folder, [a_document("b", title="bridge")], VOCABULARIES, LANGUAGES)
        engine.update([a_document("c", title="tunnel")])
        assert found(another(folder), "") == ["b", "c"] == found(engine, "")


class TestBroken:
    """The engine reports an index that does not open, and a new index repairs it."""

    def test_without_an_index_nothing_is_found_and_that_is_said(self, folder: Path) -> None:
        engine = another(folder)
        assert not engine.is_ready
        assert engine.status().reason == "no index has been built"
        assert engine.fingerprints() == {}
        for ask in (lambda: engine.find(SearchQuery("stone")), engine.view, lambda: engine.update([a_document()])):
            with pytest.raises(Unavailable, match="no index"):
                ask()

    @staticmethod
    def empty_commit(build: Path) -> None:
        next(build.glob("*.toc")).write_bytes(b"")

    @staticmethod
    def scrambled_commit(build: Path) -> None:
        path = next(build.glob("*.toc"))
        path.write_bytes(path.read_bytes()[::-1])

    @staticmethod
    def no_commit(build: Path) -> None:
        next(build.glob("*.toc")).unlink()

    @staticmethod
    def no_segment(build: Path) -> None:
        next(build.glob("*.seg")).unlink()

    @staticmethod
    def short_segment(build: Path) -> None:
        path = next(build.glob("*.seg"))
        path.write_bytes(path.read_bytes()[:100])

    @staticmethod
    def zeros_in_segment(build: Path) -> None:
        path = next(build.glob("*.seg"))
        path.write_bytes(bytes(len(path.read_bytes())))

    @staticmethod
    def no_description(build: Path) -> None:
        (build / DESCRIPTION).unlink()

    @staticmethod
    def torn_description(build: Path) -> None:
        (build / DESCRIPTION).write_text('{"format"', encoding="utf-8")

    @staticmethod
    def older_format(build: Path) -> None:
        said = json.loads((build / DESCRIPTION).read_text("utf-8"))
        (build / DESCRIPTION).write_text(json.dumps(said | {"format": said["format"] - 1}), encoding="utf-8")

    @staticmethod
    def other_code(build: Path) -> None:
        said = json.loads((build / DESCRIPTION).read_text("utf-8"))
        (build / DESCRIPTION).write_text(json.dumps(said | {"code": "0123456789abcdef"}), encoding="utf-8")

    @staticmethod
    def no_build(build: Path) -> None:
        shutil.rmtree(build)

    @staticmethod
    def file_instead(build: Path) -> None:
        shutil.rmtree(build)
        build.touch()

    # Whoosh leaves the damaged file open until garbage collection.
    @pytest.mark.filterwarnings("ignore::ResourceWarning")
    @pytest.mark.parametrize(
        "damage",
        [
            empty_commit,
            scrambled_commit,
            no_commit,
            no_segment,
            short_segment,
            zeros_in_segment,
            no_description,
            torn_description,
            older_format,
            other_code,
            no_build,
            file_instead,
        ],
        ids=lambda damage: damage.__name__,
    )
    def test_damage_is_noticed_and_a_new_build_mends_it(
        self, folder: Path, engine_of: EngineOf, damage: Callable[[Path], None]
    ) -> None:
        gc.freeze()  # it would take seconds to look for garbage in all that other tests left
        build = folder / engine_of([a_document("a", title="wall")]).status().build
        damage(build)
        engine = another(folder)
        assert not engine.is_ready
        assert engine.status().reason
        assert not engine.reopen()
        for ask in (lambda: engine.find(SearchQuery()), lambda: engine.update([a_document()])):
            with pytest.raises(Unavailable, match=re.escape(engine.status().reason)):
                ask()
        gc.collect()
        build_index(folder, [a_document("b", title="bridge")], VOCABULARIES, LANGUAGES)
        assert engine.reopen()
        assert (engine.status().reason, found(engine, "bridge")) == ("", ["b"])

    def test_an_engine_in_use_notices_that_its_index_has_gone(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        view = engine.view()
        (folder / POINTER).unlink()
        assert engine.reopen()
        assert not engine.is_ready
        assert found(view, "wall") == ["a"]  # an existing view stays usable


class TestArrays:
    """Arrays are stored next to the index; if they are missing or damaged, they are computed again."""

    @staticmethod
    def no_folder(arrays: Path) -> None:
        shutil.rmtree(arrays.parent)

    @staticmethod
    def no_segment(arrays: Path) -> None:
        shutil.rmtree(arrays)

    @staticmethod
    def file_instead(arrays: Path) -> None:
        shutil.rmtree(arrays)
        arrays.touch()

    @staticmethod
    def missing(arrays: Path) -> None:
        (arrays / "en.forms.places.npy").unlink()

    @staticmethod
    def truncated(arrays: Path) -> None:
        path = arrays / "heads.places.npy"
        path.write_bytes(path.read_bytes()[:-4])

    @staticmethod
    def empty(arrays: Path) -> None:
        (arrays / "exists.npy").write_bytes(b"")

    @staticmethod
    def no_array(arrays: Path) -> None:
        (arrays / "term.tokens.npy").write_text("no array", encoding="utf-8")

    @staticmethod
    def garbage_facts(arrays: Path) -> None:
        np.save(arrays / "facts.npy", np.frombuffer(b'{"languages": ["en"', np.uint8))

    @staticmethod
    def other_facts(arrays: Path) -> None:
        np.save(arrays / "facts.npy", np.frombuffer(b'{"languages": ["en"], "records": []}', np.uint8))

    @pytest.mark.parametrize(
        "damage",
        [
            no_folder,
            no_segment,
            file_instead,
            missing,
            truncated,
            empty,
            no_array,
            garbage_facts,
            other_facts,
        ],
        ids=lambda damage: damage.__name__,
    )
    def test_they_are_worked_out_again_and_kept(
        self, folder: Path, engine_of: EngineOf, damage: Callable[[Path], None]
    ) -> None:
        engine = engine_of(
            [*a_record("a", {"en": "wall", "lt": "siena"}), a_document("b", facets={"country": ("PT",)})]
        )
        (live,) = engine.view().segments
        build = folder / engine.status().build
        facets, segment = engine.find(SearchQuery()).facets, live.segment.id
        damage(build / FOLDER / segment)
        again = another(folder)
        assert again.is_ready
        assert [found(again, text) for text in ("wall", "siena", "slopes", "Portugal")] == [["a"], ["a"], ["b"], ["b"]]
        assert again.find(SearchQuery()).facets == facets
        loaded = load(build, segment)
        assert loaded is not None
        assert all(np.array_equal(loaded[name], array) for name, array in decode_again(build).items())

    def test_they_are_worked_out_where_they_cannot_be_kept(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a", title="wall")])
        arrays = folder / engine.status().build / FOLDER
        shutil.rmtree(arrays)
        arrays.write_text("in the way", encoding="utf-8")
        again = another(folder)
        assert found(again, "wall") == ["a"]
        again.update([a_document("b", title="bridge")])
        assert (found(again, "bridge"), found(again, "wall")) == (["b"], ["a"])

    def test_those_of_segments_that_are_gone_are_removed(self, folder: Path, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("a"), a_document("b")])
        for _ in range(3):
            engine.update([a_document("a")])
            kept = {path.name for path in (folder / engine.status().build / FOLDER).iterdir()}
            assert kept == {live.segment.id for live in engine.view().segments}

    def test_without_them_a_damaged_segment_is_noticed(self, folder: Path, engine_of: EngineOf) -> None:
        gc.freeze()
        build = folder / engine_of([a_document(str(number), title="wall") for number in range(50)]).status().build
        shutil.rmtree(build / FOLDER)
        path = next(build.glob("*.seg"))
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3] + bytes(len(whole) // 3) + whole[2 * len(whole) // 3 :])
        engine = another(folder)
        gc.collect()
        assert not engine.is_ready
        assert "damaged" in engine.status().reason


def decode_again(build: Path) -> Made:
    (segment,) = IndexFiles(build).segments()
    return decode(segment)


def test_the_status_tells_what_there_is(engine_of: EngineOf) -> None:
    status = engine_of(a_record("a", {"en": "wall", "it": "muro"})).status()
    assert (status.is_ready, status.is_current, status.documents, status.records) == (True, True, 2, 1)
    assert status.created is not None


def test_a_warm_engine_finds_the_same(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(terms=("risk-assessment",))])
    engine.warm()
    assert found(engine, "rizikos vertinimas") == ["stone-terraces"]
