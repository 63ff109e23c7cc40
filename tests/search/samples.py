"""A small vocabulary, a small law, and documents to search; `a_document` is valid by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.law.model import Article, Instrument, InstrumentType, Law
from kb.search.index.index_document import IndexDocument
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
TEENAGERS = Term("teenagers", "victim-groups", {"en": "teenagers", "it": "adolescenti"}, broader="children")
VIOLENCE = Term("violence", "crime-types", {"en": "violent crime", "it": "reati violenti"})
STALKING = Term("stalking", "crime-types", {"en": "stalking", "it": "atti persecutori"}, broader="violence")
POLICE = Term("police", "actors", {"en": "police", "it": "polizia", "lt": "policija", "ro": "poliție"})
DESK = Term("police-desk", "actors", {"en": "front desk", "it": "sportello"}, broader="police")
TRIAL = Term("trial", "stages", {"en": "criminal trial", "it": "processo penale"})
HEARING = Term("hearing", "stages", {"en": "court hearing", "it": "udienza"}, broader="trial")
PAPER = Term("paper", "document-types", {"en": "paper", "it": "carta"})
SLIP = Term("slip", "document-types", {"en": "paper slip", "it": "foglietto"}, broader="paper")

VOCABULARIES = Vocabularies(
    (
        Vocabulary("practice-areas", "Practice areas", terms=(REFERRAL, OPT_IN, NEEDS, RISK)),
        Vocabulary("victim-groups", "Victim groups", terms=(CHILDREN, TEENAGERS)),
        Vocabulary("crime-types", "Crime types", terms=(VIOLENCE, STALKING)),
        Vocabulary("actors", "Actors", terms=(POLICE, DESK)),
        Vocabulary("stages", "Stages", terms=(TRIAL, HEARING)),
        Vocabulary("document-types", "Document types", terms=(PAPER, SLIP)),
    ),
    {
        "PT": {"en": ("Portuguese",), "it": ("portoghese",)},
        "NL": {"en": ("Holland", "Dutch"), "pt": ("Holanda",)},
        "RO": {"en": ("Romanian",)},
        "IT": {"en": ("Italian",)},
    },
    {"PT": ("APAV",)},
)

LAW = Law(
    (
        Instrument(
            id="vrd",
            short_title="Victims' Rights Directive (VRD)",
            full_title="Directive 2012/29/EU",
            kind=InstrumentType.DIRECTIVE,
            issuer="EU",
            year=2012,
            status="in force",
            translations={"it": "direttiva vittime", "lt": "aukų direktyva"},
            celex="32012L0029",
            articles=(
                Article("vrd", "8", "Support", "Victims are supported.", areas=("referral",)),
                Article("vrd", "22", "Assessment", "Victims are assessed.", concepts=("needs-assessment",)),
            ),
        ),
        Instrument(
            id="istanbul-convention",
            short_title="Istanbul Convention",
            full_title="Convention on preventing violence against women",
            kind=InstrumentType.CONVENTION,
            issuer="Council of Europe",
            year=2011,
            status="in force",
            cets="210",
        ),
    )
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
    """Return a document with arbitrary content and these changes."""
    return replace(_DOCUMENT, id=record_id, language=language, **changes)  # type: ignore[arg-type]


def a_record(record_id: str, titles: dict[str, str], **changes: object) -> list[IndexDocument]:
    """Return the documents of one record, one for each language, with only titles and these changes."""
    return [
        a_document(record_id, language, **{"title": title, "summary": "", "body": "", **changes})
        for language, title in titles.items()
    ]


class Texts(dict[tuple[str, str, str], str]):
    """The plain texts of documents by kind, id and language; `read` lists which were requested."""

    def __init__(self, documents: Iterable[IndexDocument] = ()) -> None:
        super().__init__()
        self.read: list[tuple[str, str, str]] = []
        self.take(documents)

    def take(self, documents: Iterable[IndexDocument]) -> None:
        """Add the texts of these documents."""
        for each in documents:
            parts = (each.title, *each.names, each.summary, each.body)
            self[each.kind, each.id, each.language] = "\n".join(filter(None, parts))

    def __call__(self, kind: str, record_id: str, language: str) -> str:
        self.read.append((kind, record_id, language))
        return self.get((kind, record_id, language), "")
