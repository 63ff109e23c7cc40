"""Review in the browser: from the editor to the desk of a colleague, and to readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.editing.forms.presence import be_present
from kb.history import log
from kb.history.model import Draft, DraftOrigin, Stage
from kb.publishing.actions import Edit
from kb.publishing.approved_drafts import publish_approved
from kb.publishing.drafts import save_draft
from kb.publishing.review import approve, return_draft, submit
from kb.publishing.review_guards import mark_of
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
AUTHOR, REVIEWER, PUBLISHER = "author@example.org", "reviewer@example.org", "publisher@example.org"
EDITOR = "/practices/stone-terraces/source"
As = Callable[..., int]


@pytest.fixture
def as_(app: Flask, client: FlaskClient) -> As:
    """Return a function that signs in another user in place of the current one."""

    def become(email: str, *roles: Role) -> int:
        client.delete_cookie("praxis")
        return sign_in(app, client, email, *roles)

    return become


def in_review(session: Session, store: ContentStore, title: str = "Dry terraces", author: User | None = None) -> int:
    author = author or a_curator(session, "ben@example.org", Role.CONTRIBUTOR)
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    text = head.text.replace("title: Stone terraces", f"title: {title}")
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    draft = save_draft(session, author, edit, note="A better title", now=NOW)
    return submit(session, store, author, draft.id, now=NOW).id


def a_proposal(session: Session) -> Draft:
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    proposal = Draft(
        record=PLACE.record,
        part=PLACE.part,
        text=head.text.replace("title: Stone", "title: Dry"),
        base_number=head.number,
        base_fingerprint=head.fingerprint,
        origin=DraftOrigin.SUGGESTION,
        stage=Stage.REVIEW,
        created=NOW - timedelta(days=3),
        updated=NOW,
    )
    session.add(proposal)
    session.commit()
    return proposal


def review(client: FlaskClient, visit: Visit, number: int, do: str, **changes: str) -> Page:
    return page_of(send(client, visit("reviewing.show", draft_id=number), f"/review/{number}", {"do": do, **changes}))


def draft(session: Session, number: int) -> Draft:
    session.rollback()  # to read what the application has written
    session.expire_all()
    return session.get_one(Draft, number)


def test_from_the_editor_to_a_colleague_to_a_publisher_to_readers(
    as_: As, client: FlaskClient, visit: Visit, session: Session
) -> None:
    as_(AUTHOR, Role.CONTRIBUTOR)
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    assert "Publish" not in editor.texts("button")
    response = send(client, editor, EDITOR, {"do": "review", "f.title": "Dry terraces", "note": "A better title"})
    page = visit(response.headers["Location"])
    assert "In review" in page.text
    assert (page.texts("ins"), page.texts("del")) == (["Dry"], ["Stone"])
    number = session.scalars(select(Draft.id)).one()
    as_(REVIEWER, Role.CURATOR)
    assert "Waiting for your review 1" in visit("desk.index").texts("h2")
    assert "A better title" in visit("reviewing.show", draft_id=number).text
    review(client, visit, number, "approve", text="Well said.")
    assert "Approved by Ana Costa" in visit("reviewing.show", draft_id=number).text
    assert visit("practices.show", record_id="stone-terraces").heading == "Stone terraces"
    as_(PUBLISHER, Role.PUBLISHER)
    assert "Approved, not published yet" in visit("desk.index").text
    review(client, visit, number, "publish")
    assert visit("practices.show", record_id="stone-terraces").heading == "Dry terraces"
    record = visit("desk.record", kind="practices", record_id="stone-terraces")
    assert "approved by Ana Costa" in record.text
    assert "Well said." in record.text
    assert "approved by Ana Costa" in visit("revisions.index", kind="practices", record_id="stone-terraces").text


def test_a_draft_comes_back_with_a_reason_and_is_sent_again(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    author = session.get_one(User, as_(AUTHOR, Role.CONTRIBUTOR))
    number = in_review(session, store, author=author)
    as_(REVIEWER, Role.CURATOR)
    page = review(client, visit, number, "return")
    assert "Enter a reason for returning the draft. What has to change?" in page.text
    review(client, visit, number, "return", text="Which year?")
    as_(AUTHOR, Role.CONTRIBUTOR)
    desk = visit("desk.index")
    assert "Returned to you 1" in desk.texts("h2")
    assert "Which year?" in desk.text
    editor = visit(desk.link("Open in the editor: Stone terraces"))
    assert "Ana Costa has returned this draft." in editor.text
    send(client, editor, EDITOR, {"do": "review", "f.title": "Dry terraces of 2023"})
    assert draft(session, number).stage == Stage.REVIEW
    assert "Returned to you 1" not in visit("desk.index").texts("h2")


def test_what_was_typed_about_a_draft_that_is_gone_from_review_is_not_lost(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    number = in_review(session, store)
    as_(REVIEWER, Role.CURATOR)
    page = visit("reviewing.show", draft_id=number)
    return_draft(session, store, a_curator(session, "c@example.org", Role.CURATOR), number, reason="No", now=NOW)
    response = send(client, page, f"/review/{number}", {"do": "comment", "text": "A long thought"})
    assert response.status_code == 422
    assert "A long thought" in page_of(response).text
    assert client.get(f"/en/review/{number}").status_code == 403


def test_a_reviewer_is_shown_what_is_better_looked_at_again_and_each_finding_once(
    as_: As, visit: Visit, session: Session, store: ContentStore
) -> None:
    author, head = a_curator(session, "ben@example.org", Role.CONTRIBUTOR), log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    row = "  - {id: s9, title: Walls, address: https://example.org/9, kind: report, accessed: 2026-11-24}"
    text = head.text.replace("sources:\n", f"sources:\n{row}\n", 1)
    text = text.replace("{#what}\n\n", "{#what}\n\nRing Ana at +351 912 345 678.[^s1]\n\n", 1)
    kept = save_draft(session, author, Edit(PLACE, text, head.number, head.fingerprint), now=NOW)
    number = submit(session, store, author, kept.id, now=NOW).id
    as_(REVIEWER, Role.CURATOR)
    page = visit("reviewing.show", draft_id=number)
    assert "Check the following" in page.text
    assert "What it is: “+351 912 345 678” looks like a phone number." in page.text
    assert page.text.count("The source s9 is not cited.") == 1


def test_a_draft_in_writing_is_nobody_elses_and_strangers_see_none(
    as_: As, client: FlaskClient, session: Session, store: ContentStore
) -> None:
    number = in_review(session, store)
    as_("translator@example.org", Role.TRANSLATOR)
    for address in (f"/en/review/{number}", f"/en/review/{number}/preview"):
        assert client.get(address).status_code == 403
    assert client.get("/en/review/999").status_code == 404


def test_a_time_is_set_in_words_that_are_checked(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    number = in_review(session, store)
    approve(
        session,
        store,
        a_curator(session, "c@example.org", Role.CURATOR),
        number,
        seen=mark_of(draft(session, number)),
        now=NOW,
    )
    as_(PUBLISHER, Role.PUBLISHER)

    def set_time(day: str, time: str) -> Page:
        page = visit("reviewing.show", draft_id=number)
        form = next(each for each in page.elements("form") if any(part.get("name") == "day" for part in each.iter()))
        data = {part.get("name", ""): part.get("value", "") for part in form.iter("input")}
        return page_of(client.post(form.get("action", ""), data={**data, "do": "schedule", "day": day, "time": time}))

    assert "Enter a date, for example 2026-11-30." in set_time("tomorrow", "08:30").text
    assert "This date or time does not exist." in set_time("2027-02-30", "08:30").text
    assert "Select a date and time in the future." in set_time("2026-11-25", "11:00").text
    page = set_time("x", "late")
    assert page.elements("input", name="time")[0].get("value") == "late"
    set_time("2027-01-31", "08:30")
    assert draft(session, number).due is not None
    page = visit("reviewing.show", draft_id=number)
    assert "This draft will be published automatically at the scheduled time." in page.text
    assert "31 Jan 2027, 08:30 UTC" in page.text
    review_form = next(
        form for form in page.elements("form") if "Cancel scheduled publication" in "".join(form.itertext())
    )
    data = {part.get("name", ""): part.get("value", "") for part in review_form.iter("input")}
    client.post(review_form.get("action", ""), data={**data, "do": "unschedule"})
    assert draft(session, number).due is None


def test_a_text_that_moved_says_so_and_offers_no_approval(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    number, other = in_review(session, store), in_review(session, store, "Other terraces")
    as_(PUBLISHER, Role.PUBLISHER)
    page = visit("reviewing.show", draft_id=number)
    curator = a_curator(session, "c@example.org", Role.PUBLISHER)
    seen = mark_of(draft(session, other))
    approve(session, store, curator, other, seen=seen, now=NOW)
    publish_approved(session, store, curator, other, seen=seen, now=NOW)
    response = send(client, page, f"/review/{number}", {"do": "approve", "text": "Fine"})
    assert response.status_code == 409
    page = page_of(response)
    assert "The public text has changed since this draft was started." in page.text
    assert "Approve" not in page.texts("button")
    assert page.elements("textarea", name="text")[0].text == "Fine"


def test_with_four_eyes_the_editor_offers_no_publication_and_authors_wait(
    app: Flask, as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    app.config["FOUR_EYES"] = True
    author = session.get_one(User, as_(PUBLISHER, Role.PUBLISHER))
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    assert "Publish" not in editor.texts("button")
    response = send(client, editor, EDITOR, {"do": "publish", "f.title": "Dry terraces"})
    assert response.status_code == 422
    assert "On this site, a second person approves every text before publication." in page_of(response).text
    number = in_review(session, store, author=author)
    page = visit("reviewing.show", draft_id=number)
    assert "You wrote this text. A second person must approve it." in page.text
    assert "Approve" not in page.texts("button")
    assert "Waiting for your review 1" not in visit("desk.index").texts("h2")
    retire = visit("editor.retire", kind="practices", record_id="stone-terraces")
    assert "Enter a reason. The reason appears in the history." in page_of(send(client, retire, "/retire")).text


def test_a_text_that_somebody_may_not_publish_is_kept_and_not_lost(
    as_: As, client: FlaskClient, visit: Visit, session: Session
) -> None:
    as_(AUTHOR, Role.CONTRIBUTOR)
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    response = send(client, editor, EDITOR, {"do": "publish", "f.title": "Dry terraces"})
    assert response.status_code == 422
    assert "You do not have permission to publish this text." in page_of(response).text
    assert "title: Dry terraces" in session.scalars(select(Draft.text)).one()


def test_a_draft_in_review_says_so_in_the_editor_and_a_change_takes_it_back(
    as_: As, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    number = in_review(session, store, author=session.get_one(User, as_(AUTHOR, Role.CONTRIBUTOR)))
    editor = visit(f"/en/editor{EDITOR}?draft={number}")
    assert "This draft is in review." in editor.text
    send(client, editor, EDITOR, {"do": "save"})
    assert draft(session, number).stage == Stage.REVIEW
    send(client, editor, EDITOR, {"do": "save", "f.title": "Drier terraces"})
    assert draft(session, number).stage == Stage.WRITING


def test_a_reader_proposal_is_taken_over(as_: As, client: FlaskClient, visit: Visit, session: Session) -> None:
    proposal = a_proposal(session)
    as_(AUTHOR, Role.CONTRIBUTOR)
    assert client.get(f"/en/desk/drafts/{proposal.id}").status_code == 403
    user = as_(REVIEWER, Role.CURATOR)
    assert "Waiting for your review 1" in visit("desk.index").texts(
        "h2"
    )  # drafts of deleted authors are in no other list
    assert "By someone without an account" in visit("reviewing.show", draft_id=proposal.id).text
    review(client, visit, proposal.id, "take-over")
    assert draft(session, proposal.id).author_id == user
    assert "Your drafts" in visit("desk.index").text


def test_with_four_eyes_one_approves_a_readers_text_and_another_publishes_it(
    app: Flask, as_: As, client: FlaskClient, visit: Visit, session: Session
) -> None:
    app.config["FOUR_EYES"] = True
    number = a_proposal(session).id
    as_(PUBLISHER, Role.PUBLISHER)
    page = visit("reviewing.show", draft_id=number)
    assert "One person must approve the text, and another must publish it." in page.text
    assert "Approve" in page.texts("button")
    assert "Approve and publish" not in page.texts("button")
    review(client, visit, number, "approve")
    page = visit("reviewing.show", draft_id=number)
    assert "One person must approve the text, and another must publish it." in page.text
    assert "Publish now" not in page.texts("button")
    as_("second@example.org", Role.PUBLISHER)
    page = visit("reviewing.show", draft_id=number)
    assert "Publish now" in page.texts("button")
    review(client, visit, number, "publish")
    assert session.get(Draft, number, populate_existing=True) is None


def test_a_draft_is_shown_as_readers_would_see_it(as_: As, visit: Visit, session: Session, store: ContentStore) -> None:
    number = in_review(session, store)
    as_(REVIEWER, Role.CURATOR)
    page = visit(visit("reviewing.show", draft_id=number).link("Preview"))
    assert page.heading == "Dry terraces"
    assert "This is a draft. Readers cannot see it yet." in page.text


def test_who_else_has_a_text_open_is_said_and_nobody_is_stopped(
    as_: As, client: FlaskClient, visit: Visit, session: Session
) -> None:
    be_present(session, a_curator(session, "ben@example.org"), PLACE, NOW)
    as_(AUTHOR, Role.CONTRIBUTOR)
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    assert "Curator also has this text open and may be editing it." in editor.text
    assert send(client, editor, EDITOR, {"do": "save", "f.title": "Dry terraces"}).status_code == 303


def test_what_keeps_a_text_from_readers_stands_first_and_names_its_field(
    as_: As, client: FlaskClient, visit: Visit
) -> None:
    as_(AUTHOR, Role.CONTRIBUTOR)
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    page = visit(
        send(client, editor, EDITOR, {"do": "review", "f.summary": "", "f.countries": ["PT", "", ""]}).location
    )
    assert page.text.index("Fix these errors before publishing.") < page.text.index(
        "Differences between the current text and the draft"
    )
    assert "Summary: " in page.text
    assert "Line " not in page.text
    assert "Countries Portugal, Italy" in page.text.replace("\n", " ")
