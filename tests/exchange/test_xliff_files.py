"""A translation as XLIFF: a parser of others reads it, what it writes comes back, and nothing else is lost."""

from __future__ import annotations

from datetime import date

import pytest

from kb.editing.open_text import new_translation
from kb.editing.translation.translation_form import TranslationFile, read_translation_file
from kb.errors import Rejected
from kb.exchange.xliff_files import XliffImport, XliffState, XliffUnit, apply_xliff, read_xliff, to_xliff
from kb.kinds.registry import KINDS_BY_NAME
from kb.records.record import State
from tests.builders import a_page_text, a_practice_text, a_translation_text

TODAY = date(2026, 11, 25)


def opened(text: str | None = None, source: str | None = None, kind: str = "practices") -> TranslationFile:
    source = source or a_practice_text(id="x")
    file = read_translation_file(KINDS_BY_NAME[kind], "x", source, "it", text or a_translation_text())
    assert file is not None
    return file


def put(file: TranslationFile, **given: tuple[str, XliffState]) -> XliffImport:
    """Import the exported file with some targets and states replaced, by control: `s__what`."""
    changes = {name.replace("__", "."): each for name, each in given.items()}
    units = [
        XliffUnit(unit.id, unit.source, *changes.get(unit.id, (unit.target, unit.state)))
        for unit in read_xliff(to_xliff(file), file)
    ]
    return apply_xliff(file, tuple(units), TODAY)


def states(text: str) -> dict[str, State]:
    return {each.name: each.state for each in opened(text).segments()}


def test_an_untouched_file_changes_no_byte() -> None:
    for file in (opened(), opened(new_translation("it")), opened(None, a_practice_text(id="x", title="Other"))):
        assert put(file) == XliffImport(file.text)


def test_the_states_of_the_record_are_those_of_the_file() -> None:
    made = {"title": {"source": "0" * 16, "by": "person"}}
    file = opened(a_translation_text(made_from=made))
    units = {unit.id: unit.state for unit in read_xliff(to_xliff(file), file)}
    assert units["w.title"] is XliffState.INITIAL  # it is stale
    assert units["s.what"] is XliffState.TRANSLATED  # a machine made it
    assert b'subState="praxis:stale"' in to_xliff(file)


def test_a_new_text_is_a_persons_and_a_reviewed_one_is_read() -> None:
    result = put(opened(), s__what=("Nuovo testo.", XliffState.TRANSLATED), s__how=("Chiama.", XliffState.FINAL))
    assert result.taken == ("what", "how")
    after = opened(result.text)
    made = {each.name: each.made for each in after.segments()}
    assert {each.name: each.text for each in after.segments()}["what"] == "Nuovo testo."
    assert made["what"] is not None
    assert (made["what"].by, made["what"].reviewed) == ("person", None)
    assert made["how"] is not None
    assert (made["how"].by, made["how"].reviewed) == ("person", TODAY)


def test_a_text_of_a_machine_that_is_called_final_is_read_without_a_change() -> None:
    file = opened()
    before = {unit.id: unit.target for unit in read_xliff(to_xliff(file), file)}
    result = put(file, w__title=(before["w.title"], XliffState.FINAL))
    assert result.taken == ("title",)
    assert states(result.text)["title"] is State.REVIEWED


def test_what_cannot_be_taken_is_told_and_left_out() -> None:
    data = to_xliff(opened()).replace(b">Chiede", b">Domanda")
    later = opened(None, a_practice_text(id="x", title="Another title"))
    units = (
        *(unit for unit in read_xliff(data, later) if unit.id != "w.title"),
        XliffUnit("w.title", "Police ask before they refer", "Chiedere prima", XliffState.FINAL),
        XliffUnit("s.results", "r", "x", XliffState.FINAL),
        XliffUnit("w.nothing", "n", "x", XliffState.FINAL),
    )
    result = apply_xliff(later, units, TODAY)
    assert "title" in result.changed
    assert "nothing" in result.unknown
    assert "Chiedere prima" not in result.text
    assert put(opened(), s__how=("Bozza.", XliffState.INITIAL)).unfinished == ("how",)


def test_an_emptied_target_removes_nothing() -> None:
    assert put(opened(), w__title=("", XliffState.FINAL)).text == opened().text


def test_headings_of_free_sections_are_units_of_their_own() -> None:
    file = opened(new_translation("it"), a_page_text(id="x"), "pages")
    units = read_xliff(to_xliff(file), file)
    heading = next(unit for unit in units if unit.id.startswith("h."))
    section = next(unit for unit in units if unit.id == heading.id.replace("h.", "s.", 1))
    result = apply_xliff(
        file,
        (
            XliffUnit(heading.id, heading.source, "Titolo", XliffState.TRANSLATED),
            XliffUnit(section.id, section.source, "Testo.", XliffState.TRANSLATED),
        ),
        TODAY,
    )
    assert "## Titolo {#" in result.text
    assert "Testo." in result.text


def test_a_unit_that_a_program_split_is_put_together_with_its_first_state() -> None:
    file = opened(new_translation("it"))
    source = next(each.source for each in file.segments() if each.name == "how")
    first, second = source[:5], source[5:]
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="it">
      <file id="f" original="practices/x"><unit id="s.how">
        <segment state="final"><source>{first}</source><target>Uno.</target></segment>
        <ignorable><source></source></ignorable>
        <segment state="translated"><source>{second}</source><target> Due.</target></segment>
      </unit></file></xliff>"""
    (unit,) = read_xliff(data.encode(), file)
    assert (unit.source, unit.target, unit.state) == (source, "Uno. Due.", XliffState.TRANSLATED)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-xliff"),
        (b"<xliff/>", "not-xliff"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "not-xliff"),
        (b"<" * 5_000_000, "too-large"),
        (to_xliff(opened()).replace(b'trgLang="it"', b'trgLang="lt"'), "other-languages"),
        (to_xliff(opened()).replace(b"practices/x", b"practices/y"), "other-record"),
    ],
    ids=["empty", "not XLIFF", "an entity", "large", "other languages", "another record"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_xliff(data, opened())
    assert [each.code for each in refused.value.problems] == [code]
    assert refused.value.problems[0].text()


def test_the_translate_toolkit_reads_the_file_and_what_it_writes_comes_back() -> None:
    xliff2 = pytest.importorskip("translate.storage.xliff2", reason="`make setup-dev` installs translate-toolkit")
    file = opened()
    found = xliff2.Xliff2File.parsestring(to_xliff(file))
    assert (found.getsourcelanguage(), found.gettargetlanguage()) == ("en", "it")
    ours = {unit.id: (unit.source, unit.target) for unit in read_xliff(to_xliff(file), file)}
    theirs = {each.getid().rpartition("\x04")[2]: each for each in found.units}
    assert {name: (str(each.source), str(each.target or "")) for name, each in theirs.items()} == ours
    theirs["s.how"].target = "Chiama entro tre giorni.\n\n- uno & due\n- <tre>"
    back = apply_xliff(file, read_xliff(bytes(found), file), TODAY)
    assert {each.name: each.text for each in opened(back.text).segments()}["how"].startswith("Chiama entro tre giorni.")
