"""A small vocabulary and documents to search; `a_document` is valid unless told otherwise."""

from __future__ import annotations

from dataclasses import replace

from kb.search.document import IndexDocument
from kb.vocabulary.model import Term, Vocabularies, Vocabulary

LANGUAGES = ("en", "it", "lt", "pt", "ro")

REFERRAL = Term(
    "referral",
    "practice-areas",
    {"en": "referral", "it": "indirizzamento", "lt": "nukreipimas", "pt": "encaminhamento", "ro": "referire"},
    {"en": ("onward referral",), "de": ("Weitervermittlung",)},
)
OPT_IN = Term(
    "opt-in-referral",
    "practice-areas",
    {
        "en": "opt-in referral",
        "it": "indirizzamento con consenso",
        "lt": "nukreipimas gavus sutikimą",
        "pt": "encaminhamento com consentimento",
        "ro": "referire pe bază de consimțământ",
    },
    broader="referral",
)
NEEDS = Term(
    "needs-assessment",
    "practice-areas",
    {
        "en": "needs assessment",
        "it": "valutazione dei bisogni",
        "lt": "poreikių vertinimas",
        "ro": "evaluarea nevoilor",
    },
)
RISK = Term(
    "risk-assessment",
    "practice-areas",
    {"en": "risk assessment", "it": "valutazione del rischio", "lt": "rizikos vertinimas", "ro": "evaluarea riscului"},
    {"en": ("lethality",)},
    broader="needs-assessment",
)
CHILDREN = Term("children", "victim-groups", {"en": "children", "it": "bambini", "lt": "vaikai", "ro": "copii"})

VOCABULARIES = Vocabularies(
    (
        Vocabulary("practice-areas", "Practice areas", terms=(REFERRAL, OPT_IN, NEEDS, RISK)),
        Vocabulary("victim-groups", "Victim groups", terms=(CHILDREN,)),
    ),
    {"PT": {"en": ("Portuguese",), "it": ("portoghese",)}, "NL": {"en": ("Holland", "Dutch"), "pt": ("Holanda",)}},
)

_DOCUMENT = IndexDocument(
    kind="practices",
    id="stone-terraces",
    language="en",
    title="Stone terraces",
    summary="Dry stone.",
    body="They hold soil and water on a slope.",
    facets={"kind": ("practices",)},
    newest="2026-11-20",
    fingerprint="f1",
)


def a_document(record_id: str = "stone-terraces", language: str = "en", **changes: object) -> IndexDocument:
    """Return a document about nothing in particular, changed as told."""
    return replace(_DOCUMENT, id=record_id, language=language, **changes)  # type: ignore[arg-type]


def a_record(record_id: str, titles: dict[str, str], **changes: object) -> list[IndexDocument]:
    """Return the documents of one record, one for each language: nothing but titles and what is changed."""
    return [
        a_document(record_id, language, **{"title": title, "summary": "", "body": "", **changes})
        for language, title in titles.items()
    ]
