from __future__ import annotations

import pytest

from kb.records.record import Bundle
from kb.records.segments import fingerprint
from kb.records.translation_status import TranslationStatus, language_facets, standing, words_left
from tests.builders import a_bundle, a_translation_text


def made(by: str, **others: str) -> dict[str, dict[str, str]]:
    """Return where each text of the translation comes from; `others` are by somebody else."""
    sources = a_bundle().segments()
    return {name: {"source": fingerprint(text), "by": others.get(name, by)} for name, text in sources.items()}


def a_translated(made_from: dict[str, dict[str, str]], **changes: object) -> Bundle:
    return a_bundle({"it": a_translation_text(made_from=made_from, **changes)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bundle", "expected"),
    [
        (a_translated(made("person")), TranslationStatus.REVIEWED),
        (a_translated(made("machine")), TranslationStatus.DRAFTED),
        (a_translated(made("person", how="machine")), TranslationStatus.DRAFTED),
        (a_translated(made("person"), words={"summary": None}), TranslationStatus.DRAFTED),
        (a_translated(made("machine") | {"how": {"source": "0" * 16, "by": "person"}}), TranslationStatus.STALE),
        (a_translated(made("person"), words={"title": None}), TranslationStatus.MISSING),
        (a_bundle(), TranslationStatus.MISSING),
    ],
)
def test_a_record_stands_as_its_worst_text_does(bundle: Bundle, expected: TranslationStatus) -> None:
    assert standing(bundle.reading("it")) is expected
    assert standing(bundle.reading("en")) is TranslationStatus.ORIGINAL


def test_each_language_of_the_site_has_a_state_and_only_some_can_be_read() -> None:
    bundle = a_bundle(
        {
            "it": a_translation_text(made_from=made("person")),
            "lt": a_translation_text(language="lt", words={"title": None}),
        }
    )
    readings = [bundle.reading(language) for language in bundle.languages()]
    assert language_facets(readings, ("en", "it", "lt", "pt")) == {
        "language": ("en", "it"),
        "translation": ("en:original", "it:reviewed", "lt:missing", "pt:missing"),
    }


def test_words_left_are_those_of_texts_that_no_person_has_read() -> None:
    bundle = a_bundle({"it": a_translation_text()})
    every = sum(len(text.split()) for text in bundle.segments().values())
    assert words_left(bundle, "pt") == words_left(bundle, "it") == every
    title = bundle.segments()["title"]
    by_person = {"title": {"source": fingerprint(title), "by": "person"}}
    assert words_left(a_bundle({"it": a_translation_text(made_from=by_person)}), "it") == every - len(title.split())
