"""Reads a pasted reference, an address, a DOI or an ISBN, without the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.records.record import ADDRESS_PATTERN
from kb.records.sources import SourceKind

_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}/[^\s<>\"]+)", re.I)
_ISBN = re.compile(r"(?:isbn(?:-1[03])?:?\s*)?((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX])", re.I)
_BARE = re.compile(r"(?:www\.)[^\s<>\"/]+\.[a-z]{2,}(?:/[^\s<>\"]*)?", re.I)


class ReferenceType(StrEnum):
    """What a reference is."""

    DOI = "doi"
    ISBN = "isbn"
    ADDRESS = "address"


@dataclass(frozen=True)
class SourceReference:
    """A reference that was understood: `value` is the DOI, the digits of the ISBN, or the address."""

    type: ReferenceType
    value: str

    @property
    def address(self) -> str:
        """The address where a reader finds the publication."""
        if self.type is ReferenceType.DOI:
            return f"https://doi.org/{self.value}"
        return f"https://openlibrary.org/isbn/{self.value}" if self.type is ReferenceType.ISBN else self.value

    def values(self) -> dict[str, str]:
        """Return what a row of sources has without any further question."""
        kind = {ReferenceType.DOI: SourceKind.SCIENTIFIC, ReferenceType.ISBN: SourceKind.REPORT}.get(self.type)
        return {"address": self.address, **({"kind": str(kind)} if kind else {})}


def find_reference(text: str) -> SourceReference | None:
    """Return the reference in a pasted text, or `None` for other words. Raises `Rejected` for a wrong check digit."""
    text = text.strip()
    if found := _DOI.fullmatch(text):
        return SourceReference(ReferenceType.DOI, found[1].rstrip(".,;"))
    if found := _ISBN.fullmatch(text):
        digits = found[1].replace("-", "").replace(" ", "").upper()
        if not is_isbn(digits):
            message = N_("%(isbn)s is not an ISBN: the last digit does not fit the others. Check each digit.")
            raise Rejected([Problem("wrong-isbn", message, params={"isbn": found[1]})])
        return SourceReference(ReferenceType.ISBN, digits)
    if _BARE.fullmatch(text):
        text = f"https://{text}"
    return SourceReference(ReferenceType.ADDRESS, text) if re.fullmatch(ADDRESS_PATTERN, text) else None


def is_isbn(digits: str) -> bool:
    """Return whether the check digit of an ISBN with 10 or 13 digits is right."""
    if len(digits) == 10:
        values = [10 if each == "X" else int(each) for each in digits]
        return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    if len(digits) != 13 or not digits.isdecimal():
        return False
    return sum(int(each) * (3 if place % 2 else 1) for place, each in enumerate(digits)) % 10 == 0
