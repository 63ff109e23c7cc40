"""A backup is made while others write, holds everything, is refused where it is not whole, and comes back as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.__main__ import cli
from kb.accounts.model import Grant, Role, User
from kb.backup.archive import MANIFEST, SIGNATURE, TABLES, opened
from kb.backup.create import make_backup
from kb.backup.restore import load_tables
from kb.content_store.store import ContentStore
from kb.conversion.download_counts import Download, DownloadTotal, count
from kb.db import Base, begin_write
from kb.errors import Rejected
from kb.following.model import Subscription, SubscriptionAttempt
from kb.history import log
from kb.history.frozen_texts import FrozenText
from kb.history.log import LogEntry
from kb.history.model import Blob, Change, ChangeKind, Draft, ReviewAction, ReviewNote, Revision
from kb.records.files.paths import RecordFile
from kb.workshops.feedback import answers as feedback
from kb.workshops.model import Feedback, FeedbackAttempt, Item, ItemText, Slot, Trainer, Visibility, Workshop
from kb.workshops.plan.actions import Outline, create
from kb.workshops.plan.sharing import add_trainer, share
from kb.workshops.plan.slots import Plan, add_slot
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, TestHouse, a_curator, publish_text
from tests.site import migrated_database

Kb = Callable[..., Result]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WORKSHOPS = (Workshop, Trainer, Slot, Item, ItemText, FrozenText, Feedback)
PICTURE = RecordFile("pages", "stone-terraces", "wall.png")


def a_workshop(session: Session, store: ContentStore) -> None:
    """Plan a workshop with something in each of its tables."""
    trainer = a_curator(session, "chief@example.org")
    made = create(session, store, trainer, Outline({"en": "One day"}, "en"), records=["pages/stone-terraces"], now=NOW)
    add_slot(session, trainer, made.id, Plan({"en": "Talk"}, 30), now=NOW)
    add_trainer(session, trainer, made.id, a_curator(session).email, now=NOW)
    share(session, trainer, made.id, Visibility.LINK, now=NOW)
    feedback.set_open(session, trainer, made.id, is_open=True, now=NOW)
    feedback.answer(session, made.token, {"useful": "5"}, network="", now=NOW)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a house whose tables were made by migrations, with something in most of them."""
    folder = tmp_path_factory.mktemp("house")
    made = a_house_in(folder)
    made.data.mkdir(parents=True)
    (made.data / "kb.sqlite").write_bytes(migrated_database())
    made.make()
    (made.content / "pages").mkdir()
    with closing(made), closing(made.store()) as store, made.session() as session:
        publish_text(session, store, TEXT)
        publish_text(session, store, ITALIAN_TEXT, ITALIAN)
        begin_write(session)
        log.append(session, ChangeKind.PUBLISH, [LogEntry(PICTURE, PNG, 0)], author_id=None, note="č", now=NOW)
        a_curator(session, "chief@example.org", Role.ADMINISTRATOR).grants[0].countries = "PT"
        session.commit()
        session.add(ReviewNote(record="pages/a", part="it", draft_id=7, at=NOW, deed=ReviewAction.SUBMITTED))
        session.commit()
        count(session, {Download("2026-11-25", "tools/gate-slip", "EE", "docx"): 3})
        a_workshop(session, store)
    return folder


def a_house_in(folder: Path) -> TestHouse:
    return TestHouse(folder, f"sqlite:///{folder / 'a' / 'var' / 'kb.sqlite'}")


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Iterator[TestHouse]:
    """A copy of that house."""
    made = a_house_in(shutil.copytree(built, tmp_path, symlinks=True, dirs_exist_ok=True))
    yield made
    made.close()


