"""A translation in the form: unchanged without an edit; who answers for changed or confirmed texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.editing.forms.form_values import Posted
from kb.editing.open_text import new_translation
from kb.editing.translation.translation_form import (
    Judged,
    TranslationFile,
    apply_to_translation,
    read_translation_file,
)
from kb.records.bundle import SOURCE, read_bundle
from kb.records.record import State
from kb.records.segments import fingerprint
from tests.builders import a_practice_text, a_translation_text
from tests.editing.conftest import named
from tests.editing.forms.test_source_form import BY_NAME
from tests.house import ROOT

TODAY = date(2026, 11, 25)
FILES = sorted((ROOT / "content").glob("p*/*/*.??.md"))  # all real translations; the test names none of them
WHAT = "Officers ask every victim whether a service may call.[^s1]"


def opened(text: str, source: str | None = None, kind: str = "practices", record_id: str = "x") -> TranslationFile:
    language = next(line.removeprefix("language: ") for line in text.split("\n") if line.startswith("language: "))
    file = read_translation_file(BY_NAME[kind], record_id, source or a_practice_text(id="x"), language, text)
    assert file is not None
    return file


def shown(file: TranslationFile) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for segment in file.segments():
        values[f"{'s' if segment.is_section else 'w'}.{segment.name}"] = segment.text
        if segment.is_section and file.kind.shape.sections is None:
            values[f"h.{segment.name}"] = segment.heading
    return values


def typed(file: TranslationFile, judged: Judged | None = None, **changes: str) -> str:
    given = shown(file) | {name.replace("__", "."): value for name, value in changes.items()}
    return apply_to_translation(file, Posted(named(given)), TODAY, judged)


def made(text: str) -> dict[str, object]:
    rows = opened(text).front.values.get("made_from", {})
    assert isinstance(rows, dict)
    return dict(rows)


def stays(path: Path) -> bool:
    """Return whether a file is unchanged after sending the form without an edit."""
    kind = path.parents[1].name
    source = (path.parent / f"{BY_NAME[kind].shape.stem}.md").read_text(encoding="utf-8")
    file = opened(path.read_text(encoding="utf-8"), source, kind, path.parent.name)
    return typed(file) == file.text


def test_no_byte_of_a_real_translation_changes_without_an_edit() -> None:
    assert FILES
    assert [str(path.relative_to(ROOT)) for path in FILES if not stays(path)] == []


def test_a_changed_text_is_a_persons_and_one_that_was_read_is_reviewed_besides() -> None:
    read = Judged(read={"what", "how"})
    text = typed(opened(a_translation_text()), read, w__title="Chiedere prima", s__what="Nuovo.")
    rows = made(text)
    assert rows["title"] == {"source": fingerprint("Police ask before they refer"), "by": "person"}
    assert rows["what"] == {"source": fingerprint(WHAT), "by": "person", "reviewed": "2026-11-25"}
    assert set(rows) == {"title", "what", "how"}


def test_an_emptied_text_goes_with_the_line_that_says_who_made_it() -> None:
    text = typed(opened(a_translation_text()), Judged(read={"what", "title"}))
    text = typed(opened(text), s__what="", w__title=" ")
    assert made(text) == {}
    assert "{#what}" not in text
    assert "Chiede prima" not in text


def test_a_new_translation_grows_in_the_order_of_its_source() -> None:
    file = opened(new_translation("it"))
    assert {segment.state for segment in file.segments()} == {State.FALLBACK}
    text = typed(file, s__how="Chiama.", w__title="Titolo")
    text = typed(opened(text), s__what="Chiede.")
    assert text.endswith("## Che cos'è {#what}\n\nChiede.\n\n## Come funziona {#how}\n\nChiama.\n")
    bundle, problems = read_bundle(BY_NAME["practices"].shape, "x", {SOURCE: a_practice_text(id="x"), "it": text})
    assert not problems
    assert bundle is not None
    passage = bundle.reading("it").passage("how")
    assert passage is not None
    assert passage.state is State.REVIEWED


def test_each_segment_tells_its_state() -> None:
    stale = {"source": "0" * 16, "by": "person", "reviewed": "2026-10-01"}
    file = opened(a_translation_text(made_from={"what": stale, "how": {"source": "0" * 16, "by": "nobody"}}))
    states = {segment.name: segment.state for segment in file.segments()}
    assert states["what"] is State.STALE
    assert states["how"] is State.MACHINE
    assert states["title"] is State.MACHINE


@pytest.mark.parametrize(
    "text", ["---\nlanguage: it\nwords: {title: [a]}\n---\n", "---\nlanguage: it\nwords: [a]\n---\n"]
)
def test_a_broken_translation_is_for_the_raw_view(text: str) -> None:
    assert read_translation_file(BY_NAME["practices"], "x", a_practice_text(id="x"), "it", text) is None
