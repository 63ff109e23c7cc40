"""What somebody chose where a typed name may mean several things: it takes the place of what was typed."""

from __future__ import annotations

from kb.editing.forms.form_values import Posted

# A choice is named by its control behind the first of these; behind the second stands what had been typed there.
PICK, WAS = "pick.", "was."


def with_picks(posted: Posted) -> Posted:
    """Return the fields with every choice in its place.

    A control whose text was changed since the choices were shown keeps its text: it is the later word. Of a list that
    has one control for each entry, the last part of a name counts them.
    """
    values = {name: list(texts) for name, texts in posted.values.items()}
    for name in [each for each in values if each.startswith(PICK)]:
        chosen, target = posted.text(name), name.removeprefix(PICK)
        place = (target, 0) if target in values else _entry(target)
        if chosen and place is not None:
            texts = values.get(place[0], [])
            if place[1] < len(texts) and texts[place[1]] == posted.text(f"{WAS}{target}"):
                texts[place[1]] = chosen
    return Posted(values)


def _entry(target: str) -> tuple[str, int] | None:
    name, _, index = target.rpartition(".")
    return (name, int(index)) if index.isascii() and index.isdecimal() and len(index) < 5 else None
