"""Where tools, adaptations and the register name other records: practices, tools, and links in their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.kinds.register.model import Alternative, Register
from kb.kinds.tool.model import Adaptation, Tool
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink, text_links
from kb.records.record import Bundle

_PRACTICES, _TOOLS = "practices", "tools"


def register_links(bundle: Bundle) -> tuple[RecordLink, ...]:
    """Return every place where a record of the register names another record."""
    register: Register = bundle.record
    return (*_examples("alternatives", register.alternatives), *_successor(bundle), *text_links(bundle))


def tool_links(bundle: Bundle) -> tuple[RecordLink, ...]:
    """Return every place where a tool names another record."""
    tool: Tool = bundle.record
    return (
        *(
            RecordLink(_PRACTICES, each, None, SOURCE, ("practices", index))
            for index, each in enumerate(tool.practices)
        ),
        *(RecordLink(_TOOLS, each, None, SOURCE, ("related", index)) for index, each in enumerate(tool.related)),
        *_examples("own_alternatives", tool.own_alternatives),
        *_successor(bundle),
        *text_links(bundle),
    )


def adaptation_links(bundle: Bundle) -> tuple[RecordLink, ...]:
    """Return every place where an adaptation names another record, the tool that it was made from first."""
    adaptation: Adaptation = bundle.record
    return (RecordLink(_TOOLS, adaptation.parent, None, SOURCE, ("parent",)), *tool_links(bundle))


def _examples(rows: str, alternatives: Iterable[Alternative]) -> Iterator[RecordLink]:
    for index, alternative in enumerate(alternatives):
        for place, practice in enumerate(alternative.practices):
            yield RecordLink(_PRACTICES, practice, None, SOURCE, (rows, index, "practices", place))


def _successor(bundle: Bundle) -> Iterator[RecordLink]:
    if bundle.record.successor is not None:
        yield RecordLink(bundle.shape.name, bundle.record.successor, None, SOURCE, ("successor",))
