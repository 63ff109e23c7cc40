"""No page for readers links to a missing page of this site: from each page, one link of every kind is followed.

`tests/page.py` checks on every visited page that the routes of links exist. These tests check that the linked record
or item exists too.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.pages import MORE, PAGES
from tests.page import Page


def ways_from(app: Flask, client: FlaskClient, address: str) -> Iterator[tuple[str, str]]:
    """Yield the first link to each kind of page, unless the page itself is not in the sample."""
    answer = client.get(address)
    if answer.status_code != 200:
        return
    router = app.url_map.bind("localhost")
    kinds: set[str] = set()
    for link in Page(answer.get_data(as_text=True), address, {}).links():
        parts = urlsplit(link)
        if parts.netloc or not parts.path.startswith("/en/"):
            continue
        kind = str(router.match(parts.path)[0])
        if kind not in kinds:
            kinds.add(kind)
            yield address, parts.path


@pytest.mark.slow
def test_no_link_leads_to_a_page_that_is_not_there(app: Flask, client: FlaskClient) -> None:
    pages = [f"/en{address}" for address in {**PAGES, **MORE}.values()]
    followed = {path: address for page in pages for address, path in ways_from(app, client, page)}
    assert len(followed) > len(pages)
    assert [(address, path) for path, address in followed.items() if client.get(path).status_code >= 400] == []
