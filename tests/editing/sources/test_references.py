"""References that people paste."""

from __future__ import annotations

import pytest

from kb.editing.sources.references import find_reference, is_isbn
from kb.errors import Rejected


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.1177/0269758020946938", "https://doi.org/10.1177/0269758020946938"),
        ("doi:10.1177/0269758020946938.", "https://doi.org/10.1177/0269758020946938"),
        (" https://dx.doi.org/10.1000/xyz(1)2 ", "https://doi.org/10.1000/xyz(1)2"),
        ("ISBN 978-0-306-40615-7", "https://openlibrary.org/isbn/9780306406157"),
        ("0-8044-2957-X", "https://openlibrary.org/isbn/080442957X"),
        ("www.example.org/report", "https://www.example.org/report"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("javascript:alert(1)", None),
        ("Victim support in the courts", None),
        ("", None),
    ],
)
def test_an_address_a_doi_or_an_isbn_is_understood(text: str, address: str | None) -> None:
    found = find_reference(text)
    assert (found.address if found else None) == address


def test_a_wrong_check_digit_is_told() -> None:
    with pytest.raises(Rejected) as error:
        find_reference("978-0-306-40615-8")
    assert [each.code for each in error.value.problems] == ["wrong-isbn"]
    assert not is_isbn("X" * 13)
