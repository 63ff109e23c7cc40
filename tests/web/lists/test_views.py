from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.web.lists.selection import ADDRESS_LIMIT, MOST
from tests.page import Page, Visit, words
from tests.web.people import sign_in

LIST: dict[str, Any] = {
    "ids": "stone-terraces,letters-home",
    "title": "For 3 March",
    "note.letters-home": "Not like this",
}


def send(client: FlaskClient, **values: Any) -> Any:
    return client.post("/en/list/edit", data={**LIST, **values})


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def titles(page: Page) -> list[str]:
    return page.texts("h2", class_="hit__title")


def test_a_list_shows_its_practices_in_order_with_notes(visit: Visit) -> None:
    page = visit("lists.show", **LIST)
    assert page.heading == "For 3 March"
    assert titles(page) == ["Stone terraces", "Letters to the home address"]
    assert page.texts("div", class_="remark") == ["Note by the person who made this list Not like this"]
    assert "evaluated" in page.text
    assert "Original, drafted by AI" in page.text
    assert "http://localhost:5000/en/practices/stone-terraces" in page.texts("p", class_="only-print")
    assert page.link("Compare") == "/en/compare?ids=stone-terraces,letters-home"


def test_what_a_reader_wrote_is_called_so_and_kept_by_nobody(visit: Visit) -> None:
    page = visit("lists.show", **LIST)
    assert "The person who made this link chose the practices and wrote the title and notes." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.elements("meta", name="robots")[0].get("content") == "noindex, nofollow"
    plain = visit("lists.show", ids="stone-terraces")
    assert "wrote the title" not in plain.text
    assert plain.headers["ETag"]


def test_a_note_is_text_and_nothing_else(visit: Visit) -> None:
    note = '<script>alert(1)</script> **bold** https://evil.example [a](practices/stone-terraces) "> {{ 7*7 }}'
    page = visit("lists.show", **{**LIST, "title": note, "note.stone-terraces": note})
    assert page.heading == note
    assert note in page.texts("p", class_="pre")
    assert not {urlsplit(address).netloc for address in page.links()} & {"evil.example"}
    form = visit("lists.edit", **{**LIST, "title": note, "note.stone-terraces": note})
    assert words(form.by_id("note.stone-terraces")) == note


def test_what_is_not_there_any_more_keeps_its_place_and_its_note(visit: Visit) -> None:
    values: dict[str, Any] = {"ids": "nothing-here,stone-terraces,old-leaflet", "note.nothing-here": "A pity"}
    page = visit("lists.show", **values)
    assert titles(page) == ["nothing-here", "Stone terraces", "The old leaflet"]
    assert "No practice has this ID." in page.text
    assert "This practice has been retired." in page.text
    assert "A pity" in page.text


def test_an_empty_list_says_how_to_begin(visit: Visit) -> None:
    page = visit("lists.show")
    assert "This list is empty." in page.text
    assert page.link("Start a list") == "/en/list/edit"
    assert page.link("All practices") == "/en/practices"


def test_a_list_stays_the_same_in_another_language(visit: Visit) -> None:
    page = visit("lists.show", **LIST)
    italian = visit(page.link("Italiano"))
    assert italian.heading == "For 3 March"
    assert titles(italian)[0] == "Terrazze di pietra"


def test_the_form_answers_with_the_address_of_the_list(client: FlaskClient, visit: Visit) -> None:
    response = send(client, do="show")
    assert response.status_code == 303
    assert query(response.headers["Location"]) == LIST
    assert visit(response.headers["Location"]).heading == "For 3 March"


@pytest.mark.parametrize(
    ("do", "ids", "place"),
    [
        ("up:letters-home", "letters-home,stone-terraces", "item--letters-home"),
        ("down:letters-home", "stone-terraces,letters-home", "item--letters-home"),
        ("remove:stone-terraces", "letters-home", "list--add"),
        ("put:ask-first", "stone-terraces,letters-home,ask-first", "item--ask-first"),
        ("nonsense", "stone-terraces,letters-home", "list--add"),
    ],
)
def test_buttons_move_take_out_and_add(client: FlaskClient, visit: Visit, do: str, ids: str, place: str) -> None:
    address = send(client, do=do).headers["Location"]
    assert (query(address)["ids"], urlsplit(address).fragment) == (ids, place)
    assert query(address)["note.letters-home"] == "Not like this"
    assert visit(address.partition("#")[0]).by_id(place) is not None


