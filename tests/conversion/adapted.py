"""Adaptations of `a_tool()` that know of each text from which one it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.records.record import Bundle
from kb.records.segments import fingerprint
from tests.builders import TOOL_SECTIONS, a_tool, an_adaptation, an_adaptation_text, tool_facts

Rows = Mapping[str, Mapping[str, str | None]]


def made_of(tool: Bundle[Any]) -> dict[str, dict[str, str | None]]:
    """Return what a fresh adaptation says of each text of a tool."""
    return {name: {"parent": fingerprint(text)} for name, text in tool.segments().items()}


def adapted_facts(tool: Bundle[Any], *, made: Rows | None = None, **changes: Any) -> dict[str, Any]:
    """Return what makes `an_adaptation()` a fresh one of a tool; rows of `made` change what is said of single texts."""
    rows: dict[str, dict[str, str | None]] = {**made_of(tool)}
    for name, row in (made or {}).items():
        rows[name] = rows.get(name, {}) | dict(row)
    plain = [{"id": name} | {key: value for key, value in row.items() if value} for name, row in rows.items()]
    facts = {name: tool_facts()[name] for name in ("title", "parts", "fields", "uses")}
    return {**facts, "sections": TOOL_SECTIONS, "filled": None, "made": plain, **changes}


def adapted(tool: Bundle[Any] | None = None, *, made: Rows | None = None, **changes: Any) -> Bundle[Any]:
    """Return a fresh adaptation of a tool, of `a_tool()` if none is given."""
    return an_adaptation(**adapted_facts(tool or a_tool(), made=made, **changes))


def adapted_text(tool: Bundle[Any], *, made: Rows | None = None, **changes: Any) -> str:
    """Return the text of the same."""
    return an_adaptation_text(**adapted_facts(tool, made=made, **changes))
