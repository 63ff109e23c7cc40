"""A trainer creates a workshop, also from a list by link; plans it slot by slot; and loses no typed text."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history import log
from kb.records.files.paths import place_of
from kb.workshops.model import Item, Trainer, Workshop
from tests.house import ITEM, NOW, SLOT, WORKSHOP, publish_text, teach
from tests.page import Page, Visit
from tests.page import words as words_in
from tests.web.forms import page_of, send
from tests.web.people import add_person, sign_in

NEW = "/trainer/workshops/new"
HERE = f"/trainer/workshops/{WORKSHOP}"


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session) -> User:
    """A trainer who owns the sample workshop."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    return user


def add_slot(client: FlaskClient, visit: Visit, title: str, **values: str) -> str:
    """Add a slot with the form; return its id."""
    page = visit("workshop_slots.new", workshop_id=WORKSHOP)
    response = send(client, page, f"{HERE}/slots/new", {"title.en": title, "minutes": "30", **values})
    assert response.status_code == 303, page_of(response).text
    return response.headers["Location"].rpartition("#slot--")[2]


def order(page: Page) -> list[str]:
    """Return the titles of the slots in their order."""
    return [each.text or "" for each in page.elements("h3") if each.get("class") is None]


def test_a_workshop_is_begun_with_title_and_language(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.new")
    response = send(client, page, NEW, {"title.en": "Per la polizia", "language": "it", "held": "2027-03-12"})
    built = visit(response.headers["Location"])
    assert built.heading == "Per la polizia"
    assert "Workshop created." in built.text
    assert "Italian" in built.text
    assert "Per la polizia" in visit("workshop_builder.index").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: FlaskClient, visit: Visit, ana: User) -> None:
    typed = {"title.en": "", "aims.en": "Know whom to call", "held": "31.2.2027", "starts": "9 o'clock"}
    response = send(client, visit("workshop_builder.new"), NEW, typed)
    assert response.status_code == 422
    page = page_of(response)
    for words in (
        "Enter a title.",
        "Enter a date, for example 12.03.2027.",
        "Enter a time, for example 09:30.",
    ):
        assert words in page.text
    assert page.by_id("held").get("value") == "31.2.2027"
    assert "Know whom to call" in page.html
    assert {"#title.en", "#held", "#starts"} <= set(page.links())


@pytest.mark.parametrize("typed", ["12.03.2027", "12/3/2027", " 12. 3. 2027", "12-03-2027", "2027.03.12."])
def test_a_date_is_typed_day_first_and_said_back_in_words(
    client: FlaskClient, visit: Visit, ana: User, typed: str
) -> None:
    page = visit("workshop_builder.new")
    wrong = page_of(send(client, page, NEW, {"title.en": "", "held": typed}))
    assert "Date entered: 12 March 2027." in wrong.text
    built = visit(send(client, wrong, NEW, {"title.en": "Walls"}).headers["Location"])
    assert "12 March 2027" in built.text


