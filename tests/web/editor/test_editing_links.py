"""A person whose role reaches goes from the public page of a record to its editor, history and desk."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.accounts.model import Role
from tests.page import Visit
from tests.web.people import EMAIL, sign_in

PAGE = "/en/practices/stone-terraces"


def test_a_curator_edits_the_page_that_is_open(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    page = visit(PAGE)
    assert page.link("Edit") == "/en/editor/practices/stone-terraces/source"
    assert page.link("History") == "/en/history/practices/stone-terraces"
    italian = visit("/it/practices/stone-terraces")
    assert "/it/editor/practices/stone-terraces/it" in italian.links()


@pytest.mark.parametrize("role", [None, Role.TRAINER])
def test_readers_and_trainers_are_offered_nothing(
    app: Flask, client: FlaskClient, visit: Visit, role: Role | None
) -> None:
    if role is not None:
        sign_in(app, client, EMAIL, role)
    assert not any("/editor/" in each or "/desk/" in each for each in visit(PAGE).links())
