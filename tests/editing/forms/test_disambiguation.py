"""A choice replaces the typed name, unless the user has changed that name since."""

from __future__ import annotations

from kb.editing.forms.disambiguation import with_picks
from kb.editing.forms.form_values import Posted


def picked(**values: str | list[str]) -> dict[str, list[str]]:
    given = {name.replace("__", "."): [text] if isinstance(text, str) else text for name, text in values.items()}
    return {name: list(texts) for name, texts in with_picks(Posted(given)).values.items() if name.startswith("f.")}


def test_a_choice_for_an_entry_of_a_list_keeps_the_others() -> None:
    found = picked(
        f__areas=["referral", "consent", ""], pick__f__areas__1="informed-consent", was__f__areas__1="consent"
    )
    assert found == {"f.areas": ["referral", "informed-consent", ""]}


def test_a_choice_for_a_line_is_taken() -> None:
    found = picked(f__status="loc", pick__f__status="impl-local", was__f__status="loc")
    assert found == {"f.status": ["impl-local"]}


def test_nothing_is_chosen_against_a_later_word_or_without_one() -> None:
    assert picked(f__a=["other"], pick__f__a__0="x", was__f__a__0="typed") == {"f.a": ["other"]}
    assert picked(f__a=["typed"], pick__f__a__0="", was__f__a__0="typed") == {"f.a": ["typed"]}
    assert picked(f__a=["typed"], pick__f__a__7="x", was__f__a__7="typed") == {"f.a": ["typed"]}
    assert picked(f__a=["typed"], pick__f__b="x", pick__f__a__x="y", pick__="z") == {"f.a": ["typed"]}
