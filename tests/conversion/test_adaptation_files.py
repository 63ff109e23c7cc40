"""A conversion kept as an adaptation: nothing of what was settled is lost, and the document stays the same."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.cli.messages import speech
from kb.content_store.check_cache import CheckMemory, check_changed
from kb.content_store.record_source import FolderRecords
from kb.content_store.reference_data import ReferenceData
from kb.conversion.adaptation_files import Adapted, adapt
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion
from kb.conversion.load import ADAPTATIONS, TOOLS, load_conversion
from kb.conversion.render import render
from kb.documents.blocks import Heading, Table
from kb.errors import NotFound, Rejected
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.registry import KINDS
from kb.problems import errors
from kb.records.bundle import SOURCE, read_bundle
from kb.records.files.paths import ContentFolder
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint
from tests.builders import a_register_text, a_source, a_tool_text, register_facts
from tests.house import SAMPLE
from tests.kinds.country.checking import a_country_text, a_helpline

TODAY = date(2026, 11, 25)
SHAPES = {kind.shape.name: kind.shape for kind in KINDS}
SECTIONS = {
    "offer": "May I tell you about {{b-service}}? Ring {{b-line.number}}.[^s1]",
    "law": "The law says so: {{b-law}}",
    "close": "Goodbye.",
}
# The Italian of the law is older than the English.
ITALIAN = f"""---
language: it
words:
  title: Modulo
  summary: Quello che un agente invia a un servizio.
  fields.a1.label: "{{{{b-service}}}} va bene?"
  fields.a1.options: sì | no
made_from:
  title: {{source: {fingerprint("Referral form")}, by: machine}}
  law: {{source: {"0" * 16}, by: machine}}
---
## Offerta {{#offer}}

Posso parlarle di {{{{b-service}}}}? Chiami il {{{{b-line.number}}}}.[^s1]

## Legge {{#law}}

La legge dice: {{{{b-law}}}}
"""
# The whole slip of the sample.
GATE_ITALIAN = """---
language: it
words:
  title: Biglietto per il cancello
  summary: Quello che un ospite mostra al cancello.
  fields.a1.label: "L'ospite passa da {{b-keeper.name}}?"
  fields.a1.options: sì | no | più tardi
  fields.a1.hint: Chiedi una volta.
  fields.a2.label: Come si chiama l'ospite
  fields.a3.label: Quale chiave apre
  fields.a3.options: davanti | dietro …
  fields.a3.rows: cancello | casa
  own_blanks.b-colour.label: "Colore del *biglietto*"
---
## Che cosa si dice {#say}

Buonasera. {{b-keeper.name}} aprirà.[^s1] In pericolo, chiami il {{b-emergency.number}}.

## Chi ha una chiave {#key}

Apra e chiuda da sé il cancello di {{b-keeper}}.

## A chi adatta {#adapter}

