from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import Unavailable
from kb.fault_points import POINTS
from kb.records.bundle import hash_bytes
from kb.records.files import atomic_write
from kb.records.files.atomic_write import ReplacedFiles, WriteLock, remove_file, replace_file

ROOT = Path(__file__).parents[3]


@pytest.fixture
def replaced(tmp_path: Path) -> ReplacedFiles:
    return ReplacedFiles(tmp_path / "replaced")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "content" / "one" / "note.md"


def kept(replaced: ReplacedFiles) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in replaced.folder.glob("*")}


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_displaces_nothing(path: Path, replaced: ReplacedFiles) -> None:
    assert replace_file(path, b"one", replaced) is None
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["note.md"]
    assert kept(replaced) == {}


def test_what_was_displaced_is_returned_and_kept(path: Path, replaced: ReplacedFiles) -> None:
    replace_file(path, b"one", replaced)
    assert replace_file(path, b"two", replaced) == b"one"
    assert path.read_bytes() == b"two"
    assert names(path.parent) == ["note.md"]
    assert kept(replaced) == {f"{hash_bytes(b'one')[:32]}-note.md": b"one"}


def test_the_same_bytes_are_kept_once(path: Path, replaced: ReplacedFiles) -> None:
    for data in (b"one", b"two", b"one", b"two", b"one"):
        replace_file(path, data, replaced)
    assert sorted(kept(replaced).values()) == [b"one", b"two"]


def test_an_empty_file_can_be_written(path: Path, replaced: ReplacedFiles) -> None:
    assert replace_file(path, b"", replaced) is None
    assert path.read_bytes() == b""


def test_without_an_exchange_of_the_system_nothing_is_lost_either(
    path: Path, replaced: ReplacedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write, "_exchange", lambda new, path: False)
    assert replace_file(path, b"one", replaced) is None
    assert replace_file(path, b"two", replaced) == b"one"
    assert path.read_bytes() == b"two"
    assert names(path.parent) == ["note.md"]
    assert list(kept(replaced).values()) == [b"one"]


def test_a_file_is_removed_and_kept_with_its_folder_gone(path: Path, replaced: ReplacedFiles) -> None:
    replace_file(path, b"one", replaced)
    assert remove_file(path, replaced) == b"one"
    assert not path.parent.exists()
    assert list(kept(replaced).values()) == [b"one"]


def test_a_folder_with_other_files_stays(path: Path, replaced: ReplacedFiles) -> None:
    replace_file(path, b"one", replaced)
    (path.parent / "note.it.md").write_bytes(b"uno")
    remove_file(path, replaced)
    assert names(path.parent) == ["note.it.md"]


def test_removing_what_is_not_there_is_nothing(path: Path, replaced: ReplacedFiles) -> None:
    path.parent.mkdir(parents=True)
    assert remove_file(path, replaced) is None


def test_old_replaced_files_are_pruned(path: Path, replaced: ReplacedFiles) -> None:
    for data in (b"one", b"two", b"three"):
        replace_file(path, data, replaced)
    old = replaced.folder / f"{hash_bytes(b'one')[:32]}-note.md"
    os.utime(old, (1000, 1000))
    replaced.prune(older_than=2000)
    assert list(kept(replaced).values()) == [b"two"]


def test_erased_bytes_are_forgotten(path: Path, replaced: ReplacedFiles) -> None:
    for data in (b"one", b"two", b"three"):
        replace_file(path, data, replaced)
    replaced.forget(hash_bytes(b"one"))
    assert list(kept(replaced).values()) == [b"two"]


WRITE = """
import sys
from pathlib import Path
from kb import fault_points
from kb.records.files.atomic_write import ReplacedFiles, remove_file, replace_file
path, replaced, action, point = Path(sys.argv[1]), ReplacedFiles(Path(sys.argv[2])), sys.argv[3], sys.argv[4]
fault_points.arm(point)
if action == "replace":
    replace_file(path, b"second " * 1000, replaced)
else:
    remove_file(path, replaced)
"""


def killed_at(point: str, action: str, path: Path, replaced: ReplacedFiles) -> None:
    """Run a replacement in a process of its own that is killed at this point."""
    arguments = [sys.executable, "-c", WRITE, str(path), str(replaced.folder), action, point]
    done = subprocess.run(arguments, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("point", [name for name in POINTS if name.startswith("replace-")])
def test_a_kill_at_any_moment_leaves_a_whole_file_and_loses_nothing(
    point: str, path: Path, replaced: ReplacedFiles
) -> None:
    old, new = b"first " * 1000, b"second " * 1000
    replace_file(path, old, replaced)
    killed_at(point, "replace", path, replaced)
    assert path.read_bytes() in (old, new)
    everywhere = [*path.parent.iterdir(), *replaced.folder.glob("*")]
    assert old in [file.read_bytes() for file in everywhere]
    # What the killed one left beside the file may be the only copy of something: it has to be cleared away first.
    for left in path.parent.glob(".*.new"):
        with pytest.raises(FileExistsError):
            replace_file(path, b"third", replaced)
        replaced.keep(left, left.read_bytes())
    replace_file(path, b"third", replaced)
    assert path.read_bytes() == b"third"


@pytest.mark.slow
@pytest.mark.parametrize("point", [name for name in POINTS if name.startswith("delete-")])
def test_a_kill_while_removing_loses_nothing(point: str, path: Path, replaced: ReplacedFiles) -> None:
    replace_file(path, b"old", replaced)
    killed_at(point, "remove", path, replaced)
    everywhere = [*path.parent.iterdir(), *replaced.folder.glob("*")]
    assert b"old" in [file.read_bytes() for file in everywhere]


def test_readers_never_see_half_a_file(path: Path, replaced: ReplacedFiles) -> None:
    whole = {letter * 50_000 for letter in (b"a", b"b")}
    replace_file(path, b"a" * 50_000, replaced)
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        replace_file(path, (b"b" if number % 2 == 0 else b"a") * 50_000, replaced)
    done.set()
    reader.join()
    assert seen <= whole


def test_a_file_that_an_editor_saves_meanwhile_is_kept(path: Path, replaced: ReplacedFiles) -> None:
    """An editor that renames its file over ours between comparing and replacing is displaced like any other."""
    replace_file(path, b"one", replaced)
    other = path.with_name("editor")
    other.write_bytes(b"from outside")
    other.replace(path)
    assert replace_file(path, b"two", replaced) == b"from outside"
    assert b"from outside" in kept(replaced).values()


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_the_lock_lets_one_thread_in_at_a_time(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "var" / "write.lock")
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            with lock.held():
                inside += 1
                most = max(most, inside)
                time.sleep(0.0005)
                inside -= 1

    for thread in [in_thread(work) for _ in range(4)]:
        thread.join()
    assert most == 1


def test_the_same_thread_may_enter_again(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "write.lock")
    with lock.held(), lock.held(timeout=0.1):
        pass
    with lock.held(timeout=0.1):
        pass


def test_another_thread_waits_only_so_long(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "write.lock")
    refused: list[str] = []

    def work() -> None:
        try:
            with lock.held(timeout=0.05):
                pass
        except Unavailable as error:
            refused.append(str(error))

    with lock.held():
        in_thread(work).join()
    assert len(refused) == 1


def test_another_process_is_kept_out_and_let_in_when_the_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "write.lock"
    hold = (
        "import sys, time; from pathlib import Path; from kb.records.files.atomic_write import WriteLock\n"
        "with WriteLock(Path(sys.argv[1])).held():\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Unavailable), WriteLock(path).held(timeout=0.05):
            pass
        holder.kill()
    with WriteLock(path).held(timeout=5):
        pass
