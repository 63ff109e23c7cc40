"""*We tried it*: an organisation tells what it took over; this becomes a row of the record that a curator reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kb.editing.forms.slugs import free_id, id_of_words
from kb.editing.forms.splice_facts import splice_in_order
from kb.records.front_matter import facts_in

ADOPTIONS = "adoptions"
# What the form asks, in the order of the record; the last three may stay empty.
ASKED = ("organisation", "country", "took", "changed", "outcome", "since", "address")
NEEDED = frozenset({"organisation", "country", "took"})


def with_adoption(text: str, told: Mapping[str, str], order: Sequence[str], today: date) -> str:
    """Return the source file of a practice or a tool with one more row; `order` are the keys of its kind."""
    found = facts_in(text).get(ADOPTIONS)
    rows: list[Any] = list(found) if isinstance(found, list) else []
    taken = {str(row.get("id")) for row in rows if isinstance(row, dict)}
    name = id_of_words(told.get("organisation", ""), 30) or "organisation"
    row: dict[str, Any] = {"id": free_id(name, taken.__contains__)} | {key: told[key] for key in ASKED if told.get(key)}
    return splice_in_order(text, {ADOPTIONS: [*rows, row | {"told_on": today.isoformat()}]}, order)
