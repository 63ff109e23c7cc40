"""A search for a support service leads to it; a search for its area leads to the area."""

from __future__ import annotations

from tests.page import Visit


def test_a_service_is_a_result_of_its_own(visit: Visit) -> None:
    page = visit("/en/search?q=lamp+house")
    assert page.link("Lamp House") == "/en/organisations/lt-ku/lamp"
    assert "Kaunas County" in page.text
    short = visit("/en/search?q=LH+Kaunas")
    assert short.link("Lamp House") == "/en/organisations/lt-ku/lamp"


def test_a_search_for_the_area_leads_to_all_its_services(visit: Visit) -> None:
    page = visit("/en/search?q=Kaunas")
    assert page.link("Kaunas County") == "/en/organisations/lt-ku"
    assert "/en/organisations/lt-ku/lamp" not in page.links()
