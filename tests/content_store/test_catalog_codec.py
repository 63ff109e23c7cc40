"""Columns go into the snapshot as JSON and come back as the entry that a list shows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kb.content_store.catalog import CatalogEntry
from kb.content_store.catalog_codec import LISTED, form_of, from_columns, to_columns
from kb.kinds.practice.card import PracticeCard
from kb.kinds.registry import KINDS
from kb.law.model import Law
from kb.records.files.snapshot import SnapshotRow
from kb.records.record import Bundle, State
from kb.vocabulary.model import Vocabularies
from tests.builders import a_bundle, a_translation_text
from tests.kinds.page.test_checks import ITALIAN, a_page

BY_NAME = {kind.shape.name: kind for kind in KINDS}
MADE = {
    "title": {"source": "0" * 16, "by": "person", "reviewed": "2026-11-10"},
    "summary": {"source": "1" * 16, "by": "machine"},
}


def entry_of(bundle: Bundle) -> CatalogEntry:
    """Return the entry of a record as it comes back from the snapshot."""
    kind = BY_NAME[bundle.shape.name]
    assert kind.documents is not None
    document = kind.documents(bundle, Vocabularies(), Law(), str)[0]
    return from_columns(SnapshotRow(bundle.key, bundle.fingerprint, to_columns(bundle, document, kind)), kind)


def test_an_entry_knows_what_lists_and_addresses_need() -> None:
    bundle = a_bundle(
        {"it": a_translation_text()},
        aliases=["asking", "ask-first"],
        review_due="2027-01-31",
        countries=["PT", "IT"],
        end_year="2024",
    )
    entry = entry_of(bundle)
    assert (entry.key, entry.fingerprint, entry.status) == (bundle.key, bundle.fingerprint, bundle.record.status)
    assert (entry.language, entry.languages) == ("en", ("en", "it"))
    assert entry.title("it") == ("La polizia chiede prima di inviare", "it")
    assert entry.title("lt") == ("Police ask before they refer", "en")
    assert set(entry.facets) == set(LISTED)
    assert (entry.facets["country"], entry.facets["area"]) == (("PT", "IT"), ("opt-in-referral",))
    assert (entry.facets["evidence"], entry.facets["document"]) == (("ev-2-monitored",), ())
    assert (entry.newest, entry.review_due) == ("2026-11-24", date(2027, 1, 31))
    assert (entry.aliases, entry.successor) == (("asking", "ask-first"), None)
    assert (entry.origin, entry.is_machine_drafted) == ("machine-drafted", True)
    assert entry.card == PracticeCard(
        countries=("PT", "IT"),
        start_year="2015",
        end_year="2024",
        evidence_level="ev-2-monitored",
        effect_direction="effect-not-measured",
        transferability="tr-adaptable",
    )


def test_a_page_has_no_card() -> None:
    entry = entry_of(a_page({"it": ITALIAN}))
    assert (entry.card, entry.facets, entry.review_due, entry.is_machine_drafted) == (None, {}, None, False)


@pytest.mark.parametrize(
    "italian",
    [
        a_translation_text(),
        a_translation_text(made_from=MADE),
        a_translation_text(words={"summary": None}),
        a_translation_text(words={"title": None}),
        None,
    ],
)
def test_title_and_summary_stand_as_the_whole_reading_has_them(italian: str | None) -> None:
    bundle = a_bundle({"it": italian} if italian else {})
    for language in ("en", "it", "lt"):
        reading = bundle.reading(language)
        for passage, expected in zip(
            entry_of(bundle).passages(language), (reading.title, reading.passages["summary"]), strict=True
        ):
            assert (passage.name, passage.text, passage.language) == (expected.name, expected.text, expected.language)
            assert (passage.state, passage.by, passage.reviewed) == (expected.state, expected.by, expected.reviewed)


def test_where_a_translation_comes_from_is_kept() -> None:
    title, summary = entry_of(a_bundle({"it": a_translation_text(made_from=MADE)})).passages("it")
    assert (title.state, title.by, title.reviewed) == (State.STALE, "person", date(2026, 11, 10))
    assert (summary.state, summary.by, summary.reviewed) == (State.STALE, "machine", None)


def test_columns_can_be_made_where_no_document_can() -> None:
    bundle, kind = a_bundle(), BY_NAME["practices"]
    entry = from_columns(SnapshotRow(bundle.key, "mark", to_columns(bundle, None, kind)), kind)
    assert (entry.facets, entry.newest, entry.title("en")[0]) == ({}, "", "Police ask before they refer")


def test_the_form_names_every_field() -> None:
    form = form_of(KINDS)
    assert form != form_of(KINDS[:1])
    assert "effect_direction" in str(json.loads(form))