def test_the_summary_says_which_field_and_groups_digits(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.edit", workshop_id=WORKSHOP)
    wrong = page_of(send(client, page, f"{HERE}/outline", {"aims.lt": "x" * 199_999, "held": "soon"}))
    assert (
        wrong.link("Aims (Lithuanian): This text has 199,999 characters. Shorten it to at most 20,000.") == "#aims.lt"
    )
    assert any(text.startswith("Date: Enter a date, for example") for text in wrong.texts("a"))


def test_a_list_becomes_a_workshop_with_its_notes(
    client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    query = "ids=stone-terraces,naktinis-autobusas,night-bus&title=For+March&note.naktinis-autobusas=Ask+first"
    listed = visit(f"/en/list?{query}")
    page = visit(listed.link("Make a workshop from this list"))
    assert page.by_id("title.en").get("value") == "For March"
    assert "not currently in the collection: The old night bus" in page.text
    built = visit(send(client, page, NEW).headers["Location"])
    workshop = session.scalars(select(Workshop).where(Workshop.id != WORKSHOP)).one()
    assert [(item.record, item.text) for item in workshop.basket] == [
        ("practices/stone-terraces", {}),
        ("practices/naktinis-autobusas", {"en": "Ask first"}),
    ]
    assert built.text.count("saved copy of version") == 2


def test_readers_are_not_offered_to_make_a_workshop(visit: Visit) -> None:
    assert "Make a workshop" not in visit("/en/list?ids=stone-terraces").text


def test_the_outline_is_changed_in_both_languages(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.edit", workshop_id=WORKSHOP)
    typed = {"title.en": "Two days", "title.lt": "Dvi dienos", "ends": "16.00"}
    response = send(client, page, f"{HERE}/outline", typed)
    assert visit(response.headers["Location"]).heading == "Two days"
    assert visit("workshop_builder.show", workshop_id=WORKSHOP, language="lt").heading == "Dvi dienos"
    late = send(client, page, f"{HERE}/outline", {"title.en": "Three days"})
    assert late.status_code == 422
    again = page_of(late)
    assert "Someone else changed this text while you were editing." in again.text
    assert "Two days" in again.text
    assert again.by_id("title.en").get("value") == "Three days"
    saved = send(client, again, f"{HERE}/outline")
    assert visit(saved.headers["Location"]).heading == "Three days"


def test_each_line_of_the_aims_is_an_entry(visit: Visit, ana: User, session: Session) -> None:
    session.get_one(Workshop, WORKSHOP).aims = {"en": "See where it slips\nMend it"}
    session.commit()
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "".join(page.html.split()).count("<li>Seewhereitslips</li><li>Mendit</li>") == 1


def test_other_mistakes_do_not_hide_that_somebody_else_changed_it(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.edit", workshop_id=WORKSHOP)
    send(client, page, f"{HERE}/outline", {"title.en": "Theirs"})
    wrong = page_of(send(client, page, f"{HERE}/outline", {"title.en": "Mine", "held": "soon"}))
    late = send(client, wrong, f"{HERE}/outline", {"held": ""})
    assert late.status_code == 422
    assert visit("workshop_builder.show", workshop_id=WORKSHOP).heading == "Theirs"


def test_fields_that_the_forms_do_not_have_change_nothing(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    owner = session.get_one(User, add_person(app, "owner@example.org", Role.TRAINER))
    teach(session, owner)
    bea = sign_in(app, client, "bea@example.org", Role.TRAINER)
    session.add(Trainer(workshop_id=WORKSHOP, person_id=bea, added=NOW))
    session.commit()
    stands = ("owner_id", "visibility", "token", "mark", "archived", "feedback_open", "created", "id")
    before = [getattr(session.get_one(Workshop, WORKSHOP), name) for name in stands]
    more = {**dict.fromkeys(stands, "1"), "visibility": "link", "owner": str(bea), "owner_id": str(bea)}
    session.rollback()
    for page, action in (
        (visit("workshop_builder.edit", workshop_id=WORKSHOP), f"{HERE}/outline"),
        (visit("workshop_slots.edit", workshop_id=WORKSHOP, slot_id=SLOT), f"{HERE}/slots/{SLOT}"),
        (visit("workshop_items.edit", workshop_id=WORKSHOP, item_id=ITEM), f"{HERE}/items/{ITEM}"),
    ):
        sent = {
            **more,
            "title.en": "Changed",
            "workshop_id": "x",
            "slot_id": "x",
            "record": "countries/ee",
            "sha256": "x",
        }
        assert send(client, page, action, sent).status_code == 303
    session.rollback()
    assert [getattr(session.get_one(Workshop, WORKSHOP), name) for name in stands] == before
    item = session.get_one(Item, ITEM)
    assert (item.workshop_id, item.slot_id, item.record) == (WORKSHOP, SLOT, "practices/stone-terraces")


def test_slots_add_up_and_warn(client: FlaskClient, visit: Visit, ana: User) -> None:
    add_slot(client, visit, "Break", method="break", minutes="15")
    add_slot(client, visit, "Case", starts="09:30", minutes="90")
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert order(page) == ["Walls", "Break", "Case"]
    assert "09:45" in page.text
    assert "Starts at 09:30, 30 min before the previous session ends." in page.text
    assert "09:00 to 11:00, working time 2 h 15 min" in page.text


def test_a_slot_that_is_wrong_comes_back_as_it_was_typed(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_slots.edit", workshop_id=WORKSHOP, slot_id=SLOT)
    typed = {"minutes": "an hour", "trainer_notes.en": "Two of them know each other."}
    response = send(client, page, f"{HERE}/slots/{SLOT}", typed)
    assert response.status_code == 422
    again = page_of(response)
    assert again.by_id("minutes").get("value") == "an hour"
    assert "Two of them know each other." in again.html
    response = send(client, again, f"{HERE}/slots/{SLOT}", {"minutes": "60"})
    assert "1 h, presentation" in visit(response.headers["Location"].partition("#")[0]).text


def test_slots_move_by_buttons_and_by_where_they_are_drawn(client: FlaskClient, visit: Visit, ana: User) -> None:
    first, second = add_slot(client, visit, "One"), add_slot(client, visit, "Two")
    for values, expected in (
        ({"do": f"up:{second}"}, ["Walls", "Two", "One"]),
        ({"do": f"down:{SLOT}"}, ["Two", "Walls", "One"]),
        ({"do": f"put:{first}", "before": second, "day": "1"}, ["One", "Two", "Walls"]),
        ({"do": f"put:{first}", "before": "", "day": "2"}, ["Two", "Walls", "One"]),
    ):
        response = send(client, visit("workshop_builder.show", workshop_id=WORKSHOP), HERE, values)
        assert response.status_code == 303
        assert order(visit("workshop_builder.show", workshop_id=WORKSHOP)) == expected
    assert "Day 2" in visit("workshop_builder.show", workshop_id=WORKSHOP).text


def test_items_are_put_where_they_are_drawn(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    made, action = list[str](), f"{HERE}/items/new"
    for title in ("One", "Two"):
        page = visit("workshop_items.new", workshop_id=WORKSHOP)
        answer = send(client, page, action, {"title.en": title, "kind": "text"})
        made.append(answer.headers["Location"].rpartition("#item--")[2])
    one, two = made
    for item, slot, before, expected in (
        (one, SLOT, ITEM, ["One", "Stone terraces"]),
        (two, SLOT, ITEM, ["One", "Two", "Stone terraces"]),
        (ITEM, SLOT, two, ["One", "Stone terraces", "Two"]),
        (one, SLOT, "", ["Stone terraces", "Two", "One"]),
        (two, "", "", ["Stone terraces", "One"]),
        (one, SLOT, two, ["Stone terraces", "One"]),  # `two` is not in this slot any more
    ):
        values = {"do": f"place:{item}", f"to.{item}": slot, "before": before}
        assert send(client, visit("workshop_builder.show", workshop_id=WORKSHOP), HERE, values).status_code == 303
        page = visit("workshop_builder.show", workshop_id=WORKSHOP)
        assert "Moved:" in page.text
        session.expire_all()
        stood = [each for each in session.get_one(Workshop, WORKSHOP).items if each.slot_id == SLOT]
        assert [each.title.get("en", "Stone terraces") for each in stood] == expected
        session.rollback()


def test_what_somebody_else_took_out_cannot_be_moved_and_all_else_stands(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    gone = "0" * 24
    for values in (
        {"do": f"place:{gone}", f"to.{gone}": SLOT},
        {"do": f"place:{ITEM}", f"to.{ITEM}": gone},
        {"do": f"put:{gone}", "day": "1"},
        {"do": f"later:{gone}"},
    ):
        answer = send(client, visit("workshop_builder.show", workshop_id=WORKSHOP), HERE, values)
        assert answer.status_code == 422
        page = page_of(answer)
        assert "Someone else has already removed that item or session." in page.text
        assert order(page) == ["Walls"]
        assert page.by_id(f"item--{ITEM}").get("data-item") == ITEM


def test_a_slot_that_is_taken_out_leaves_its_items_in_the_basket(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    page = visit("workshop_slots.edit", workshop_id=WORKSHOP, slot_id=SLOT)
    asked = page_of(send(client, page, f"{HERE}/slots/{SLOT}", {"do": "remove"}))
    assert asked.heading == "Remove the session"
    assert "Only masons know this." in asked.text
    assert not asked.problems(app)
    assert session.get_one(Item, ITEM).slot_id == SLOT
    session.rollback()
    response = send(client, asked, f"{HERE}/slots/{SLOT}", {"do": "sure"})
    assert "Session removed. Its items are now in the basket." in visit(response.headers["Location"]).text
    session.expire_all()
    assert session.get_one(Item, ITEM).slot_id is None


def test_who_does_not_take_it_out_after_all_has_all_that_she_typed(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    for action, name in ((f"{HERE}/slots/{SLOT}", "text.en"), (f"{HERE}/items/{ITEM}", "text.en")):
        typed = {"do": "remove", name: "First line\n\nWhat *nobody* saved"}
        asked = page_of(send(client, visit(f"/en{action}"), action, typed))
        assert "Your unsaved text" in asked.text
        again = send(client, asked, action, {"do": "back"})
        assert again.status_code == 200
        assert page_of(again).by_id(name).text == "First line\n\nWhat *nobody* saved"
        assert send(client, page_of(again), action).status_code == 303
        assert "What *nobody* saved" in visit(f"/en{action}").html


def test_what_has_no_words_of_its_own_goes_with_one_press(
    client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    slot = add_slot(client, visit, "Break")
    for action in (f"{HERE}/slots/{slot}", f"{HERE}/items/{ITEM}"):
        assert send(client, visit(f"/en{action}"), action, {"do": "remove"}).status_code == 303
        visit(f"/en{action}", status=404)


def test_a_written_exercise_goes_only_when_it_was_asked(client: FlaskClient, visit: Visit, ana: User) -> None:
    page, typed = visit("workshop_items.new", workshop_id=WORKSHOP, slot=SLOT), {"title.en": "Quiz", "kind": "quiz"}
    response = send(client, page, f"{HERE}/items/new", typed)
    action = f"{HERE}/items/{response.headers['Location'].rpartition('#item--')[2]}"
    early = visit(f"/en{action}")
    asked = page_of(send(client, early, action, {"do": "remove"}))
    assert asked.heading == "Remove from the workshop"
    assert send(client, early, action, {"answers.en": "The second one."}).status_code == 303
    for page, button in ((early, "remove"), (asked, "sure")):
        late = send(client, page, action, {"do": button})
        assert late.status_code == 422
        assert "Someone else changed this text while you were editing." in page_of(late).text
        assert "The second one." in page_of(late).text
    asked = page_of(send(client, page_of(late), action, {"do": "remove"}))
    assert "The second one." in asked.text
    gone = send(client, asked, action, {"do": "sure"})
    assert "Item removed." in visit(gone.headers["Location"]).text
    visit(f"/en{action}", status=404)


def test_words_that_came_meanwhile_do_not_go_with_a_press_in_the_programme(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    early, action = visit("workshop_builder.show", workshop_id=WORKSHOP), f"{HERE}/items/{ITEM}"
    assert f"out:{ITEM}" in early.html
    send(client, visit(f"/en{action}"), action, {"title.en": "My walls"})
    late = send(client, early, HERE, {"do": f"out:{ITEM}"})
    assert late.status_code == 422
    assert "This item contains text that a trainer added. To remove the item, open it first." in page_of(late).text
    assert f"out:{ITEM}" not in page_of(late).html


def test_what_was_moved_is_said_and_takes_the_focus(client: FlaskClient, visit: Visit, ana: User) -> None:
    slot = add_slot(client, visit, "Is <it>?", day="1")

    def told(do: str, **values: str) -> str:
        response = send(client, visit("workshop_builder.show", workshop_id=WORKSHOP), HERE, {"do": do, **values})
        address, _hash, anchor = response.headers["Location"].partition("#")
        page = visit(address)
        assert page.by_id(anchor).get("tabindex") == "-1"
        return words_in(page.elements("div", role="status")[0]).strip()

    assert told(f"up:{slot}") == "Moved: Is <it>? now starts at 09:00."
    assert told(f"down:{slot}") == "Moved: Is <it>? now starts at 09:45."
    assert told(f"put:{slot}", before="", day="2") == "Moved: Is <it>? now starts on day 2 at 09:00."
    item = f"place:{ITEM}"
    assert told(item, **{f"to.{ITEM}": slot}) == "Moved: Stone terraces is now number 1 of 1 in the session “Is <it>?”."
    assert told(item, **{f"to.{ITEM}": ""}) == "Moved: Stone terraces is now number 1 of 1 in the basket."
    send(client, visit("workshop_builder.show", workshop_id=WORKSHOP), HERE, {"do": "add", "add": "tools/gate-slip"})
    assert told(f"later:{ITEM}") == "Moved: Stone terraces is now number 2 of 2 in the basket."


@pytest.mark.parametrize(
    "typed",
    [
        "naktinis-autobusas",
        "practices/naktinis-autobusas",
        "http://elsewhere.example/lt/practices/naktinis-autobusas?from=here#what",
        "/en/list?ids=naktinis-autobusas",
        "tools/gate-slip",
        "/en/tools/gate-slip",
    ],
)
def test_what_an_address_names_goes_into_the_basket(
    client: FlaskClient, visit: Visit, session: Session, ana: User, typed: str
) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": "add", "add": typed})
    assert response.status_code == 303, page_of(response).text
    found = session.get_one(Workshop, WORKSHOP).basket
    assert [item.record.partition("/")[2] for item in found] == [re.split("[/=]", typed.partition("?from")[0])[-1]]


def test_words_find_what_can_be_added(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": "add", "add": "letters to an address"})
    assert response.status_code == 200
    offered = page_of(response)
    assert "take:practices/letters-home" in offered.html
    assert offered.by_id("add").get("value") == "letters to an address"
    empty = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": "add", "add": " "})
    assert empty.status_code == 422


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.example.com/evil",
        "http://elsewhere.example/en/practices/of-others",
        "www.example.com",
        "example.com/evil",
        "javascript:/practices/stone-terraces",
        "/de/practices/nonsense",
        "/en/practices/nonsense",
        "practices/nonsense",
        "/en/list?ids=nonsense",
        "/en/about",
        "//",
    ],
)
def test_an_address_that_leads_to_nothing_is_told_so_and_stays_typed(
    client: FlaskClient, visit: Visit, session: Session, ana: User, typed: str
) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": "add", "add": typed})
    assert response.status_code == 422
    told = page_of(response)
    assert "No record on this site has this address." in told.texts("p", id="add--error")[0]
    assert told.by_id("add").get("value") == typed
    assert "Matches for your search" not in told.text
    assert session.get_one(Workshop, WORKSHOP).basket == []


@pytest.mark.parametrize(
    "typed", ["letters/address", "on/off", "police and/or courts", "e.g. letters", "letters: home"]
)
def test_words_with_a_stroke_are_words(client: FlaskClient, visit: Visit, ana: User, typed: str) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": "add", "add": typed})
    assert response.status_code == 200


def test_what_comes_of_adding_is_told_in_the_basket_and_nowhere_else(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    def told(do: str, typed: str = "") -> tuple[str, str | None]:
        page = visit("workshop_builder.show", workshop_id=WORKSHOP)
        assert [each.get("id") for each in page.elements("div", role="status")] == []
        form = next(each for each in page.elements("form") if any(one.get("id") == "add" for one in each.iter()))
        assert form.get("action", "").endswith("#told")
        response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": do, "add": typed})
        if response.status_code == 303:
            address, _hash, anchor = response.headers["Location"].partition("#")
            assert anchor == "told"
            page = visit(address)
        else:
            page = page_of(response)
        box = page.by_id("told")
        assert box.get("tabindex") == "-1"
        assert box in page.by_id("basket").iter()
        inside = list(box.iter())
        assert all(each in inside for role in ("status", "alert") for each in page.elements("div", role=role))
        return words_in(box).strip(), box.get("role")

    done = ("Added to the basket as a copy of the current text.", "status")
    assert told("add", "tools/gate-slip") == done
    words, role = told("add", "letters to an address")
    assert (words.startswith("Matches for your search"), role) == (True, "status")
    assert told("take:practices/letters-home") == done
    words, role = told("add", "qqqqqqqq")
    assert (words.startswith("No results for “qqqqqqqq”."), role) == (True, "status")
    words, role = told("add", "/en/practices/nonsense")
    assert (words.startswith("There is a problem"), role) == (True, None)
    words, role = told("take:practices/nonsense")
    assert ("The record practices/nonsense is not currently public" in words, role) == (True, None)
    assert told(f"out:{ITEM}") == ("Item removed.", "status")


def test_an_item_goes_from_slot_to_basket_and_back(
    client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    for slot_id in ("", SLOT):
        page = visit("workshop_builder.show", workshop_id=WORKSHOP)
        data = {"csrf_token": token(page), "do": f"place:{ITEM}", f"to.{ITEM}": slot_id}
        assert client.post(f"/en{HERE}", data=data).status_code == 303
        session.expire_all()
        assert session.get_one(Item, ITEM).slot_id == (slot_id or None)
        session.rollback()  # end the transaction before a request that writes


def test_nothing_moves_before_a_slot_was_chosen(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "Add to the programme" not in page.texts("option")  # every item is in a slot
    client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": f"place:{ITEM}", f"to.{ITEM}": ""})
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert page.texts("option")[0] == "Add to the programme"
    response = client.post(f"/en{HERE}", data={"csrf_token": token(page), "do": f"place:{ITEM}", f"to.{ITEM}": "-"})
    assert response.status_code == 422
    assert page_of(response).link("Select where to put the item.") == f"#to.{ITEM}"
    session.expire_all()
    assert session.get_one(Item, ITEM).slot_id is None


def test_a_retired_record_is_said_to_be_retired_and_what_followed_it(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore, ana: User
) -> None:
    own, theirs = "workshop_items.edit", "workshops.item"
    assert visit(theirs, key=WORKSHOP, item_id=ITEM).link("Read the current text")
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    retired = head.text.replace("status: published", "status: retired\nsuccessor: naktinis-autobusas")
    publish_text(session, store, retired, place)
    for page in (
        visit(own, workshop_id=WORKSHOP, item_id=ITEM),
        visit(theirs, key=WORKSHOP, item_id=ITEM),
    ):
        assert "This record has been retired" in page.text
        assert "Replaced by:" in page.text
        assert "/en/practices/naktinis-autobusas" in page.links()
        assert "Read the current text" not in page.text
        assert "/en/practices/stone-terraces" not in page.links()
    assert "This record has been retired" in visit("workshop_builder.show", workshop_id=WORKSHOP).text
    assert "Stone terraces" in visit(theirs, key=WORKSHOP, item_id=ITEM).text


def test_a_slot_has_one_place_from_which_something_is_added(client: FlaskClient, visit: Visit, ana: User) -> None:
    add_slot(client, visit, "Coffee", method="break")
    ways = [words_in(each) for each in visit("workshop_builder.show", workshop_id=WORKSHOP).elements("details")]
    (talk,) = [each for each in ways if each.startswith("Add: Walls")]
    (rest,) = [each for each in ways if each.startswith("Add: Coffee")]
    assert "Add your own text" in talk
    assert "Create an exercise" in talk
    assert "Add your own text" in rest
    assert "Create an exercise" not in rest


def test_boxes_are_as_high_as_their_texts_and_say_how_to_format_them(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    lines = "\n".join("| a | b |" for _line in range(20))
    page = visit("workshop_items.new", workshop_id=WORKSHOP, slot=SLOT)
    assert page.by_id("text.en").get("rows") == "14"
    wrong = page_of(send(client, page, f"{HERE}/items/new", {"text.en": lines, "answers.en": lines * 20}))
    assert wrong.by_id("text.en").get("rows") == "21"
    assert wrong.by_id("answers.en").get("rows") == "30"
    for each in (wrong, visit("workshop_slots.edit", workshop_id=WORKSHOP, slot_id=SLOT)):
        assert "You can use ### for headings, - for list items" in each.text
        assert "How to format text" in each.texts("summary")


def test_the_list_does_not_lie_over_the_work_and_can_be_emptied_once_it_is_in(visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    (bar,) = page.elements("aside", class_="collected")
    assert bar.get("data-away") is not None
    (offer,) = [each for each in page.elements("div") if each.get("data-collected-used") is not None]
    assert offer.get("data-collected-used") == "stone-terraces"
    assert offer.get("hidden") is not None
    (bar,) = visit("practices.index").elements("aside", class_="collected")
    assert bar.get("data-away") is None


def test_workshops_stand_in_the_menu_of_those_who_teach(visit: Visit, ana: User) -> None:
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    (menu,) = page.elements("nav", class_="nav")
    (here,) = [each for each in menu.iter("a") if each.get("aria-current")]
    assert (words_in(here), here.get("href")) == ("Workshops", "/en/trainer/workshops")


def test_readers_have_no_workshops_in_the_menu(visit: Visit) -> None:
    (menu,) = visit("workshops.index").elements("nav", class_="nav")
    assert "Workshops" not in words_in(menu)


def test_what_has_changed_since_is_shown_and_taken_on_request(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore, ana: User
) -> None:
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    publish_text(session, store, head.text.replace("title: Stone terraces", "title: Walls of stone"), place)
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "Record changed" in page.text
    assert "Stone terraces" in page.text
    page = visit("workshop_items.edit", workshop_id=WORKSHOP, item_id=ITEM)
    assert "Walls of" in " ".join(page.texts("ins"))
    response = send(client, page, f"{HERE}/items/{ITEM}", {"do": "update"})
    after = visit(response.headers["Location"].partition("#")[0])
    assert "Walls of stone" in after.text
    assert "Record changed" not in after.text


def test_own_words_stand_in_a_slot(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_items.new", workshop_id=WORKSHOP, slot=SLOT)
    wrong = send(client, page, f"{HERE}/items/new", {"text.en": "Who *calls* whom?"})
    assert wrong.status_code == 422
    again = page_of(wrong)
    response = send(client, again, f"{HERE}/items/new", {"title.en": "Case of the wall", "kind": "case"})
    built = visit(response.headers["Location"].partition("#")[0])
    assert "Case of the wall" in built.text
    shown = visit(visit("workshops.show", key=WORKSHOP).link("Case of the wall"))
    assert shown.texts("em") == ["calls"]


def test_another_trainer_finds_nothing(app: Flask, client: FlaskClient, visit: Visit, ana: User) -> None:
    client.post("/en/sign-out", data={"csrf_token": token(visit("workshop_builder.index"))})
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    for address in ("", "/outline", "/slots/new", f"/slots/{SLOT}", f"/items/{ITEM}", "/sharing", "/keep", "/export"):
        visit(f"/en{HERE}{address}", status=404)
    assert "After the storm" not in visit("workshop_builder.index").text


def token(page: Page) -> str:
    """Return the CSRF token of a page's forms."""
    return page.elements("input", name="csrf_token")[0].get("value", "")


@pytest.mark.parametrize(
    "record",
    ["practices/naktinis-autobusas", "tools/gate-slip", "countries/ee", "exercises/lost-key", "themes/referral"],
)
def test_a_record_goes_into_a_workshop_from_its_own_page(
    client: FlaskClient, visit: Visit, session: Session, ana: User, record: str
) -> None:
    kind, _slash, record_id = record.partition("/")
    shown = visit("profiles.show" if kind == "countries" else f"{kind}.show", record_id=record_id)
    page = visit(shown.link("Add to a workshop"))
    response = send(client, page, f"/take/{record}", {"workshop": WORKSHOP})
    assert (
        "Added to the basket as a copy of the current text."
        in visit(response.headers["Location"].partition("#")[0]).text
    )
    assert [item.record for item in session.get_one(Workshop, WORKSHOP).basket] == [record]
    assert "Workshops that use this record" in visit("workshop_taking.show", kind=kind, record_id=record_id).text


@pytest.mark.parametrize("record", ["practices/naktinis-autobusas", "tools/gate-slip"])
def test_a_workshop_is_begun_with_the_record_whose_page_led_there(
    client: FlaskClient, visit: Visit, session: Session, ana: User, record: str
) -> None:
    kind, _slash, record_id = record.partition("/")
    page = visit(visit("workshop_taking.show", kind=kind, record_id=record_id).link("New workshop"))
    wrong = page_of(send(client, page, NEW, {"title.en": ""}))
    response = send(client, wrong, NEW, {"title.en": "At the gate"})
    begun = response.headers["Location"].rpartition("/")[2]
    assert [item.record for item in session.get_one(Workshop, begun).basket] == [record]


def test_readers_are_offered_no_workshop_of_their_own(visit: Visit) -> None:
    assert "Add to a workshop" not in visit("practices.show", record_id="naktinis-autobusas").text


def test_the_self_check_is_added_in_the_languages_of_the_workshop(visit: Visit, ana: User) -> None:
    page = visit(f"/en{HERE}/items/new?slot={SLOT}&with=self-check")
    typed = page.elements("textarea", name="text.en")[0].text or ""
    assert "/en/self-check and answer for your unit" in typed
    assert "Give the file to the trainer if you want to" in typed
