"""Two changes of one file brought together: what only one changed is taken, the rest is shown, and nothing vanishes."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.records.front_matter import Value, cut, emit, read_yaml
from kb.records.merge.three_way_merge import Merge, MergeChoice, merge
from kb.records.segments import sections
from tests.draws import draws
from tests.house import ITALIAN_TEXT, TEXT

# What is written in a section, or in a fact; few of them, so that two changes often meet.
PARAGRAPHS = (
    "One.",
    "Two, with words.",
    "Three\nlines\nhere.",
    "- a\n- b",
    "    code",
    "Ž: ünïcode # {}",
    "```\n## no\n```",
)
texts = st.sampled_from(["Stone", "Dry stone", "Walls: of stone", "2026-11-01", "no", "'", "a\nb"])
rows = st.dictionaries(st.sampled_from(["title", "year", "url"]), texts, max_size=3)


def a_list_of_rows(ids: list[str], contents: list[dict[str, str]]) -> list[Value]:
    return [{"id": name, **dict(row)} for name, row in zip(ids, contents, strict=False)]


facts = st.fixed_dictionaries(
    {"id": st.just("x")},
    optional={
        "title": texts,
        "reviewed": st.sampled_from(["2026-11-01", "2026-11-02"]),
        "keywords": st.lists(st.sampled_from("abcde"), unique=True, min_size=1),
        "twice": st.lists(st.sampled_from("ab"), min_size=1, max_size=4),
        "words": st.dictionaries(st.sampled_from(["title", "figures.f1.label"]), texts, min_size=1),
        "made_from": st.dictionaries(
            st.sampled_from(["title", "what"]), st.fixed_dictionaries({"source": st.sampled_from("abc")}), min_size=1
        ),
        "sources": st.builds(
            a_list_of_rows,
            st.lists(st.sampled_from(["s1", "s2", "s3"]), unique=True, min_size=1),
            st.lists(rows, min_size=3, max_size=3),
        ),
        "assessments": st.lists(rows.filter(bool), min_size=1, max_size=3),
    },
)
bodies = st.dictionaries(
    st.sampled_from(["what", "how", "limits"]), st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5)
)


def a_file(values: dict[str, Value], body: Mapping[str, list[str]]) -> str:
    found = "\n".join(f"## {key.title()} {{#{key}}}\n\n" + "\n\n".join(each) + "\n" for key, each in body.items())
    return f"---\n{emit(values)}---\n{found}"


files = st.builds(a_file, facts, bodies)


def meaning(text: str) -> tuple[dict[str, Value], dict[str, tuple[str, str]]]:
    """What a file says, whatever its bytes."""
    parts = cut(text)
    assert parts is not None
    front, problems = read_yaml(parts.yaml)
    body, more = sections(parts.body)
    assert not problems
    assert not more
    return dict(front.values), {section.id: (section.heading, section.text.strip()) for section in body}


def pieces(text: str) -> set[str]:
    """The paragraphs of a file, and all its scalars."""
    values, body = meaning(text)
    found = {each.strip() for _, section in body.values() for each in section.split("\n\n")}
    return found | scalars(values)


def scalars(value: object) -> set[str]:
    if isinstance(value, dict):
        return {each for inner in value.values() for each in scalars(inner)}
    if isinstance(value, list):
        return {each for inner in value for each in scalars(inner)}
    return set() if value is None else {str(value).strip()}


@given(files, files)
def test_what_only_one_changed_is_taken_whole(base: str, new: str) -> None:
    assert merge(base, new, base).text == new
    assert meaning(merge(base, base, new).text) == meaning(new)
    assert merge(base, new, base).clashes == merge(base, base, new).clashes == ()


@given(files, files)
def test_what_both_changed_alike_is_no_clash(base: str, new: str) -> None:
    assert merge(base, new, new) == Merge(new)
    # Also where the bytes differ and the meaning does not.
    other = new.replace("---\n", "---\n# a remark\n", 1)
    assert meaning(merge(base, other, new).text) == meaning(new)
    assert merge(base, other, new).clashes == ()


@settings(max_examples=draws(80))
@given(files, files, files)
def test_a_merge_can_always_be_read_and_nothing_of_yours_vanishes(base: str, theirs: str, yours: str) -> None:
    result = merge(base, theirs, yours)
    values, body = meaning(result.text)
    beside = " ".join(scalars([clash.yours for clash in result.clashes]))
    known = pieces(result.text)
    for piece in pieces(yours) - pieces(base):
        is_line_of_origin = piece in "abc"  # `made_from` goes with the text that was taken
        assert piece in known or piece in beside or is_line_of_origin, (piece, values, body)
    for piece in pieces(theirs) - pieces(base):
        assert piece in known or piece in "abc"


@settings(max_examples=draws(60))
@given(files, files, files)
def test_the_sides_can_be_exchanged_but_for_what_stands_in_clashes(base: str, theirs: str, yours: str) -> None:
    one, other = merge(base, theirs, yours), merge(base, yours, theirs)
    assert {clash.name for clash in one.clashes} == {clash.name for clash in other.clashes}
    if not one.clashes:
        assert meaning(one.text) == meaning(other.text)
    for clash, turned in zip(one.clashes, other.clashes, strict=False):
        if clash.where == turned.where:
            assert (clash.theirs, clash.yours) == (turned.yours, turned.theirs)


@settings(max_examples=draws(60))
@given(files, files, files, st.sampled_from([MergeChoice.YOURS, MergeChoice.BOTH]))
def test_whatever_is_chosen_can_be_read(base: str, theirs: str, yours: str, choice: MergeChoice) -> None:
    first = merge(base, theirs, yours)
    chosen = merge(base, theirs, yours, choices=dict.fromkeys((clash.name for clash in first.clashes), choice))
    meaning(chosen.text)
    assert {clash.name for clash in chosen.clashes} == {clash.name for clash in first.clashes}
    if choice is MergeChoice.YOURS:
        known = pieces(chosen.text)
        assert all(piece in known for piece in pieces(yours) - pieces(base) if piece not in "abc")


# By example


def changed(*replacements: tuple[str, str], text: str = TEXT) -> str:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_title_and_a_section_come_together_with_every_other_byte_as_it_was() -> None:
    theirs = changed(("title: Stone terraces", "title: Dry terraces  # a remark"))
    yours = changed(("Stone upon stone.", "Stone upon stone, without mortar."))
    result = merge(TEXT, theirs, yours)
    assert result.clashes == ()
    assert result.text == changed(("Stone upon stone.", "Stone upon stone, without mortar."), text=theirs)
    assert [(each.where, each.side) for each in result.joined] == [(("title",), "theirs"), (("body", "how"), "yours")]


def test_two_paragraphs_of_one_section_come_together() -> None:
    base = changed(("Walls without mortar.", "First.\n\nSecond.\n\nThird."))
    theirs, yours = (base.replace(*pair) for pair in (("First.", "The first."), ("Third.", "Third.\n\nFourth.")))
    result = merge(base, theirs, yours)
    assert result.clashes == ()
    assert "The first.\n\nSecond.\n\nThird.\n\nFourth.\n\n## How" in result.text


def test_one_paragraph_that_both_changed_is_a_clash_and_theirs_stays() -> None:
    theirs, yours = (changed(("Walls without mortar.", text)) for text in ("Walls.", "Dry walls."))
    result = merge(TEXT, theirs, yours)
    assert result.text == theirs
    (clash,) = result.clashes
    assert (clash.name, clash.theirs, clash.yours, clash.both) == (
        "body/what",
        "Walls.",
        "Dry walls.",
        "Walls.\n\nDry walls.",
    )
    assert merge(TEXT, theirs, yours, choices={"body/what": MergeChoice.YOURS}).text == yours
    assert "Walls.\n\nDry walls.\n" in merge(TEXT, theirs, yours, choices={"body/what": MergeChoice.BOTH}).text


def test_a_section_that_one_changed_and_the_other_took_out_is_a_clash() -> None:
    gone = TEXT[: TEXT.index("## How")]
    new = changed(("Stone upon stone.", "Stone by stone."))
    result = merge(TEXT, gone, new)
    assert result.text == gone
    assert [(each.name, each.theirs, each.yours) for each in result.clashes] == [("body/how", None, "Stone by stone.")]
    assert (
        "## How it works {#how}\n\nStone by stone."
        in merge(TEXT, gone, new, choices={"body/how": MergeChoice.YOURS}).text
    )
    assert merge(TEXT, new, gone, choices={"body/how": MergeChoice.YOURS}).text.rstrip("\n") == gone.rstrip("\n")


def test_lists_are_sets_with_an_order() -> None:
    def with_names(names: str) -> str:
        return changed(("status: published", f"names: [{names}]\nstatus: published"))

    result = merge(with_names("a, b, c"), with_names("a, x, c"), with_names("c, a, b, y"))
    assert result.clashes == ()
    assert "names: [c, a, x, y]" in result.text


def test_two_new_rows_of_one_id_are_a_clash_and_can_both_stay() -> None:
    def with_source(title: str) -> str:
        return changed(("status: published", f"sources:\n- {{id: s1, title: {title}}}\nstatus: published"))

    result = merge(TEXT, with_source("Theirs"), with_source("Yours"))
    assert [clash.name for clash in result.clashes] == ["sources/s1"]
    both = merge(TEXT, with_source("Theirs"), with_source("Yours"), choices={"sources/s1": MergeChoice.BOTH})
    assert "{id: s1, title: Theirs}" in both.text
    assert "{id: s1-2, title: Yours}" in both.text


def test_what_the_program_writes_itself_is_no_clash() -> None:
    theirs, yours = (changed(("status:", f"evidence_level: {level}\nstatus:")) for level in ("ev-1", "ev-2"))
    assert merge(TEXT, theirs, yours, made=("evidence_level",)).clashes == ()
    assert [clash.name for clash in merge(TEXT, theirs, yours).clashes] == ["evidence_level"]


def test_where_a_translated_text_comes_from_goes_with_the_text() -> None:
    row = "{source: aaaaaaaaaaaaaaaa, by: machine}"
    rows = f"made_from:\n  title: {row}\n  summary: {row}\n"
    base = changed(
        ("  summary: Muri a secco che trattengono terra e acqua.\n", f"  summary: Muri.\n{rows}"), text=ITALIAN_TEXT
    )
    theirs = base.replace("Terrazze di pietra", "Terrazze").replace(
        "title: {source: aaaaaaaaaaaaaaaa, by: machine", "title: {source: bbbbbbbbbbbbbbbb, by: person"
    )
    yours = base.replace("Muri.", "Muri a secco.").replace(
        "summary: {source: aaaaaaaaaaaaaaaa, by: machine", "summary: {source: cccccccccccccccc, by: person"
    )
    result = merge(base, theirs, yours)
    assert result.clashes == ()
    assert "title: {source: bbbbbbbbbbbbbbbb, by: person}" in result.text
    assert "summary: {source: cccccccccccccccc, by: person}" in result.text


def test_a_broken_file_is_one_piece_and_two_who_begin_a_translation_meet_piece_by_piece() -> None:
    broken = TEXT.replace("title: Stone terraces", "title: [")
    result = merge(TEXT, changed(("Stone upon", "Stone by")), broken)
    assert [clash.name for clash in result.clashes] == ["text"]
    assert merge(TEXT, changed(("Stone upon", "Stone by")), broken, choices={"text": MergeChoice.YOURS}).text == broken
    other = ITALIAN_TEXT.replace("Terrazze di pietra", "Terrazze")
    assert [clash.name for clash in merge("", ITALIAN_TEXT, other).clashes] == ["words/title"]


def test_a_file_that_is_gone_can_be_put_back() -> None:
    new = changed(("Stone upon", "Stone by"))
    assert merge(TEXT, "", new).text == ""
    assert merge(TEXT, "", new, choices={"text": MergeChoice.YOURS}).text == new
