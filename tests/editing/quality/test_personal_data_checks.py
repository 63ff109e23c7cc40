"""Possible personal data is reported; years, amounts, laws and helplines are not."""

from __future__ import annotations

import pytest

from kb.editing.quality.personal_data_checks import Datum, personal_data


def found(text: str) -> list[tuple[str, str]]:
    return [(str(each.datum), each.words) for each in personal_data(text)]


@pytest.mark.parametrize(
    "number",
    [
        "+370 612 34567",
        "+351 912 345 678",
        "+39 06 1234 5678",
        "+40721234567",
        "0040 721 234 567",
        "(020) 7946 0958",
        "020 7946 0958",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "030/1234567",
        "8 612 34567",
        "912 345 678",
        "912345678",
        "0721 234 567",
        "333 1234567",
        "+44\u00a020\u00a07946\u00a00958",
    ],
)
def test_telephone_numbers_are_found_in_the_formats_of_many_countries(number: str) -> None:
    data = personal_data(f"She gave the officer {number} and waited.")
    assert [each.datum for each in data] == [Datum.TELEPHONE]
    digits = "".join(letter for letter in number if letter.isdigit())
    assert "".join(letter for letter in data[0].words if letter.isdigit()) == digits


@pytest.mark.parametrize(
    "text",
    [
        "From 2018-2022 and 2018–2022, in 2019 2020 2021.",
        "Between 2018, 2019, 2020 and 2021.",
        "On 2026-11-25, 25.11.2026 and 25/11/2026.",
        "1,234,567 people, 1 234 567 people, 12.345.678 people, 26 018 victims.",
        "It cost 1 250 000 EUR, €912 345 678, 912 345 678 euros and 250 000 000 kroner.",
        "Law No 211/2004, Directive 2012/29/EU, Regulation (EU) 2016/679, COM(2023) 424.",
        "CELEX 32012L0029, CETS 210, ISBN 978-92-9461-123-4, C-105/03, OJ C 35, 9.2.2012, p. 10.",
        "The number 116 006 is free, and so are 0800 500 333, 800 100 200 and 116123; ring 112.",
        "Open from 08.00-17.00 and 08:30 – 16:30.",
        "4,877 of 47,000 (10.4 %) between October 2021 and June 2023.[^ombud-2024]",
        "See [the report](https://example.org/2024/123456789/report) and https://example.org/0612345678.",
        "`0612345678` is code.",
        "Act no. 349 of 23 May 1997; articles 20, 21, 22 and 23; 1 000 victims a year, 18 years old.",
        "In 118 cases over 3 days there were 5 duplicates and 14 suspended.",
        "Between 1 October 2015 and 30 September 2018, 4 500 victims.",
        "Aukos: 18 000 2021 metais, 21 000 2022 metais.",
        "",
    ],
)
def test_what_records_are_full_of_is_no_personal_data(text: str) -> None:
    assert found(text) == []


def test_addresses_of_mail_are_found_in_words_and_in_links() -> None:
    assert found("Write to ana.costa@example.org.") == [("email", "ana.costa@example.org")]
    assert found("Write [here](mailto:o'neil+x@mail.example.lt).")[0][0] == "email"
    assert found("An @ sign, and @handle, are none.") == []
    assert found("Ring [us](tel:+37061234567).") == [("telephone", "+37061234567")]


@pytest.mark.parametrize(
    "text",
    [
        "The victim, born on 3 May 1985, asked for help.",
        "Date of birth: 03.05.1985",
        "Date of birth: 1985-05-03",
        "Born May 3, 1985.",
        "Una donna, nata a Roma il 3 maggio 1985, chiese aiuto.",
        "Data di nascita: 3/5/1985",
        "Moteris, gimusi 1985 m. gegužės 3 d., kreipėsi pagalbos.",
        "Gimimo data 1985-05-03",
        "A vítima, nascida em 3 de maio de 1985, pediu ajuda.",
        "Victima, născută la 3 mai 1985, a cerut ajutor.",
        "Data nașterii: 03.05.1985",
    ],
)
def test_dates_of_birth_are_found_in_every_language(text: str) -> None:
    assert [each.datum for each in personal_data(text)] == [Datum.BIRTH]


@pytest.mark.parametrize(
    "text",
    [
        "The service was set up on 3 May 1985.",
        "People born in 1985 or later.",
        "The idea was born in Vilnius. On 3 May 1985 the law came.",
        "Il progetto nasce il 3 maggio 1985.",
    ],
)
def test_other_dates_are_not(text: str) -> None:
    assert found(text) == []


def test_the_same_is_found_once() -> None:
    assert len(found("a@example.org, a@example.org")) == 1
