"""The pages of law that a search is offered."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.web.rights.search_offers import law_offers


@pytest.mark.parametrize(
    ("text", "recognised", "addresses"),
    [
        ("article 8", (), ["/en/rights/vrd/8"]),
        ("Article 22 directive", (), ["/en/rights/vrd/22"]),
        ("8 straipsnis", (), ["/en/rights/vrd/8"]),
        ("articles 8 and 9 of the directive", (), ["/en/rights/vrd/8", "/en/rights/vrd/9"]),
        ("gdpr", ("gdpr",), ["/en/rights/gdpr"]),
        ("gdpr art 6", ("gdpr:6",), ["/en/rights/gdpr/6"]),
        ("article 999", (), []),
        ("article about shelters", (), []),
        ("anything", ("nowhere:1",), []),
        ("", (), []),
    ],
)
def test_a_search_that_names_law_is_offered_its_page(
    app: Flask, text: str, recognised: tuple[str, ...], addresses: list[str]
) -> None:
    with app.test_request_context("/en/search"):
        assert [each.address for each in law_offers(text, recognised)] == addresses
