"""Every public address of the last release answers as before, or leads on in one step.

The list is of 30 November 2026. Papers, QR codes and other sites hold these addresses, so a line is never removed.
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ADDRESSES = """
/ /en/ /healthz /robots.txt /oembed /sitemap.xml /sitemap-1.xml /sitemap-workshops.xml /en/sign-in /en/forgotten
/en/forgotten/asked /en/welcome /en/practices /en/practices/stone-terraces /en/practices/stone-terraces/changes
/en/practices/stone-terraces/cite /en/practices/stone-terraces/versions/1 /en/practices/stone-terraces.bib
/en/practices/stone-terraces.ris /en/practices/stone-terraces.csl.json /p/stone-terraces /p/stone-terraces/1
/en/embed/practices/stone-terraces /files/practices/stone-terraces/c46d44ff366894c5/slope.png
/en/take/practices/stone-terraces.docx /en/take/practices/stone-terraces.odt /en/compare /en/take/compare.docx
/en/list /en/list/edit /en/list.md /en/list.csv /en/take/list.docx /en/countries /en/countries/ee
/en/countries/ee/situation /en/countries/side-by-side /en/countries/extent /en/take/countries/ee.docx
/en/take/side-by-side.docx /en/help /en/help/ee /en/tools /en/tools/gate-slip /en/tools/gate-slip/family
/en/tools/gate-slip/convert /en/adaptations/gate-slip-ee /en/adaptations/gate-slip-ee/convert /en/downloads
/en/downloads.csv /en/themes /en/themes/referral /en/terms /en/terms/risk-assessment /en/rights /en/rights/vrd
/en/rights/vrd/1 /en/gaps /en/gaps.csv /en/search /en/search.atom /en/search/values /en/search/languages
/en/search/suggest /en/take/search.docx /en/pages/about /en/exercises /en/exercises/lost-key /en/suggest/practice
/en/suggest/practices/stone-terraces/what /en/workshops /en/workshops/with/practices/stone-terraces
"""
# Without parameters there is nothing to show, or to make a file of.
_ASKS = {"/oembed": 422, "/en/take/compare.docx": 303, "/en/take/side-by-side.docx": 303}


@pytest.mark.parametrize("address", ADDRESSES.split())
def test_an_address_of_the_last_release_answers_or_leads_on_in_one_step(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    if address in _ASKS:
        assert response.status_code == _ASKS[address]
        return
    if response.status_code in (301, 302, 303):
        response = client.get(response.headers["Location"])
    assert response.status_code == 200
