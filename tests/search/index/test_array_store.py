from __future__ import annotations

import gc
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kb.search.analysis.term_matcher import TermFinder
from kb.search.index.array_store import FOLDER, load, remove_but, save
from kb.search.index.segment_decoder import Made, decode
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles
from tests.search.samples import VOCABULARIES, a_document


@pytest.fixture
def arrays(folder: Path) -> Made:
    files = IndexFiles.create(folder / "other")
    files.write(rows_of([a_document(), a_document(language="lt")], TermFinder(VOCABULARIES)))
    return decode(files.segments()[0])


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / FOLDER).iterdir()}


def test_what_is_saved_is_loaded(folder: Path, arrays: Made) -> None:
    save(folder, "s1", arrays)
    loaded = load(folder, "s1")
    assert loaded is not None
    assert loaded.keys() == arrays.keys()
    for name, array in arrays.items():
        assert loaded[name].dtype == array.dtype
        assert np.array_equal(loaded[name], array)


def test_arrays_of_nothing_are_kept_too(folder: Path) -> None:
    empty = {"keys": np.empty(0, "S32"), "rows": np.empty((3, 0), np.uint64), "numbers": np.empty(0, np.int32)}
    save(folder, "s1", empty)
    loaded = load(folder, "s1")
    assert loaded is not None
    assert {name: (array.shape, array.dtype) for name, array in loaded.items()} == {
        name: (array.shape, array.dtype) for name, array in empty.items()
    }


def test_what_is_loaded_cannot_be_changed(folder: Path, arrays: Made) -> None:
    save(folder, "s1", arrays)
    loaded = load(folder, "s1")
    assert loaded is not None
    with pytest.raises(ValueError, match="read-only"):
        loaded["document_records"][0] = 7


def test_nothing_is_loaded_where_nothing_was_saved(folder: Path) -> None:
    assert load(folder, "s1") is None


def test_only_whole_folders_are_seen(folder: Path, arrays: Made) -> None:
    save(folder, "s1", arrays)
    assert names(folder) == {"s1"}


@pytest.mark.parametrize("size", [0, 1, 60, -1])
def test_a_file_that_was_cut_is_no_array(folder: Path, arrays: Made, size: int) -> None:
    save(folder, "s1", arrays)
    path = folder / FOLDER / "s1" / "document_records.npy"
    path.write_bytes(path.read_bytes()[:size])
    assert load(folder, "s1") is None


def test_a_pickle_is_never_read(folder: Path, arrays: Made) -> None:
    save(folder, "s1", arrays)
    np.save(folder / FOLDER / "s1" / "facets.npy", np.array([{"a": 1}], object), allow_pickle=True)
    assert load(folder, "s1") is None


def test_several_that_save_at_once_do_not_disturb_each_other(folder: Path, arrays: Made) -> None:
    failed: list[BaseException] = []

    def attempt() -> None:
        try:
            save(folder, "s1", arrays)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    loaded = load(folder, "s1")
    assert loaded is not None
    assert loaded.keys() == arrays.keys()
    assert names(folder) == {"s1"}


def test_threads_that_load_at_once_do_not_disturb_each_other(folder: Path, arrays: Made) -> None:
    # Force thread switches during garbage collection while reading; normally this happens once in a thousand runs.
    save(folder, "s1", arrays)

    def linger(*_: object) -> None:
        sum(range(50))

    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.callbacks.append(linger)
    gc.set_threshold(5, 1000, 1000)
    try:
        with ThreadPoolExecutor(6) as threads:
            found = [each.result() for each in [threads.submit(load, folder, "s1") for _ in range(48)]]
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.remove(linger)
        sys.setswitchinterval(interval)
    assert all(each is not None and each.keys() == arrays.keys() for each in found)


def test_a_folder_that_cannot_be_written_is_an_error_of_the_file_system(folder: Path, arrays: Made) -> None:
    folder.mkdir(exist_ok=True)
    (folder / FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match=FOLDER):
        save(folder, "s1", arrays)


def test_arrays_of_segments_that_are_gone_are_removed(folder: Path, arrays: Made) -> None:
    for segment in ("s1", "s2", "s3"):
        save(folder, segment, arrays)
    (folder / FOLDER / ".s4-being-made").mkdir()
    remove_but(folder, ["s2", "never-there"])
    assert names(folder) == {"s2", ".s4-being-made"}


def test_nothing_is_removed_where_nothing_is(folder: Path) -> None:
    remove_but(folder, ["s1"])
    assert not folder.exists()


def test_whoever_has_arrays_open_keeps_them(folder: Path, arrays: Made) -> None:
    save(folder, "s1", arrays)
    loaded = load(folder, "s1")
    assert loaded is not None
    remove_but(folder, [])
    assert loaded["facts"].tobytes() == arrays["facts"].tobytes()
