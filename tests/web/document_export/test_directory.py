"""The papers of the directory say what its pages say."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader


def text_of(client: FlaskClient, paper: str) -> str:
    """Return the words of a paper for Kaunas county."""
    response = client.get(f"/en/take/organisations/lt-ku/{paper}.docx")
    assert response.status_code == 200
    with ZipFile(io.BytesIO(response.data)) as file:
        return file.read("word/document.xml").decode()


@pytest.mark.parametrize("paper", ["wall-a3", "wall-a4", "desk", "cards"])
def test_each_paper_names_the_number_and_the_services(client: FlaskClient, paper: str) -> None:
    text = text_of(client, paper)
    assert "Lamp House" in text
    assert "0800 100 200" in text


def test_a_wall_map_has_five_doors_and_says_what_is_not_known(client: FlaskClient) -> None:
    text = text_of(client, "wall-a4")
    for each in (
        "To talk",
        "Safety and sleeping",
        "Body and health",
        "Law, papers, money",
        "Children and family",
        "112",
    ):
        assert each in text
    assert "No service known. Call the line for victims of any crime." in text


def test_cards_to_hand_out_name_no_crime(client: FlaskClient) -> None:
    assert "Door Centre" not in text_of(client, "cards"), "it is for domestic violence alone"


def test_a_wall_map_is_one_side_of_its_paper(client: FlaskClient) -> None:
    for paper, width in (("wall-a3", 420), ("wall-a4", 297)):
        pages = PdfReader(io.BytesIO(client.get(f"/en/take/organisations/lt-ku/{paper}.pdf").data)).pages
        assert len(pages) == 1
        assert round(float(pages[0].mediabox.width) / 72 * 25.4) == width


def test_one_service_makes_cards(client: FlaskClient) -> None:
    response = client.get("/en/take/organisations/lt-ku/services/lamp.docx")
    assert response.status_code == 200
    assert client.get("/en/take/organisations/lt-ku/services/nothing.docx").status_code == 404
    assert client.get("/en/take/organisations/xx-yy/desk.docx").status_code == 404
