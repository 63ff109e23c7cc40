"""Applies the user's choice for an ambiguous name: it replaces the typed text."""

from __future__ import annotations

from kb.editing.forms.form_values import Posted

# Control name prefixes: the first for a choice, the second for the text typed at that time.
PICK, WAS = "pick.", "was."


def with_picks(posted: Posted) -> Posted:
    """Return the fields with all choices applied.

    If a control's text has changed since the choices were shown, it keeps the newer text. For a list with one control
    per entry, the last part of a control name is the entry's number.
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
