from __future__ import annotations

from werkzeug.datastructures import MultiDict

from kb.web.lists.selection import NOTE_LIMIT, TITLE_LIMIT, Selection, clean, shorten

LIST = Selection(("a", "b", "c"), "For the meeting", {"b": "Ask first"})


def read(params: dict[str, str], ids: tuple[str, ...] = ("a", "b")) -> Selection:
    return Selection.from_params(MultiDict(params), ids, str)


def test_what_is_written_into_an_address_is_read_from_it_again() -> None:
    assert LIST.to_query() == "ids=a,b,c&title=For+the+meeting&note.b=Ask+first"
    assert Selection.from_params(MultiDict(LIST.to_params()), LIST.ids, str) == LIST


def test_notes_on_what_is_not_in_the_list_are_left_out() -> None:
    assert read({"note.a": "stays", "note.x": "goes"}).notes == {"a": "stays"}


def test_the_note_on_an_earlier_id_goes_with_the_practice() -> None:
    params = MultiDict({"note.old": "stays"})
    assert Selection.from_params(params, ("new",), {"old": "new"}.__getitem__).notes == {"new": "stays"}


def test_a_practice_moves_and_stops_at_the_ends() -> None:
    assert LIST.move("b", -1).ids == ("b", "a", "c")
    assert LIST.move("b", 1).ids == ("a", "c", "b")
    assert LIST.move("a", -1).ids == LIST.ids
    assert LIST.move("c", 1).ids == LIST.ids
    assert LIST.move("unknown", 1) == LIST


def test_a_practice_is_taken_out_with_its_note_and_put_in_once() -> None:
    assert LIST.without("b") == Selection(("a", "c"), "For the meeting")
    assert LIST.with_("a").ids == LIST.ids
    assert LIST.with_("d").ids == ("a", "b", "c", "d")


def test_text_is_kept_and_signs_that_deceive_are_not() -> None:
    assert clean(" one\r\ntwo\u202e\u0000\x07\ufeff ") == "one\ntwo"
    assert read({"title": "one\ntwo"}).title == "one two"


def test_what_is_too_long_is_named_and_kept() -> None:
    found = read({"title": "t" * (TITLE_LIMIT + 1), "note.a": "n" * NOTE_LIMIT, "note.b": "n" * (NOTE_LIMIT + 1)})
    assert list(found.too_long()) == ["title", "note.b"]
    assert len(found.notes["b"]) == NOTE_LIMIT + 1
    assert len(shorten(found.notes["b"], NOTE_LIMIT)) == NOTE_LIMIT
