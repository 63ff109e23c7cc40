from __future__ import annotations

import csv
import io

import docx
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.records.files.paths import RecordFile
from tests.house import SAMPLE, publish_text
from tests.page import Visit, words

_ESTONIA = RecordFile("countries", "ee", "source")
# One answer, and a section with the id that other pages use for their sources.
_CELL = (
    "{id: t3a-police, extent: partial, how: A slip is read aloud., rests_on: At some gates., confidence: low, "
    "sources: [s2], checked: 2026-11-20}"
)


def publish_situation(session: Session, store: ContentStore) -> None:
    text = (SAMPLE / "countries" / "ee" / "country.md").read_text(encoding="utf-8")
    text = text.replace("sources:\n", f"cells:\n  - {_CELL}\nsources:\n", 1).replace("{#any-crime}", "{#sources}")
    publish_text(session, store, text, _ESTONIA)
    session.close()


def test_what_nobody_has_looked_up_is_said_to_be_not_known(session: Session, store: ContentStore, visit: Visit) -> None:
    publish_situation(session, store)
    page = visit("profiles.show", record_id="ee")
    assert page.heading == "Estonia: referral, assessment and information"
    assert page.text.count("Not known") >= 24
    assert "Partial" in page.text
    assert "Numbers to call" in page.text


def test_of_a_country_about_which_nothing_was_collected_one_line_says_so(visit: Visit) -> None:
    for code, name in (("ee", "Estonia"), ("fr", "France"), ("al", "Albania")):
        page = visit("profiles.show", record_id=code)
        assert f"We have no information about {name} yet." in page.text
        assert page.elements("table") == []
        assert any("/suggest/countries/" in link for link in page.links()) == (
            code == "ee"
        )  # which has a record to correct


def test_a_section_may_be_called_as_a_part_of_the_page_is(session: Session, store: ContentStore, visit: Visit) -> None:
    publish_situation(session, store)
    assert visit("countries.show", record_id="ee").by_id("sources").tag == "section"


def test_countries_stand_side_by_side_question_by_question(visit: Visit) -> None:
    page = visit("profiles.compare", c=["EE", "PT"])
    assert page.heading == "Estonia and Portugal, question by question"
    assert "Is there a rule on safe contact?" in page.text


def test_each_extent_is_a_word_in_a_table_and_leads_to_its_answer(
    session: Session, store: ContentStore, visit: Visit
) -> None:
    publish_situation(session, store)
    for endpoint, base in (("profiles.show", ""), ("countries.show", "/en/ee/situation")):
        page = visit(endpoint, record_id="ee")
        table = page.elements("table", class_="glance")[0]
        assert len([each for each in table.iter("td") if "v" in each.get("class", "").split()]) == 25
        [way] = [each.get("href") for each in table.iter("a") if words(each).endswith("Police: Partial")]
        assert way == f"{base}#t3a-police"
    page = visit("profiles.show", record_id="ee")
    assert "1 of 25 answers are known: partial 1." in page.text
    assert page.by_id("t3a-police") is not None


def test_a_comparison_says_first_what_differs_and_whether_the_police_must_refer(
    session: Session, store: ContentStore, visit: Visit
) -> None:
    publish_situation(session, store)
    page = visit("profiles.compare", c=["EE", "PT"])
    assert "The countries differ in 0 of 25 answers." in page.text
    assert "Extent: partial 1, not known 24" in page.text
    assert "Not known in any of these countries: Police, Prosecution" in page.text


def test_fewer_than_two_countries_are_asked_for(visit: Visit) -> None:
    assert "Select two to five countries." in visit("profiles.compare", c=["EE", "nowhere"]).text


def test_the_comparison_is_taken_as_a_table(client: FlaskClient) -> None:
    response = client.get("/en/countries/side-by-side?c=EE&c=PT&format=csv")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0][:4] == ["Theme", "Question", "Country", "Answer"]
    assert rows[1][:4] == ["Referral", "Police", "EE", "Not known"]


def test_the_map_says_for_how_many_countries_something_is_known(visit: Visit) -> None:
    assert "We have information about 0 countries." in visit("profiles.extent", theme="t1", actor="police").text


def test_an_unknown_theme_falls_back_to_the_first(visit: Visit) -> None:
    assert visit("profiles.extent", theme="x", actor="y").heading == (
        "How victims are referred, assessed and informed in Europe"
    )


def test_a_chosen_theme_travels_from_page_to_page_and_into_each_file(
    session: Session, store: ContentStore, client: FlaskClient, visit: Visit
) -> None:
    publish_situation(session, store)
    compare = "/en/countries/side-by-side?c=EE&theme=t1"
    assert compare in visit("profiles.show", record_id="ee").links()
    page = visit(f"{compare}&c=PT")
    assert "/en/pt/situation#t1" in page.links()
    files = {words: client.get(page.link(words)).get_data() for words in ("Word", "CSV")}
    rows = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    document = docx.Document(io.BytesIO(files["Word"]))
    themes = dict.fromkeys(row[0] for row in rows[1:])
    assert "Referral" in themes
    assert "Secure channels" not in themes
    headings = [each.text for each in document.paragraphs if (each.style.name if each.style else "") == "Heading 1"]
    assert [each for each in headings if each in themes] == [*themes]
    assert "Secure channels" not in headings
    assert "theme=t1" in document.paragraphs[-1].text
