"""Parses the choice of country, role and crime from an address; invalid values are ignored."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.membership import code_of


@dataclass(frozen=True)
class AskedAnswer:
    """What the reader chose so far."""

    code: str | None
    role: ReaderRole | None
    crime: CrimeGroup | None
    is_sent: bool = False  # the form was sent, so a missing choice is told


def asked_answer() -> AskedAnswer:
    """Return the choice in the address."""
    role = request.args.get("role", "")
    return AskedAnswer(
        code_of(request.args.get("country", "").strip().lower()),
        ReaderRole(role) if role in list(ReaderRole) else None,
        crime_of(request.args.get("crime", "")),
        is_sent="country" in request.args,
    )


def crime_of(slug: str) -> CrimeGroup | None:
    """Return the crime group with this slug."""
    return next((each for each in CrimeGroup if each.slug == slug), None)