def test_a_practice_is_added_by_its_title_and_words_offer_some(client: FlaskClient) -> None:
    added = send(client, do="show", add="Perguntar primeiro").headers["Location"]
    assert query(added)["ids"] == "stone-terraces,letters-home,ask-first"
    offered = send(client, do="show", add="ask")
    html = offered.get_data(as_text=True)
    assert offered.status_code == 200
    assert 'value="ask"' in html
    assert 'value="For 3 March"' in html
    assert "Not like this</textarea>" in html


@pytest.mark.parametrize("do", ["show", "up:letters-home", "add"])
def test_nothing_that_was_typed_is_lost_where_it_is_too_long(client: FlaskClient, do: str) -> None:
    response = send(client, do=do, **{"note.letters-home": "ž" * 301, "title": "t" * 121})
    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "ž" * 301 in html
    assert "t" * 121 in html
    assert "The note on “Letters to the home address” has 301 characters. Shorten it to at most 300." in html
    assert "The title has 121 characters. Shorten it to at most 120." in html
    assert response.headers["Cache-Control"] == "no-store"


def test_an_address_that_would_be_too_long_is_not_made(client: FlaskClient) -> None:
    ids = [f"no-practice-{number}" for number in range(MOST)]
    notes = {f"note.{each}": "ž" * 100 for each in ids}
    response = client.post("/en/list/edit", data={"ids": ids, "do": "show", **notes})
    assert response.status_code == 422
    assert "Some programs accept at most 6,000." in response.get_data(as_text=True)
    assert response.get_data(as_text=True).count("ž" * 100) == MOST
    short = {f"note.{each}": "ž" * 20 for each in ids}
    address = client.post("/en/list/edit", data={"ids": ids, "do": "show", **short}).headers["Location"]
    assert len(address) < ADDRESS_LIMIT


def test_a_list_of_too_many_shows_the_first_and_its_form_all(client: FlaskClient, visit: Visit) -> None:
    ids = ",".join(f"no-practice-{number}" for number in range(MOST + 1))
    page = visit("lists.show", ids=ids)
    assert len(titles(page)) == MOST
    assert "This list has 31 practices. The limit is 30." in page.text
    form = client.get(f"/en/list/edit?ids={ids}")
    assert form.status_code == 422
    assert form.get_data(as_text=True).count('name="ids"') == MOST + 1


def test_a_note_that_is_too_long_is_cut_on_the_page_and_whole_in_the_form(client: FlaskClient, visit: Visit) -> None:
    values = {**LIST, "note.letters-home": "n" * 400}
    page = visit("lists.show", **values)
    assert "n" * 299 + "…" in page.text
    assert "A text in this list is too long and has been cut off here." in page.text
    assert "n" * 400 in client.get("/en/list/edit", query_string=values).get_data(as_text=True)


def test_only_our_own_pages_send_the_form(app: Flask) -> None:
    stranger = app.test_client()
    assert stranger.post("/en/list/edit", data=LIST, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    # Only under this policy does a browser say where a form on plain HTTP comes from.
    assert stranger.get("/en/list/edit").headers["Referrer-Policy"] == "same-origin"


def test_a_curator_changes_a_list_as_well(app: Flask, client: FlaskClient, session: Session, visit: Visit) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    session.close()
    page = visit("lists.edit", **LIST)
    token = page.elements("input", name="csrf_token")[0].get("value")
    assert send(client, do="show", csrf_token=token).status_code == 303


def test_every_hit_and_every_practice_can_be_put_on_a_list(visit: Visit) -> None:
    page = visit("practices.index")
    assert page.link("Add to list: Stone terraces") == "/en/list?ids=stone-terraces"
    practice = visit("practices.show", record_id="stone-terraces")
    assert practice.link("Add to list: Stone terraces") == "/en/list?ids=stone-terraces"
    assert practice.link("Compare: Stone terraces") == "/en/compare?ids=stone-terraces"
    assert "Add to list: About Praxis" not in visit("search.index").texts("a")


def test_what_was_collected_is_no_part_of_a_page(visit: Visit) -> None:
    (bar,) = visit("practices.index").elements("aside", class_="collected")
    assert bar.get("hidden") is not None
    assert bar.get("data-most") == str(MOST)
    assert [link.get("href") for link in bar.iter("a")] == ["/en/list", "/en/compare"]


def test_an_empty_list_has_room_for_the_way_to_what_was_collected(visit: Visit) -> None:
    page = visit("lists.show")
    (here,) = [each for each in page.elements("div") if each.get("data-collected-here") is not None]
    assert here.get("hidden") is not None
    assert [link.get("href") for link in here.iter("a")] == ["/en/list"]
    assert "data-collected-here" not in visit("/en/list?ids=stone-terraces").html