@pytest.fixture
def kb(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> Kb:
    monkeypatch.setenv("KB_CONTENT", str(house.content))
    monkeypatch.setenv("KB_DATA", str(house.data))

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(cli, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_what_comes_back_is_what_was_there(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    (house.data / "secret-key").write_text("k" * 48, encoding="ascii")
    backup, folder = tmp_path / "backup.zip", tmp_path / "new"
    result = kb("backup", str(backup))
    assert result.exit_code == 0, result.output
    assert "2 people" in result.output
    result = kb("restore", str(backup), str(folder))
    assert result.exit_code == 0, result.output
    assert "1 records" in result.output
    assert "Backup restored and verified." in result.output
    assert (folder / "var" / "secret-key").read_text(encoding="ascii") == "k" * 48
    new = TestHouse(folder, f"sqlite:///{folder / 'var' / 'kb.sqlite'}", name=".")
    with house.session() as before, new.session() as after:
        for kind in (User, Change, Revision, Blob, Grant, DownloadTotal, *WORKSHOPS):
            table = kind.__table__
            rows = [session.execute(select(table).order_by(*table.primary_key)).all() for session in (before, after)]
            assert rows[0] == rows[1]
            assert rows[0]
        marks = [session.scalars(select(FeedbackAttempt)).all() for session in (before, after)]
        assert [len(each) for each in marks] == [1, 0]  # of networks; they are kept for a day, and in no backup
        after.add(Draft(record="pages/a", part="it", text="t", origin="editor", created=NOW, updated=NOW))
        after.commit()
        assert after.scalars(select(Draft.id)).all() == [8]  # a note tells of a draft 7 that is gone
    for path in (house.content / "pages").rglob("*.*"):
        assert (folder / "content" / path.relative_to(house.content)).read_bytes() == path.read_bytes()
    new.close()


def test_a_backup_holds_all_but_marks_of_networks_and_readers_who_follow_as_the_privacy_page_says(
    kb: Kb, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.zip"
    assert kb("backup", str(backup)).exit_code == 0
    with zipfile.ZipFile(backup) as archive:
        held = {name.removeprefix(TABLES).removesuffix(".jsonl") for name in archive.namelist() if TABLES in name}
    left_out = (FeedbackAttempt, Subscription, SubscriptionAttempt)
    assert set(Base.metadata.tables) - held == {each.__tablename__ for each in left_out}


def test_only_the_owner_can_read_a_backup(kb: Kb, tmp_path: Path) -> None:
    kb("backup", str(tmp_path / "backup.zip"))
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_no_file_is_written_over(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_text("mine", encoding="ascii")
    result = kb("backup", str(tmp_path / "backup.zip"))
    assert result.exit_code == 1
    assert "already exists. Choose another name." in result.output
    assert (tmp_path / "backup.zip").read_text(encoding="ascii") == "mine"


def test_nothing_is_restored_into_a_folder_that_is_in_use(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    kb("backup", str(tmp_path / "backup.zip"))
    result = kb("restore", str(tmp_path / "backup.zip"), str(house.content.parent))
    assert result.exit_code == 1
    assert "is not empty. Restore the backup into a new folder." in result.output


def test_what_is_no_whole_backup_is_refused_and_nothing_is_written(kb: Kb, tmp_path: Path) -> None:
    good = tmp_path / "backup.zip"
    kb("backup", str(good))
    (tmp_path / "text.zip").write_text("no archive", encoding="ascii")
    (tmp_path / "half.zip").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    rewritten(good, tmp_path / "changed.zip", change={"tables/person.jsonl": b"{}\n"})
    rewritten(good, tmp_path / "less.zip", leave_out="tables/person.jsonl")
    rewritten(good, tmp_path / "more.zip", change={"content/../../evil": b"x"})
    rewritten(good, tmp_path / "newer.zip", format_number=2)
    rewritten(good, tmp_path / "numbers.zip", facts={"rows": {"person": "two"}})
    rewritten(good, tmp_path / "rows.zip", change={"tables/person.jsonl": b"[1]\n"}, is_listed=True)
    rewritten(good, tmp_path / "schema.zip", facts={"schema": "nowhere"})
    odd = ["content/../../evil", f"content/{tmp_path}/evil", "content/./evil", "content/", "secret-keys"]
    odd += ["tables/a/b.jsonl", f"content/{'x' * 256}", "content/a\nb", "content/a\\b"]
    for number, name in enumerate(odd):
        rewritten(good, tmp_path / f"odd{number}.zip", change={name: b"x"}, is_listed=True)
    names = ("text", "half", "changed", "less", "more", "newer", "numbers", "rows", "schema", "missing")
    for name in (*names, *(f"odd{number}" for number in range(len(odd)))):
        result = kb("restore", "--trust", str(tmp_path / f"{name}.zip"), str(tmp_path / "new"))
        assert result.exit_code == 1, name
        assert any(word in result.output for word in ("backup", "rows of person")), (name, result.output)
        assert not (tmp_path / "new").exists(), name
    assert not (tmp_path.parent / "evil").exists()
    assert not (tmp_path / "evil").exists()


def test_a_backup_that_another_site_signed_or_nobody_is_restored_only_on_trust(
    house: TestHouse, kb: Kb, tmp_path: Path
) -> None:
    good, foreign, unsigned = tmp_path / "backup.zip", tmp_path / "foreign.zip", tmp_path / "unsigned.zip"
    kb("backup", str(good))
    rewritten(good, foreign)
    rewritten(good, unsigned, leave_out=SIGNATURE)
    for bad in (foreign, unsigned):
        result = kb("restore", str(bad), str(tmp_path / "new"))
        assert result.exit_code == 1
        assert "was not signed with the key of this site." in result.output
        assert not (tmp_path / "new").exists()
    (house.data / "secret-key").unlink()
    assert kb("restore", str(good), str(tmp_path / "new")).exit_code == 1
    assert not (house.data / "secret-key").exists()
    assert kb("restore", "--trust", str(unsigned), str(tmp_path / "new")).exit_code == 0


def test_what_is_missing_after_the_way_back_is_said(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    good, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    kb("backup", str(good))
    name = "content/pages/stone-terraces/page.md"
    broken = TEXT.replace("title:", "titel:").encode()
    rewritten(good, bad, change={name: broken}, is_listed=True)
    result = kb("restore", "--trust", str(bad), str(tmp_path / "new"))
    assert result.exit_code == 1
    assert "The restored data differs from the backup" in result.output


def test_a_text_that_is_not_the_newest_any_more_is_said(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    good, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    kb("backup", str(good))
    name = "content/pages/stone-terraces/page.md"
    rewritten(good, bad, change={name: TEXT.replace("Stone upon", "Wood upon").encode()}, is_listed=True)
    result = kb("restore", "--trust", str(bad), str(tmp_path / "new"))
    assert result.exit_code == 1
    assert "set aside" in result.output


def test_a_row_that_is_not_there_is_said(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    good, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    kb("backup", str(good))
    name = "tables/revision.jsonl"
    with zipfile.ZipFile(good) as archive:
        lines = archive.read(name).splitlines(keepends=True)
    rewritten(good, bad, change={name: b"".join(lines[:-1])}, is_listed=True)
    result = kb("restore", "--trust", str(bad), str(tmp_path / "new"))
    assert result.exit_code == 1
    assert f"The backup contains {len(lines) - 1} rows of revision but should contain {len(lines)}." in result.output


def test_a_backup_is_whole_while_others_publish(house: TestHouse, kb: Kb, tmp_path: Path) -> None:
    """Every revision that the backup has, belongs to a change that it has, and the way back is clean."""
    stop = threading.Event()

    def publish_on() -> None:
        store = house.store()
        with house.session() as session:
            number = 0
            while not stop.is_set():
                number += 1
                publish_text(session, store, TEXT.replace("Stone upon", f"{number} stones upon"))
        store.close()

    writer = threading.Thread(target=publish_on)
    writer.start()
    try:
        for number in range(3):
            assert kb("backup", str(tmp_path / f"{number}.zip")).exit_code == 0
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        result = kb("restore", str(tmp_path / f"{number}.zip"), str(tmp_path / f"new-{number}"))
        assert "Backup restored and verified." in result.output, result.output


def test_rows_of_a_database_in_use_are_never_mixed_with_others(house: TestHouse, tmp_path: Path) -> None:
    with house.session() as session:
        make_backup(session, house.content, house.data, tmp_path / "backup.zip", key="k", now=NOW)
        with opened(tmp_path / "backup.zip", "k") as archive, pytest.raises(Rejected) as refused:
            load_tables(session, archive)
    assert [problem.code for problem in refused.value.problems] == ["not-empty"]


def rewritten(
    backup: Path,
    target: Path,
    *,
    change: dict[str, bytes] | None = None,
    leave_out: str = "",
    is_listed: bool = False,
    format_number: int = 1,
    facts: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Write a backup again with other members and facts; with `is_listed` their hashes stand in its list."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        members = {name: old.read(name) for name in old.namelist() if name not in (leave_out, MANIFEST)}
        signed = members.pop(SIGNATURE, None)
        manifest = json.loads(old.read(MANIFEST)) | {"format": format_number, "version": "other"} | dict(facts)
        members |= change or {}
        if is_listed:
            manifest["members"] = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
        signature = {SIGNATURE: signed} if signed is not None else {}
        for name, data in (members | {MANIFEST: json.dumps(manifest).encode()} | signature).items():
            new.writestr(name, data)
