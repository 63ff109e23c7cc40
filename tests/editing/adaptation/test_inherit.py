"""The text of an adaptation after a user's decision about a change of its tool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kb.editing.adaptation.inherit import Decision, Kin, Verb, decide
from kb.editing.forms.source_form import read_source_file
from kb.kinds.adaptation.lineage import changed, lineage
from kb.kinds.adaptation.model import Adaptation, AdaptedFrom
from kb.kinds.registry import KINDS
from kb.records.bundle import read_source
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint
from tests.builders import TOOL_SECTIONS, a_source, a_tool, tool_facts
from tests.conversion.adapted import adapted_text

KIND = next(kind for kind in KINDS if kind.shape.name == "adaptations")
FIELD: dict[str, Any] = tool_facts()["fields"][0]  # type: ignore[index, assignment]
NEW = "May I tell you of {{b-service}}?[^s1]"
ITALIAN = """---
language: it
words: {title: Modulo di invio, summary: Che cosa si manda.}
made_from:
  offer: {source: %s, by: machine}
---
## Offerta {#offer}

Posso parlarle di {{b-service}}?[^s1]
"""


def kin(parent: Bundle[Any], text: str | None = None, **changes: Any) -> Kin:
    """Return an adaptation, by default a fresh one of `a_tool()`, together with a later state of the tool."""
    return _kin(parent, text or adapted_text(a_tool(), **changes))


def _kin(parent: Bundle[Any], text: str) -> Kin:
    file, bundle = read_source_file(KIND, text), read_source(KIND.shape, "referral-form-pt", text)[0]
    assert file is not None
    assert bundle is not None, text
    return Kin(file, bundle, parent)


def later(**changes: Any) -> Bundle[Any]:
    """Return the default tool in its second version."""
    return a_tool(version="2", **changes)


def after(before: Kin, verb: Verb | None, part: str = "", /, **more: Any) -> Kin:
    """Return the adaptation after a decision, parsed again."""
    return _kin(before.parent, decide(before, Decision(verb, part, **more)))


def row(found: Kin, name: str) -> AdaptedFrom | None:
    record: Adaptation = found.adaptation.record
    return next((each for each in record.made if each.id == name), None)


def texts(found: Kin) -> Mapping[str, str]:
    return found.adaptation.segments()


def left(found: Kin) -> list[str]:
    return [part.name for part in changed(lineage(found.adaptation, found.parent))]


def offer(text: str = NEW, **more: str) -> dict[str, str]:
    return {**TOOL_SECTIONS, "offer": text, **more}


def test_a_text_is_taken_over_and_nothing_else_changes() -> None:
    before = kin(later(sections=offer()))
    found = after(before, Verb.TAKE, "offer")
    assert texts(found)["offer"] == f"## Offer\n\n{NEW}"
    assert row(found, "offer") == AdaptedFrom(id="offer", parent=fingerprint(f"## Offer\n\n{NEW}"))
    assert left(found) == []
    assert found.adaptation.record.parent_version == "2"
    assert len(set(before.file.text.split("\n")) ^ set(found.file.text.split("\n"))) == 6  # text, line, version


def test_ours_stays_and_is_own_from_then_on() -> None:
    before = kin(later(sections=offer()))
    found = after(before, Verb.KEEP, "offer", whys={"offer": "They say it so."})
    assert texts(found)["offer"] == texts(before)["offer"]
    made = row(found, "offer")
    assert made is not None
    assert (made.parent, made.own, made.why) == (fingerprint(f"## Offer\n\n{NEW}"), "yes", "They say it so.")
    assert left(found) == []


def test_what_is_said_anew_is_own_unless_it_is_what_the_tool_says() -> None:
    before = kin(later(sections=offer()))
    found = after(before, Verb.SAY, "offer", typed={"offer": "## Ask\n\nMay I?\n\n## Not another one"})
    assert texts(found)["offer"] == "## Ask\n\nMay I?\n\n### Not another one"
    assert (made := row(found, "offer")) is not None
    assert made.own == "yes"
    found = after(before, Verb.SAY, "offer", typed={"offer": f"## Offer\n\n{NEW}\n"})
    assert (made := row(found, "offer")) is not None
    assert made.own is None


def test_one_decision_leaves_the_others_open() -> None:
    before = kin(later(sections=offer(note="Print this.")))
    found = after(before, Verb.TAKE, "offer")
    assert left(found) == ["note"]
    assert found.adaptation.record.parent_version == "1"


def test_a_new_section_comes_with_its_facts_and_with_what_it_rests_on() -> None:
    parts = [{"id": "offer", "style": "say"}, {"id": "more", "style": "large", "when": "ch-fold=a"}]
    uses = [{"id": "b-service"}, {"id": "b-dpa", "need": "conditional", "when": "ch-other=b"}]
    sections = {"offer": TOOL_SECTIONS["offer"], "more": "Ask {{b-dpa}}.[^s2]", "note": TOOL_SECTIONS["note"]}
    sources = [a_source("s1"), a_source("s2", title="Law", address="https://example.org/law")]
    tool = later(
        parts=parts, uses=uses, sections=sections, sources=sources, choices_used=["ch-model", "ch-fold", "ch-other"]
    )
    found = after(kin(tool), Verb.TAKE, "more")
    record: Adaptation = found.adaptation.record
    assert [section.id for section in found.adaptation.sections] == ["offer", "more", "note"]
    assert [part.id for part in record.parts] == ["offer", "note", "more"]
    assert [use.id for use in record.uses] == ["b-service", "b-dpa"]
    assert set(record.choices_used) == {"ch-model", "ch-fold", "ch-other"}
    assert [source.id for source in record.sources] == ["s1", "s2"]
    assert left(found) == []


def test_a_mark_leads_to_the_source_of_the_tool_though_its_id_means_another_here() -> None:
    sources = [a_source("s1"), a_source("s2", title="Law", address="https://example.org/law")]
    ours = [a_source("s1"), a_source("s2", title="Our law", address="https://example.org/ours")]
    tool = later(sections=offer("May I?[^s1] It is law.[^s2]"), sources=sources)
    found = after(kin(tool, sources=ours), Verb.TAKE, "offer")
    assert texts(found)["offer"].endswith("May I?[^s1] It is law.[^s3]")
    record: Adaptation = found.adaptation.record
    assert [source.title for source in record.sources] == [sources[0]["title"], "Our law", "Law"]
    assert not [part for part in found.parts if part.is_own]


def test_a_new_part_is_left_out_on_purpose() -> None:
    found = after(kin(later(sections=offer(more="More."))), Verb.KEEP, "more", whys={"more": "Not here."})
    assert "more" not in texts(found)
    part = next(part for part in found.parts if part.name == "more")
    assert part.is_left_out
    assert not part.is_own
    assert texts(found)["made.more.why"] == "Not here."


def test_what_the_tool_lost_goes_or_stays() -> None:
    tool = later(sections={"offer": TOOL_SECTIONS["offer"]}, parts=None)
    gone = after(kin(tool), Verb.TAKE, "note")
    assert "note" not in texts(gone)
    assert row(gone, "note") is None
    assert [part.id for part in gone.adaptation.record.parts] == ["offer"]
    kept = after(kin(tool), Verb.KEEP, "note", whys={"note": "We need it."})
    assert row(kept, "note") == AdaptedFrom(id="note", own="yes", why="We need it.")
    assert left(kept) == left(gone) == []


def test_a_case_field_is_decided_about_as_one() -> None:
    fields = [{**FIELD, "label": "Fits {{b-service}}?", "hint": "Ask."}, {**FIELD, "id": "a2", "type": "many"}]
    before = kin(later(fields=fields))
    assert left(before) == ["fields.a1", "fields.a2"]
    found = after(after(before, Verb.TAKE, "fields.a1"), Verb.TAKE, "fields.a2")
    record: Adaptation = found.adaptation.record
    assert [(each.label, each.hint, each.type) for each in record.fields] == [
        ("Fits {{b-service}}?", "Ask.", "one"),
        (FIELD["label"], None, "many"),
    ]
    assert left(found) == []
    assert texts(after(found, None, typed={"fields.a2.label": "Ours"}))["fields.a2.label"] == "Ours"
    left_out = after(before, Verb.KEEP, "fields.a2")
    assert [each.id for each in left_out.adaptation.record.fields] == ["a1"]
    assert left(left_out) == ["fields.a1"]


def test_a_field_that_the_tool_lost_goes_whole() -> None:
    found = after(kin(later(fields=None)), Verb.TAKE, "fields.a1")
    assert found.adaptation.record.fields == ()
    assert left(found) == []


def test_in_another_language_only_a_fresh_translation_is_taken_over() -> None:
    now = fingerprint(f"## Offer\n\n{NEW}")
    fresh, stale = (ITALIAN % mark for mark in (now, "0" * 16))
    for translations, state in (({"it": fresh}, State.MACHINE), ({"it": stale}, State.STALE), (None, State.FALLBACK)):
        before = kin(later(sections=offer(), translations=translations), language="it")
        part = before.find("offer")
        assert part is not None
        assert before.offers["offer"].state is state
        assert before.can_take(part) is (state is State.MACHINE)
    found = after(kin(later(sections=offer(), translations={"it": fresh}), language="it"), Verb.TAKE, "offer")
    assert texts(found)["offer"] == "## Offerta\n\nPosso parlarle di {{b-service}}?[^s1]"
    assert not [part for part in found.parts if part.is_own]


def test_what_was_typed_elsewhere_is_kept_and_decides_nothing() -> None:
    before = kin(later(sections=offer(note="Print this.", more="More.")))
    typed = {"note": "## Note\n\nTyped.", "more": "## More\n\nTyped, too."}
    found = after(before, Verb.TAKE, "offer", typed=typed, whys={"note": "Because."})
    assert texts(found)["note"] == "## Note\n\nTyped."
    assert texts(found)["more"] == "## More\n\nTyped, too."
    assert texts(found)["made.note.why"] == "Because."
    assert left(found) == ["note"]
    more = next(part for part in found.parts if part.name == "more")
    assert more.open  # the section exists, but no line says from which text it was made


def test_a_reason_is_changed_and_taken_out() -> None:
    before = kin(later(sections=offer()), made={"offer": {"own": "yes", "why": "Old."}})
    assert texts(after(before, None, whys={"offer": "New."}))["made.offer.why"] == "New."
    assert "made.offer.why" not in texts(after(before, None, whys={"offer": ""}))
    assert texts(after(before, Verb.KEEP, "offer"))["made.offer.why"] == "Old."
    assert "made.offer.why" not in texts(after(before, Verb.TAKE, "offer"))


def test_where_only_the_version_moved_saving_takes_note_of_it() -> None:
    assert after(kin(later()), None).adaptation.record.parent_version == "2"


def test_without_a_change_not_a_letter_changes() -> None:
    text = adapted_text(a_tool(), parent_version="1", made={"note": {"own": "yes", "why": "It is so."}})
    before = _kin(a_tool(), text)
    assert decide(before, Decision()) == text


@pytest.mark.parametrize("verb", Verb)
def test_a_part_about_which_nobody_has_to_decide_stays(verb: Verb) -> None:
    before = kin(a_tool())
    assert decide(before, Decision(verb, "offer")) == before.file.text
