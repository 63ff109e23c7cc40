from __future__ import annotations

from flask.testing import FlaskClient

from tests.page import Page, Visit, words

TWO = "stone-terraces,letters-home"
FOUR = f"{TWO},ask-first,naktinis-autobusas"


def rows(page: Page) -> dict[str, list[str]]:
    """Return the cells of each row by the text of its row header."""
    found = {}
    for row in page.elements("tr"):
        heads = [each for each in row.iter("th") if each.get("scope") == "row"]
        if heads:
            found[words(heads[0])] = [words(cell) for cell in row.iter("td")]
    return found


def test_two_practices_stand_side_by_side(visit: Visit) -> None:
    page = visit("compare.show", ids=TWO)
    assert page.heading == "2 practices compared"
    assert page.texts("th", scope="col")[:2] == ["A Stone terraces", "B Letters to the home address"]
    found = rows(page)
    assert found["Countries ≠values differ"] == ["Portugal Italy", "Romania"]
    assert found["Strength of evidence ≠values differ"] == ["E3 evaluated", "E1 described"]
    assert found["Time limits"] == ["3 days First call", "Not known"]
    assert found["Key figures"] == ["12 % more people who came back (2018–2022)", "Not known"]
    assert found["Conflict with victims’ rights or data protection law"] == [
        "None found",
        "The letter reached the person suspected first.",
    ]
    assert found["Next review ?not known for some practices"] == ["Not known", "Review overdue since 25 August 2026"]
    assert found["Results"] == ["More people came back. Some walls fell. Continue reading: Results", "Not known"]
    assert found["Sources ≠values differ"] == ["2", "1"]
    assert found["Text status"] == ["Original, drafted by AI"] * 2
    assert page.elements("meta", name="robots")[0].get("content") == "noindex, nofollow"


def test_each_table_has_a_caption_and_heads_for_rows_and_columns(visit: Visit) -> None:
    page = visit("compare.show", ids=FOUR)
    assert page.texts("caption")[:3] == ["Edit the comparison", "Overview", "Evidence and transferability"]
    assert page.texts("h3")[:2] == page.texts("caption")[1:3]
    assert {each.get("scope") for each in page.elements("th")} == {"col", "row"}
    assert len(page.elements("th", scope="col")) == 4 * len(page.elements("table"))
    labels = {cell.get("data-label") for row in page.elements("tr") for cell in row.iter("td")} - {None}
    assert labels == {
        "A: Stone terraces",
        "B: Letters to the home address",
        "C: Perguntar primeiro",
        "D: Žalias naktinis autobusas",
    }


def test_a_closed_part_says_how_much_differs(visit: Visit) -> None:
    page = visit("compare.show", ids=TWO)
    summary = next(each for each in page.texts("summary") if each.startswith("Overview"))
    assert summary.startswith("Overview values differ in ")


def test_what_is_not_known_is_dotted(visit: Visit) -> None:
    page = visit("compare.show", ids=TWO)
    assert "Not known" in page.texts("span", class_="blank")


def test_a_text_in_another_language_says_so(visit: Visit) -> None:
    page = visit("compare.show", ids="stone-terraces,ask-first", language="it")
    said = {words(each): each.get("lang") for each in page.elements("li")}
    assert said["Quem atende pergunta, antes de tudo, que ajuda a pessoa quer. Registo inventado."] == "pt"
    assert "Not translated yet. Original language: portoghese" in page.text


def test_only_differences_can_be_shown_and_all_again(visit: Visit) -> None:
    page = visit("compare.show", ids=TWO)
    assert "Secure channel ?not known for some practices" in rows(page)
    only = visit(page.link("Show only differences"))
    assert only.address == f"/en/compare?ids={TWO}&only=differences"
    assert "Text status" not in rows(only)
    assert "Countries ≠values differ" in rows(only)
    assert "rows are hidden because the values are the same, or unknown, for all practices." in only.text
    assert only.link("Show all rows") == page.address


def test_one_can_be_taken_out_and_the_order_changed(visit: Visit) -> None:
    page = visit("compare.show", ids=TWO)
    assert page.link("Remove: Stone terraces") == "/en/compare?ids=letters-home"
    assert page.link("Move right: Stone terraces") == "/en/compare?ids=letters-home,stone-terraces"
    assert page.link("Move left: Letters to the home address") == "/en/compare?ids=letters-home,stone-terraces"
    assert "Move left: Stone terraces" not in page.texts("a")


def test_without_a_choice_the_page_says_how_to_choose(visit: Visit) -> None:
    page = visit("compare.show")
    assert page.heading == "Compare practices"
    assert "Select two to four practices to compare them side by side, field by field." in page.text
    assert page.link("Compare: Stone terraces") == "/en/compare?ids=stone-terraces"
    one = visit("compare.show", ids="stone-terraces")
    assert "You have selected one practice. Add one to three more." in one.text
    assert one.link("Compare: Letters to the home address") == "/en/compare?ids=stone-terraces,letters-home"


def test_a_practice_is_added_by_its_title_its_id_or_the_address_of_its_page(client: FlaskClient) -> None:
    for typed in (
        "Terrazze di pietra",
        "stone-terraces",
        " STONE terraces ",
        "https://example.org/it/practices/stone-terraces",
    ):
        response = client.get("/en/compare", query_string={"ids": "letters-home", "add": typed})
        assert (response.status_code, response.headers["Location"]) == (
            303,
            "/en/compare?ids=letters-home,stone-terraces",
        )


def test_words_find_practices_to_add_and_stay_in_the_field(visit: Visit) -> None:
    page = visit("compare.show", ids="letters-home", add="terraces")
    assert page.link("Compare: Stone terraces") == "/en/compare?ids=letters-home,stone-terraces"
    assert page.by_id("add").get("value") == "terraces"
    nothing = visit("compare.show", ids="letters-home", add="xylophone")
    assert "No other practices match “xylophone”." in nothing.text
    assert nothing.headers["Cache-Control"] == "no-store"


def test_what_cannot_be_compared_is_said_by_name(visit: Visit) -> None:
    page = visit("compare.show", ids=f"{TWO},old-leaflet,draft-idea,<b>nonsense")
    assert page.heading == "2 practices compared"
    assert "The old leaflet: This practice has been retired." in page.text
    assert "draft-idea: No practice has this ID." in page.text
    assert "<b>nonsense: No practice has this ID." in page.text


def test_of_more_than_four_the_first_four_are_compared(visit: Visit, client: FlaskClient) -> None:
    page = visit("compare.show", ids=f"naktinis-autobusas,{FOUR}", add="bus")
    assert page.heading == "4 practices compared"
    assert "You can compare up to four practices." in page.text
    assert page.elements("input", id="add") == []
    long = ",".join(f"practice-{number}" for number in range(500))
    assert client.get(f"/en/compare?ids={long}").status_code == 200


def test_a_practice_named_twice_or_by_an_earlier_id_counts_once(visit: Visit) -> None:
    page = visit("compare.show", ids="terrace-walls,stone-terraces,stone-terraces,letters-home")
    assert page.heading == "2 practices compared"


def test_the_page_is_the_same_for_everybody(client: FlaskClient) -> None:
    response = client.get(f"/en/compare?ids={TWO}")
    assert response.headers["ETag"]
    assert client.get(f"/en/compare?ids={TWO}", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
