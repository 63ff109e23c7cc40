"""The matrix of records and languages, and a person's translation tasks; both from the catalog's columns alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Grant, Role, User
from kb.content_store.catalog import Catalog, CatalogEntry
from kb.content_store.store import ContentStore
from kb.editing.translation.matrix import PER_PAGE, Matrix, MatrixFilter, TranslationRow, matrix
from kb.editing.translation.to_do import languages_of, to_do
from kb.records.record import Status
from kb.records.translation_status import Progress, TranslationStatus
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, publish_text

LANGUAGES = ("en", "it", "lt")


def of(catalog: Catalog, wanted: MatrixFilter | None = None, languages: Sequence[str] = LANGUAGES) -> Matrix:
    return matrix(catalog, languages, wanted or MatrixFilter(), lambda entry: entry.key)


def by_id(found: Matrix) -> dict[str, TranslationRow]:
    return {line.entry.id: line for line in found.lines}


def entry(record_id: str, *, text: str = "", **progress: Progress) -> CatalogEntry:
    return CatalogEntry(
        kind="practices",
        id=record_id,
        status=Status.PUBLISHED,
        language="en",
        titles={"en": text or record_id},
        summaries={"en": ""},
        origins={},
        facets={"country": ("PT",), "area": ("opt-in-referral",)},
        newest="",
        aliases=(),
        successor=None,
        origin=None,
        keeper="",
        review_due=None,
        card=None,
        fingerprint="",
        segments=4,
        progress=progress,
    )


@pytest.fixture
def catalog(store: ContentStore) -> Catalog:
    return Catalog.of(
        [
            entry("all-read", it=Progress(reviewed=4), lt=Progress(reviewed=4)),
            entry("in-work", text="Stone Terraces", it=Progress(1, 1, 1, 1)),
            entry("machine", it=Progress(machine=4), lt=Progress(stale=1, machine=3)),
        ],
        store.snapshot,
    )


def test_a_published_record_counts_its_texts_in_every_language(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, TEXT.replace("without mortar", "without any mortar"))
    line = by_id(of(store.current().catalog))["stone-terraces"]
    own, italian, lithuanian = line.cells
    assert (own.standing, own.progress) == (TranslationStatus.ORIGINAL, None)
    assert italian.progress == Progress(missing=1, stale=1, reviewed=2)
    assert italian.standing is TranslationStatus.STALE
    assert (lithuanian.progress, lithuanian.standing) == (Progress(missing=4), TranslationStatus.MISSING)


def test_sums_are_over_all_records_that_are_wanted(catalog: Catalog) -> None:
    found = of(catalog)
    assert found.sums == (Progress(), Progress(1, 1, 5, 5), Progress(4, 1, 3, 4))
    assert of(catalog, MatrixFilter(language="it")).sums == (Progress(1, 1, 5, 5),)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (MatrixFilter(kind="pages"), []),
        (MatrixFilter(text="terrACES"), ["in-work"]),
        (MatrixFilter(text="machi"), ["machine"]),
        (MatrixFilter(state="missing"), ["in-work"]),
        (MatrixFilter(state="stale"), ["in-work", "machine"]),
        (MatrixFilter(state="stale", language="it"), ["in-work"]),
        (MatrixFilter(state="machine"), ["in-work", "machine"]),
        (MatrixFilter(state="reviewed"), ["all-read"]),
        (MatrixFilter(state="open"), ["in-work", "machine"]),
        (MatrixFilter(country="PT"), ["all-read", "in-work", "machine"]),
        (MatrixFilter(country="LT"), []),
        (MatrixFilter(areas=frozenset({"referral", "opt-in-referral"})), ["all-read", "in-work", "machine"]),
        (MatrixFilter(areas=frozenset({"evidence-diary"})), []),
    ],
)
def test_filters(catalog: Catalog, wanted: MatrixFilter, ids: list[str]) -> None:
    assert list(by_id(of(catalog, wanted))) == ids


def test_pages_hold_so_many_lines_and_there_is_always_one(store: ContentStore) -> None:
    many = Catalog.of([entry(f"r{number:03}") for number in range(PER_PAGE + 1)], store.snapshot)
    found = of(many)
    assert (found.pages, len(found.page(1)), len(found.page(2)), len(found.page(9))) == (2, PER_PAGE, 1, 1)
    assert of(many, MatrixFilter(text="nothing")).page(1) == ()


# What there is to do


def somebody(**limits: str) -> User:
    grant = Grant(role=Role.TRANSLATOR, at=NOW, **{"languages": "", "countries": "", "areas": "", **limits})
    return User(email="x", name="X", password_hash="!", sign_in_key="x", created=NOW, is_active=True, grants=[grant])  # noqa: S106


def waiting(catalog: Catalog, store: ContentStore, user: User) -> list[tuple[str, str]]:
    languages = languages_of(user, LANGUAGES)
    return [(each.entry.id, each.language) for each in to_do(catalog, user, languages, store.vocabularies)]


def test_a_translator_sees_what_waits_in_the_languages_of_the_grant_what_is_stale_first(
    catalog: Catalog, store: ContentStore
) -> None:
    assert waiting(catalog, store, somebody(languages="lt")) == [("machine", "lt"), ("in-work", "lt")]
    assert len(waiting(catalog, store, somebody())) == 4


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ({"countries": "PT LT"}, 4),
        ({"countries": "LT"}, 0),
        ({"areas": "referral"}, 4),  # the broader area
        ({"areas": "evidence-diary"}, 0),
        ({"languages": "ro"}, 0),
    ],
)
def test_limits_of_a_grant_hold(catalog: Catalog, store: ContentStore, limits: dict[str, str], count: int) -> None:
    assert len(waiting(catalog, store, somebody(**limits))) == count


def test_somebody_without_the_role_or_with_a_closed_account_has_nothing_to_do(
    catalog: Catalog, store: ContentStore
) -> None:
    trainer = somebody()
    trainer.grants[0].role = Role.TRAINER
    closed = somebody()
    closed.is_active = False
    assert waiting(catalog, store, trainer) == waiting(catalog, store, closed) == []
