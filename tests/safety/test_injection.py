"""SQL metacharacters in every parameter, URL part and form field cause no error and change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.config import Settings
from tests.page import address_of
from tests.promises.test_routes import values_of
from tests.safety.walking import Walker, addresses, crawl, files, places, rows, rules

pytestmark = pytest.mark.slow

SIGNS = (
    "' OR '1'='1' --",
    "'; DROP TABLE revision; --",
    '" UNION SELECT email, password_hash FROM person --',
    "1); DELETE FROM draft; --",
    "%' ESCAPE '\\",
    "\\'; SELECT pg_sleep(9) --",
    "${jndi:x} {{7*7}} %(title)s %s {0.__class__}",
)
# Ends any quoted text, number, list, pattern and template: any code that interprets it fails.
ENDS_ANYTHING = "'\"`)]}); -- %\\ ${7*7} {{7*7}} %(title)s {0.__class__}"
TURNS = 3  # each name meets all of them somewhere, and nearly half of them at each URL
ATTEMPTS = ("sign_in_attempt", "suggestion_attempt", "presence", "notification_state")  # only count visits


def test_signs_of_sql_in_every_parameter_and_place_of_an_address_change_nothing(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, settings: Settings
) -> None:
    check_addresses(app, client, session, settings, [ENDS_ANYTHING], names=crawl(app, client).typical)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(TURNS))
def test_so_it_is_with_every_sign(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, settings: Settings, turn: int
) -> None:
    """Each name carries another payload at each URL and in each turn."""
    check_addresses(app, client, session, settings, SIGNS, names=crawl(app, client).names, turn=turn)


def check_addresses(
    app: Flask,
    client: FlaskClient,
    session: Session,
    settings: Settings,
    signs: Sequence[str],
    *,
    names: Sequence[str],
    turn: int = 0,
) -> None:
    before, texts = rows(session, besides=ATTEMPTS), files(settings.content)
    for number, address in enumerate(addresses(app, "GET")):
        carried = {name: signs[(number + place + turn) % len(signs)] for place, name in enumerate(names)}
        assert client.get(f"{address}?{urlencode(carried)}").status_code < 500, address
    for number, rule in enumerate(rules(app, "GET")):
        for place in places(rule):
            values = {**values_of(rule), place: signs[(number + turn) % len(signs)]}
            address = address_of(app, rule.endpoint, language="en", **values)
            assert client.get(address).status_code in (200, 301, 303, 404), address
    assert rows(session, besides=ATTEMPTS) == before
    assert files(settings.content) == texts


# For a form with many fields, only this many buttons and fields are tried on their own.
@pytest.mark.parametrize(
    ("signs", "fields_alone", "buttons_alone"),
    [
        pytest.param(ENDS_ANYTHING, 4, 3, id="what-ends-anything"),
        *(pytest.param(each, 11, 4, marks=pytest.mark.long) for each in (ENDS_ANYTHING, *SIGNS)),
    ],
)
def test_signs_of_sql_in_every_field_take_nothing_out_of_the_log_and_change_nobody_else(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, signs: str, fields_alone: int, buttons_alone: int
) -> None:
    found = [form for form in crawl(app, client).forms if form.method == "post"]
    before = rows(session)
    for form in found:
        names = form.typed if len(form.typed) <= fields_alone else ("title", "note", "f.title", "text")
        buttons = form.buttons[:buttons_alone] or (None,)
        each_alone = [((name,), buttons[0]) for name in names if name in form.typed]
        for fields, button in [*(((), button) for button in buttons), *each_alone]:
            answer = walker.post(form.action, form.filled(signs, *fields, button=button))
            assert answer.status_code < 500, (form.action, fields, button)
    after = rows(session)
    for name in ("change", "revision", "blob"):
        assert before[name] <= after[name], name
    assert len(after["person"]) == len(before["person"])
