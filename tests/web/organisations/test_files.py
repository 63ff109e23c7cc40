"""The directory as files."""

from __future__ import annotations

import csv
import io
import json

from flask.testing import FlaskClient


def test_a_spreadsheet_has_a_row_for_each_way_in(client: FlaskClient) -> None:
    response = client.get("/en/organisations/lt-ku.csv")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[0][:3] == ["id", "Service", "What for?"]
    assert [row[1] for row in rows[1:]] == ["Lamp House"] * 3 + ["Door Centre", "Roof"]
    assert response.headers["Content-Disposition"] == "attachment; filename=praxis-services-lt-ku.csv"


def test_a_map_shows_services_at_the_middle_of_their_area(client: FlaskClient) -> None:
    found = json.loads(client.get("/en/organisations/lt.geojson").get_data(as_text=True))
    assert found["type"] == "FeatureCollection"
    assert [each["id"] for each in found["features"]] == ["lt/bridge", "lt-ku/lamp", "lt-ku/door", "lt-ku/roof"]
    lamp = found["features"][1]
    assert lamp["geometry"] == {"type": "Point", "coordinates": [23.88, 55.08]}
    assert lamp["properties"]["point"] == "middle of the area, not the place of the service"
    assert found["features"][0]["geometry"] is None


def test_an_address_book_can_read_every_service(client: FlaskClient) -> None:
    text = client.get("/en/organisations/lt-ku.vcf").get_data(as_text=True)
    assert text.count("BEGIN:VCARD\r\nVERSION:4.0\r\n") == text.count("END:VCARD\r\n") == 3
    assert "TEL;VALUE=uri:tel:0800100200\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
