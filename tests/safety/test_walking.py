"""The crawls of this folder miss no page and no form: their results are compared with the routes of the site."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.promises.test_routes import EXCEPTIONS
from tests.safety.walking import Walker, forms, pages, parameters, rules

pytestmark = pytest.mark.slow  # it fetches every page

# Routes without a page for a signed-in user whose draft was never in review, with the test that covers them.
NOT_SHOWN = {
    "account.sign_in": "tests/web/http/test_auth.py",
    "adapting.keep": "tests/web/tools/convert/test_keep.py",
    "missing.show": "tests/web/desk/test_views.py",
    "second_step.code": "tests/web/accounts/test_second_step.py",
}
# Downloaded files that are HTML, as pages are.
SHOWN_FILES = {"workshop_slides.take"}
# Routes whose form is on none of the crawled pages, with the test that sends it.
NO_FORM = {
    "account.sign_in_submit": "tests/web/http/test_auth.py",
    "adapting.keep_submit": "tests/web/tools/convert/test_keep.py",
    "attachments.insert_submit": "tests/web/attachments/test_views.py",
    "attachments.remove_submit": "tests/web/attachments/test_views.py",
    "autosaving.autosave_submit": "tests/web/editor/test_autosave.py",
    "translating.proposal_submit": "tests/web/editor/translation/test_proposal.py",
    "autosaving.text_submit": "tests/web/editor/translation/test_one_text.py",
    "desk.records_submit": "tests/web/desk/record_list/test_page.py",
    "changes.undo_submit": "tests/web/desk/test_spreadsheets.py",
    "discarded.back_submit": "tests/web/desk/test_views.py",
    "discarded.erase_submit": "tests/web/desk/test_views.py",
    "follow.show_submit": "tests/web/following/test_views.py",
    "missing.submit": "tests/web/desk/test_views.py",
    "previewing.row_submit": "tests/web/editor/form/test_left_out_rows.py",
    "previewing.section_submit": "tests/web/editor/test_preview.py",
    "sourcing.lookup_submit": "tests/web/editor/test_new_source.py",
    "reviewing.submit": "tests/web/desk/test_review.py",
    "revisions.restore_submit": "tests/web/desk/test_history.py",
    "second_step.code_submit": "tests/web/accounts/test_second_step.py",
    "tickets.ask_submit": "tests/web/accounts/test_one_time_links.py",
    "tickets.redeem_submit": "tests/web/accounts/test_one_time_links.py",
    "workshop_feedback.submit": "tests/web/workshops/public/test_feedback.py",
}


def endpoints(app: Flask, paths: Iterable[str], method: str) -> set[str]:
    """Return the endpoints of these paths."""
    known = app.url_map.bind("localhost")
    return {str(known.match(urlsplit(path).path, method=method)[0]) for path in paths}


def test_the_walk_finds_every_page_and_every_form(app: Flask, client: FlaskClient, walker: Walker) -> None:
    found = list(pages(app, client))
    shown = endpoints(app, (page.address for page in found), "GET")
    files = EXCEPTIONS.keys() - SHOWN_FILES
    assert shown == {rule.endpoint for rule in rules(app, "GET")} - files - NOT_SHOWN.keys()
    sent = endpoints(app, (form.path for form in forms(found) if form.method == "post"), "POST")
    assert sent == {rule.endpoint for rule in rules(app, "POST")} - NO_FORM.keys()
    fields = {name for form in forms(found) for name in form.typed}
    assert fields <= {*parameters(found)}