Il biglietto è {{b-colour}}. Veda [come fanno gli altri](practices/stone-terraces).
"""
BLANKS = [
    *register_facts()["blanks"],
    {"id": "b-line", "label": "Line", "type": "contact", "layer": "national", "fact": "f-helpline"},
    {"id": "b-law", "label": "Law", "type": "long", "layer": "local"},
]
FACTS: dict[str, Any] = {
    "parts": [{"id": "offer", "style": "say"}, {"id": "law", "when": "ch-model=m4"}],
    "uses": [{"id": "b-service"}, {"id": "b-line"}, {"id": "b-law"}],
    "sources": [a_source("s1")],
}
LINE = "Linha de Ajuda: 116 006 (Monday–Friday, 09:00–17:00, Portuguese and English, free)"


@pytest.fixture
def shelf(tmp_path: Path) -> FolderRecords:
    write(tmp_path, "tools/referral-form/tool.md", a_tool_text(sections=SECTIONS, **FACTS))
    write(tmp_path, "tools/referral-form/tool.it.md", ITALIAN)
    write(tmp_path, "register/shared/register.md", a_register_text(blanks=BLANKS))
    country = a_country_text(helplines=[a_helpline(source="other")], sources=[a_source("other"), a_source("s1")])
    write(tmp_path, "countries/pt/country.md", country)
    return FolderRecords(ContentFolder(tmp_path, SHAPES), drafts=(ADAPTATIONS,))


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def answers(**given: object) -> ConversionAnswers:
    return ConversionAnswers.model_validate({"tool": "referral-form", "country": "PT", "language": "en", **given})


def adapted(shelf: FolderRecords, **given: Any) -> Adapted:
    return adapt(shelf, "referral-form", answers(**given), speech, TODAY)


def bundle_of(made: Adapted) -> Bundle[Any]:
    bundle, problems = read_bundle(ADAPTATION, made.record_id, made.texts)
    assert bundle is not None, [str(each) for each in problems]
    return bundle


def kept(shelf: FolderRecords, made: Adapted) -> FolderRecords:
    """Write an adaptation to its files, and look at them anew."""
    for part, text in made.texts.items():
        name = "adaptation.md" if part == SOURCE else f"adaptation.{part}.md"
        write(shelf.folder.root, f"adaptations/{made.record_id}/{name}", text)
    return FolderRecords(shelf.folder, shelf.drafts)


def document(found: Conversion) -> object:
    """Return what is printed before the last page, but for what says of which tool and country it is."""
    blocks = render(found).blocks
    last = next(
        n for n, each in enumerate(blocks) if isinstance(each, Heading) and each.anchor == "about-this-document"
    )
    return replace(render(found), footer="", subtitle="", header="", blocks=blocks[:last])


SETTLED: dict[str, Any] = {
    "choices": {"ch-model": {"g1": ("m4",), "g2": ("m2",)}},
    "reasons": {"ch-model": "The law wants it so."},
    "blanks": {"b-service": {"absent": True}, "b-law": {"entries": ["Article 1.\n\nArticle 2."]}},
    "texts": {
        "offer": {"text": "Ring {{b-line}}.", "over": fingerprint(SECTIONS["offer"]), "why": "Shorter."},
        "close": {"text": " ", "over": fingerprint(SECTIONS["close"])},
    },
}


def test_everything_that_was_settled_is_kept(shelf: FolderRecords) -> None:
    record = bundle_of(adapted(shelf, **SETTLED)).record
    assert (record.id, record.country, record.parent, record.parent_version) == (
        *("referral-form-pt", "PT", "referral-form"),
        "1",
    )
    assert (record.status, record.origin) == ("draft", "machine-drafted")
    chosen = [(row.id, row.values, row.why) for row in record.chosen]
    assert chosen == [("ch-model", ("g1=m4", "g2=m2"), "The law wants it so.")]
    filled = [(row.id, row.text, row.absent) for row in record.filled]
    assert filled == [("b-service", None, "yes"), ("b-law", "Article 1.\n\nArticle 2.", None)]
    own = {row.id: row.why for row in record.made if row.own}
    assert own == {"offer": "Shorter.", "close": None}


def test_it_remembers_the_text_of_the_tool_from_which_each_was_made(shelf: FolderRecords) -> None:
    tool = shelf.reading(TOOLS, "referral-form", "en").bundle
    for language in ("en", "it"):
        made = bundle_of(adapted(shelf, language=language)).record.made
        assert {row.id: row.parent for row in made} == {
            name: fingerprint(text) for name, text in tool.segments().items()
        }


def test_a_text_written_over_an_earlier_one_counts_as_made_from_that(shelf: FolderRecords) -> None:
    texts = {"offer": {"text": "Ring {{b-line}}.", "over": "1" * 16}}
    record = bundle_of(adapted(shelf, texts=texts)).record
    assert next(row.parent for row in record.made if row.id == "offer") == "1" * 16


def test_what_is_the_profiles_has_its_source_and_what_is_left_open_stays_open(shelf: FolderRecords) -> None:
    line = {"b-line": {"entries": [LINE], "confirmed": True}}
    record = bundle_of(adapted(shelf, blanks=line)).record
    assert [(row.text, row.source, row.checked) for row in record.filled] == [(LINE, "other", TODAY)]
    assert [source.id for source in record.sources] == ["s1", "other"]
    opened = bundle_of(adapted(shelf, blanks={"b-line": {}})).record
    assert [(row.text, row.left_open) for row in opened.filled] == [(None, "yes")]
    assert bundle_of(adapted(shelf)).record.filled == ()  # it follows the profile


def test_of_two_sources_with_one_id_both_are_kept(shelf: FolderRecords) -> None:
    country = a_country_text(sources=[a_source("s1", title="Another one")])
    write(shelf.folder.root, "countries/pt/country.md", country)
    record = bundle_of(adapted(shelf, blanks={"b-line": {"entries": [LINE]}})).record
    assert [(source.id, source.title) for source in record.sources][1:] == [("s1-2", "Another one")]
    assert record.filled[0].source == "s1-2"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {**SETTLED, "texts": {"offer": SETTLED["texts"]["offer"]}},
        {"choices": {"ch-model": {"g1": ("m2", "m4"), "": ("m4",)}, "ch-gone": {"": ("a",)}}},
        {"blanks": {"b-line": {}, "b-gone": {"entries": ["x"]}, "b-service": {"entries": [" One ", "", "Two"]}}},
        {"blanks": {"b-line": {"entries": [LINE]}}},
    ],
)
def test_the_document_is_the_one_of_the_tool_with_the_same_answers(shelf: FolderRecords, given: dict[str, Any]) -> None:
    same(shelf, given)


def test_so_it_is_in_a_language_of_a_translation(shelf: FolderRecords) -> None:
    write(shelf.folder.root, "tools/referral-form/tool.it.md", f"{ITALIAN}\n## Saluto {{#close}}\n\nArrivederci.\n")
    own = {"offer": {"text": "### Chiami\n\nuno", "over": "1" * 16}}
    same(shelf, {"language": "it", "texts": own, "choices": SETTLED["choices"]})


def same(shelf: FolderRecords, given: dict[str, Any]) -> None:
    said = answers(**given)
    tool = load_conversion(shelf, TOOLS, "referral-form", said, speech(said.language), TODAY)
    made = adapt(shelf, "referral-form", said, speech, TODAY)
    plain = ConversionAnswers(tool=made.record_id, language=said.language)
    again = load_conversion(kept(shelf, made), ADAPTATIONS, made.record_id, plain, speech(said.language), TODAY)
    assert document(again) == document(tool)
    assert again.answers.country == "PT"


def test_a_part_without_a_text_is_left_out_with_its_heading(shelf: FolderRecords) -> None:
    made = bundle_of(adapted(shelf, **SETTLED))
    assert [section.id for section in made.sections] == ["offer", "law"]


def test_an_old_number_of_the_profile_is_open_until_somebody_looks(shelf: FolderRecords) -> None:
    late, line = date(2028, 2, 1), {"b-line": {"entries": [LINE]}}
    made = adapt(shelf, "referral-form", answers(blanks=line), speech, late)
    looked = {"b-line": {"entries": [LINE], "confirmed": True}}
    confirmed = adapt(shelf, "referral-form", answers(blanks=looked), speech, late)

    def is_open(adaptation: Adapted, day: date) -> bool:
        plain = ConversionAnswers(tool=adaptation.record_id, language="en")
        found = load_conversion(kept(shelf, adaptation), ADAPTATIONS, adaptation.record_id, plain, speech("en"), day)
        return "b-line" in [blank.id for blank in found.open_blanks]

    assert is_open(made, late)
    assert not is_open(confirmed, late)
    assert is_open(confirmed, date(2029, 3, 1))


def test_a_translation_has_the_words_of_the_tool_and_waits_for_ones_own(shelf: FolderRecords) -> None:
    made = adapt(shelf, "referral-form", answers(**SETTLED), speech, TODAY, also=["it"])
    reading = bundle_of(made).reading("it")
    states = {name: passage.state for name, passage in reading.passages.items()}
    assert reading.title.text == "Modulo"
    assert states["fields.a1.label"] is State.MACHINE
    assert states["offer"] is State.FALLBACK  # her own text
    assert states["law"] is State.STALE  # the tool's Italian was behind already
    assert states["filled.b-law.text"] is State.FALLBACK
    assert made.untranslated == {"en": 0, "it": 4}


def test_ones_own_words_in_the_other_language_come_from_answers_in_it(shelf: FolderRecords) -> None:
    own = answers(
        language="it",
        blanks={"b-law": {"entries": ["Articolo 1."]}},
        texts={"offer": {"text": "Chiami {{b-line}}.", "over": "1" * 16, "why": "Più breve."}},
        reasons={"ch-model": "Lo vuole la legge."},
    )
    made = adapt(shelf, "referral-form", answers(**SETTLED), speech, TODAY, own={"it": own})
    reading = bundle_of(made).reading("it")
    assert reading.passages["offer"].body == "Chiami {{b-line}}."
    assert reading.passages["offer"].heading == "Offerta"
    assert reading.text("filled.b-law.text") == "Articolo 1."
    assert reading.text("made.offer.why") == "Più breve."
    assert reading.text("chosen.ch-model.why") == "Lo vuole la legge."
    assert made.untranslated["it"] == 0


def test_an_entry_of_the_profile_is_said_as_the_profile_says_it(shelf: FolderRecords) -> None:
    made = adapt(shelf, "referral-form", answers(blanks={"b-line": {"entries": [LINE]}}), speech, TODAY, also=["it"])
    assert "116 006" in bundle_of(made).reading("it").text("filled.b-line.text")
    plain = ConversionAnswers(tool=made.record_id, language="it")
    found = load_conversion(kept(shelf, made), ADAPTATIONS, made.record_id, plain, speech("it"), TODAY)
    line = next(blank for blank in found.blanks if blank.id == "b-line")
    assert line.entries[0].sides["number"] == "116 006"
    assert line.entries[0].source is not None


def test_words_that_the_tool_does_not_have_in_the_language_stay_in_its_own(shelf: FolderRecords) -> None:
    made = adapted(shelf, language="it")
    assert "Goodbye." in made.texts[SOURCE]
    assert made.untranslated == {"it": 1}


def codes(error: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize(
    ("given", "also", "code"),
    [
        ({"country": None}, [], "no-country"),
        ({"tool": "other"}, [], "other-tool"),
        ({}, ["en"], "same-language"),
        ({}, ["lt"], "no-translation"),
        ({"texts": {"offer": {"text": " ", "over": "1" * 16}}}, [], "no-text"),
    ],
)
def test_what_cannot_be_kept_is_told(
    shelf: FolderRecords, given: Mapping[str, Any], also: list[str], code: str
) -> None:
    with pytest.raises(Rejected) as error:
        adapt(shelf, "referral-form", answers(**given), speech, TODAY, also=also)
    assert codes(error) == [code]


def test_there_is_no_adaptation_of_a_tool_that_is_not_there(shelf: FolderRecords) -> None:
    with pytest.raises(NotFound):
        adapt(shelf, "nowhere", answers(tool="nowhere"), speech, TODAY)


@pytest.mark.parametrize("way", ["a", "b"])
def test_a_tool_of_the_sample_passes_the_check_and_prints_the_same(
    way: str, tmp_path: Path, knowledge: ReferenceData
) -> None:
    for name in ("tools", "register", "countries", "practices"):
        shutil.copytree(SAMPLE / name, tmp_path / name)
    write(tmp_path, "tools/gate-slip/tool.it.md", GATE_ITALIAN)
    shelf = FolderRecords(ContentFolder(tmp_path, SHAPES), drafts=(ADAPTATIONS,))
    groups = {f"g{number}": (way,) for number in range(1, 10)}
    said = ConversionAnswers.model_validate(
        {"tool": "gate-slip", "country": "EE", "language": "it", "choices": {"ch-way": groups}}
    )
    made = adapt(shelf, "gate-slip", said, speech, TODAY, also=["en"])
    assert made.untranslated == {"it": 0, "en": 0}
    shelf = kept(shelf, made)
    kinds = {kind.shape.name: kind for kind in KINDS}
    problems = check_changed(shelf.folder, kinds, knowledge.vocabularies, knowledge.law, CheckMemory()).problems
    assert [str(each) for each in errors(problems) if "adaptations/" in each.path] == []
    for language in ("it", "en"):
        plain = ConversionAnswers(tool=made.record_id, language=language)
        same_answers = said.model_copy(update={"language": language})
        before = load_conversion(shelf, TOOLS, "gate-slip", same_answers, speech(language), TODAY)
        after = load_conversion(shelf, ADAPTATIONS, made.record_id, plain, speech(language), TODAY)
        assert document(after) == document(before)


def test_the_last_page_tells_what_an_adaptation_filled_in_and_its_source(shelf: FolderRecords) -> None:
    made = adapted(shelf, blanks={"b-line": {"entries": [LINE]}, "b-law": {"entries": ["Article 1."]}})
    shelf = kept(shelf, made)
    plain = ConversionAnswers(tool=made.record_id, language="en")
    tables = [
        each
        for each in render(load_conversion(shelf, ADAPTATIONS, made.record_id, plain, speech("en"), TODAY)).blocks
        if isinstance(each, Table) and each.caption == "Filled in from this adaptation"
    ]
    assert [["".join(run.text for run in cell.runs) for cell in row] for row in tables[0].rows] == [
        ["Law", "Article 1.", "–", "–"]
    ]
