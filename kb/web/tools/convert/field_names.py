"""Names in place of codes: in a text that a person changes, `{{b-emergency}}` is `{{Emergency number}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count

from kb.conversion.convert import Conversion
from kb.i18n import N_
from kb.kinds.register.blanks import ANY_PLACE, GROUPS, PLACE
from kb.kinds.tool.declared import gap_names
from kb.speech import Speech

_CRIMES = N_("Crimes: %(model)s")
# What a field prints of a value with several parts.
_SIDES = {
    "name": N_("name"),
    "number": N_("number"),
    "hours": N_("hours"),
    "languages": N_("languages"),
    "address": N_("address"),
    "email": N_("email"),
    "law": N_("law"),
    "articles": N_("articles"),
    "duration": N_("duration"),
    "text": N_("text"),
}


@dataclass(frozen=True)
class FieldNames:
    """The names of the fields of a tool by their codes in double braces; no two differ only in capital letters."""

    by_code: Mapping[str, str]

    @classmethod
    def of(cls, found: Conversion) -> FieldNames:
        """Return the names of all fields in the texts of an adaptation, in its language."""
        labels = gap_names(found.sources.declared)
        names: dict[str, str] = {}
        taken: set[str] = set()
        for code, label in _named(found, labels, found.sources.speech):
            names[code] = next(name for name in _candidates(label) if name.casefold() not in taken)
            taken.add(names[code].casefold())
        return cls(names)

    def to_names(self, text: str) -> str:
        """Return a text of the tool with names in place of codes."""
        return ANY_PLACE.sub(lambda match: _braced(self.by_code.get(_tight(match[0]), _inside(match[0]))), text)

    def to_codes(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return a typed text with the codes again, and the names in it that no field has."""
        codes = {name.casefold(): code for code, name in self.by_code.items()}
        unknown: list[str] = []

        def code(match: re.Match[str]) -> str:
            inside = _inside(match[0])
            if PLACE.fullmatch(match[0]) or GROUPS.fullmatch(match[0]):
                return match[0]
            found = codes.get(inside.casefold())
            if found is None:
                unknown.append(inside or match[0])
            return found or match[0]

        return ANY_PLACE.sub(code, text), tuple(unknown)


def _candidates(label: str) -> Iterator[str]:
    """Yield a label, then the same with a number: two fields may have one label. Spaces are as typing gives them."""
    name = " ".join(label.split())
    return chain((name,), (f"{name} #{number}" for number in count(2)))


def _named(found: Conversion, labels: Mapping[str, str], speech: Speech) -> Iterator[tuple[str, str]]:
    texts = (text for part in found.parts for text in (part.passage.text, part.text))
    for code in dict.fromkeys(_tight(match[0]) for text in texts for match in ANY_PLACE.finditer(text)):
        if (place := PLACE.fullmatch(code)) is not None:
            label = labels.get(place["blank"], place["blank"])
            side = _SIDES.get(place["side"] or "")
            yield code, f"{label} ({speech.say(side)})" if side else label
        elif (groups := GROUPS.fullmatch(code)) is not None:
            model = labels.get(f"{groups['choice']}={groups['value']}", groups["value"])
            yield code, speech.say(_CRIMES, model=model)


def _tight(place: str) -> str:
    return _braced(_inside(place))


def _inside(place: str) -> str:
    return " ".join(place.strip("{}").split())


def _braced(name: str) -> str:
    return "{{" + name + "}}"
