"""Public workshops in search results."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.extensions import db
from kb.kinds.exercise.work_methods import WorkMethod
from kb.workshops.model import Slot, Visibility, Workshop
from kb.workshops.public_search.search_index import WorkshopIndex
from tests.house import NOW, WORKSHOP
from tests.page import Page, Visit
from tests.web.people import sign_in


def group(page: Page) -> list[str]:
    return [each.get("href", "") for each in page.elements("a") if f"/workshops/{WORKSHOP}" in each.get("href", "")]


def kinds(page: Page) -> dict[str, str]:
    return {
        each.get("value", ""): "checked" if each.get("checked") is not None else ""
        for each in page.elements("input", name="kind", type="checkbox")
    }


@pytest.mark.parametrize("words", ["storm", "storms", "masons", "where it slips", "audra", "po audros", "Walls storm"])
def test_a_workshop_stands_in_a_group_of_its_own(visit: Visit, words: str) -> None:
    page = visit("search.index", q=words)
    assert group(page) == [f"/en/workshops/{WORKSHOP}"]
    assert "Workshops" in page.texts("h2")
    assert page.texts("h3").count("After the storm") == 1


def test_it_is_counted_with_what_else_was_found(visit: Visit) -> None:
    page = visit("search.index", q="storm")
    assert page.heading == "2 results for “storm”"
    assert kinds(page) == {"themes": "", "workshops": ""}
    assert page.texts("mark") == ["storm", "storm"]
    assert page.link("1 workshop") == "#h--workshops"


def test_where_nothing_else_fits_it_is_the_result(visit: Visit) -> None:
    page = visit("search.index", q="storm masons")
    assert page.heading == "1 result for “storm masons”"
    assert group(page)
    assert "No results." not in page.text


def test_one_can_look_for_workshops_alone(visit: Visit) -> None:
    page = visit("search.index", kind="workshops")
    assert page.heading == "1 result"
    assert kinds(page)["workshops"] == "checked"
    assert page.elements("li", **{"class": "hit"})[0].find(".//a").get("href") == group(page)[0]  # type: ignore[union-attr]
    assert not page.elements("input", name="area")
    assert visit("search.index", kind="workshops", q="storm").heading == "1 result for “storm”"
    nothing = visit("search.index", kind="workshops", q="unicorn")
    assert nothing.heading == "0 results for “unicorn”"
    assert "No results." in nothing.text
    assert "Feed of new results" not in nothing.text


def test_filters_that_workshops_have_no_facts_for_leave_them_out(visit: Visit) -> None:
    for filters in ("country=PT", "kind=themes", "area=referral&kind=workshops"):
        assert not group(visit(f"/en/search?q=storm&{filters}"))
    assert group(visit("search.index", q="storm", kind=["themes", "workshops"]))
    assert not group(visit("search.index", q="storm", page="2"))


def test_what_asks_for_nothing_or_finds_no_workshop_asks_the_database_for_nothing(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    visit("search.index", q="storm")  # from now on the words are cached
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    for address in (
        "/en/search",
        "/en/search?q=terraces",
        "/en/search?kind=practices&q=storm",
        "/en/search.atom?q=storm",
    ):
        assert client.get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    assert statements == []


def test_a_page_that_names_a_workshop_is_kept_nowhere_and_any_other_as_before(client: FlaskClient) -> None:
    client.get("/en/search?q=storm")
    assert client.get("/en/search?q=storm").headers["Cache-Control"] == "no-store"
    first = client.get("/en/search?q=terraces")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/en/search?q=terraces", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_that_names_none_is_made_anew_once_one_is_opened(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PRIVATE
    session.commit()
    client.get("/en/search?q=audra")
    etag = client.get("/en/search?q=audra").headers["ETag"]
    elsewhere = client.get("/en/practices").headers["ETag"]
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PUBLIC
    session.commit()
    app.extensions["public workshops"].refresh(session)  # as the follower does every five seconds
    response = client.get("/en/search?q=audra", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert WORKSHOP in response.get_data(as_text=True)
    assert client.get("/en/practices", headers={"If-None-Match": elsewhere}).status_code == 304


def test_who_is_signed_in_finds_at_once_what_she_opened(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.visibility = Visibility.PRIVATE
    session.commit()
    sign_in(app, client, "ana@example.org", Role.TRAINER)
    assert not group(visit("search.index", q="storm"))
    workshop.visibility = Visibility.PUBLIC
    session.commit()
    assert group(visit("search.index", q="storm"))


def test_a_trainer_does_not_find_her_own_private_one_either(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    """The search is the same for all users; her own workshops are under “Your workshops”."""
    user_id = sign_in(app, client, "ana@example.org", Role.TRAINER)
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.visibility, workshop.owner_id = Visibility.PRIVATE, user_id
    session.commit()
    assert not group(visit("search.index", q="storm"))


def test_the_search_works_without_the_database(
    app: Flask, client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    monkeypatch.setattr(WorkshopIndex, "find", broken)
    page = visit("search.index", q="storm")
    assert page.heading == "1 result for “storm”"
    assert page.headers["Cache-Control"] == "no-store"
    assert visit("search.index", kind="workshops").heading == "0 results"


def a_workshop(number: int) -> Workshop:
    slot = Slot(position=0, minutes=45, method=WorkMethod.TALK, title={}, text={}, materials={}, trainer_notes={})
    return Workshop(
        title={"en": f"Lesson {number}"},
        audience={},
        aims={"en": "Lighthouse " * 100},
        language="en",
        visibility=Visibility.PUBLIC,
        created=NOW,
        changed=NOW,
        slots=[slot],
    )


def test_many_have_pages(visit: Visit, session: Session) -> None:
    session.add_all([a_workshop(number) for number in range(25)])
    session.commit()
    page = visit("search.index", q="lighthouse")
    assert page.heading == "25 results for “lighthouse”"
    assert len(page.elements("li", **{"class": "hit"})) == 5
    alone = visit(page.link("25 workshops"))
    assert len(alone.elements("li", **{"class": "hit"})) == 8
    assert len(visit(alone.link("4")).elements("li", **{"class": "hit"})) == 1


def test_aims_in_a_row_are_kept_apart(visit: Visit, session: Session) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.audience, workshop.aims = {}, {"en": "See where it slips\nMend it"}
    session.commit()
    assert "See where it slips; Mend it" in visit("search.index", q="storm").text


def test_what_trainers_write_is_never_markup(visit: Visit, session: Session) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.title, workshop.place = {"en": '<script>storm</script> "x'}, "<b>"
    session.commit()
    page = visit("search.index", q="storm script")
    assert "<script>storm" not in page.html
    assert '<script>storm</script> "x' in page.texts("h3")
