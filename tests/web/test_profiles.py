from __future__ import annotations

import csv
import io

import docx
from flask.testing import FlaskClient

from tests.page import Visit


def test_what_nobody_has_looked_up_is_said_to_be_not_known(visit: Visit) -> None:
    page = visit("profiles.show", record_id="ee")
    assert page.heading == "Estonia: referral, assessment and information"
    assert page.text.count("Not known") >= 25
    assert "Numbers to call" in page.text


def test_a_country_without_a_record_has_a_profile_that_knows_nothing(visit: Visit) -> None:
    assert "Not known" in visit("profiles.show", record_id="fr").text


def test_countries_stand_side_by_side_question_by_question(visit: Visit) -> None:
    page = visit("profiles.compare", c=["EE", "PT"])
    assert page.heading == "Estonia and Portugal, question by question"
    assert "Is there a rule on safe contact?" in page.text


def test_fewer_than_two_countries_are_asked_for(visit: Visit) -> None:
    assert "Choose two to five countries." in visit("profiles.compare", c=["EE", "nowhere"]).text


def test_the_comparison_is_taken_as_a_table(client: FlaskClient) -> None:
    response = client.get("/en/countries/side-by-side?c=EE&c=PT&format=csv")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0][:4] == ["Theme", "Question", "Country", "Answer"]
    assert rows[1][:4] == ["Referral", "Police", "EE", "Not known"]


def test_the_map_says_for_how_many_countries_something_is_known(visit: Visit) -> None:
    assert "Known for 0 countries." in visit("profiles.extent", theme="t1", actor="police").text


def test_an_unknown_theme_falls_back_to_the_first(visit: Visit) -> None:
    assert visit("profiles.extent", theme="x", actor="y").heading == "How far it happens in Europe"


def test_a_chosen_theme_travels_from_page_to_page_and_into_each_file(client: FlaskClient, visit: Visit) -> None:
    compare = "/en/countries/side-by-side?c=EE&theme=t1"
    assert compare in visit("profiles.show", record_id="ee").links()
    page = visit(f"{compare}&c=PT")
    assert "/en/countries/pt/situation#t1" in page.links()
    files = {words: client.get(page.link(words)).get_data() for words in ("Word", "CSV")}
    rows = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    document = docx.Document(io.BytesIO(files["Word"]))
    themes = dict.fromkeys(row[0] for row in rows[1:])
    assert "Referral" in themes
    assert "Secure channels" not in themes
    headings = [each.text for each in document.paragraphs if (each.style.name if each.style else "") == "Heading 1"]
    assert headings == [*themes]
    assert "theme=t1" in document.paragraphs[-1].text
