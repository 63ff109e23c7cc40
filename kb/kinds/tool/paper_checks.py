"""Checks the papers of a tool: each printed part names those it is on, and what lays them out is known.

Apart because few tools make several papers, and none of the other checks of a tool asks about them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.tool.drawings import DRAWINGS
from kb.kinds.tool.model import PartStyle, Tool, ToolPart
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest

_WHOLE_ROW = 100


def paper_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield the problems of the papers of a tool, of the parts on them and of the widths of its fields."""
    papers = [paper.id for paper in case.record.papers]
    for index, part in enumerate(case.record.parts):
        yield from _part_problems(case, ("parts", index), part, papers)
    yield from _unlisted_problems(case, papers)
    for index, field in enumerate(case.record.fields):
        if field.width is not None and not 0 < int(field.width) <= _WHOLE_ROW:
            message = N_("Enter a width between 1 and 100, in hundredths of the width of the page.")
            yield case.error("bad-width", message, ("fields", index, "width"))


def _part_problems(case: Case[Tool], where: Where, part: ToolPart, papers: list[str]) -> Iterator[Problem]:
    is_note = part.style is PartStyle.ADAPTER_NOTE
    for place, name in enumerate(part.papers):
        if name not in papers:
            message = N_("This tool has no paper %(name)s. Enter one of these: %(known)s.")
            known = nearest(name, papers) or ", ".join(papers) or "–"
            yield case.error("unknown-paper", message, (*where, "papers", place), name=name, known=known)
    if is_note and part.papers:
        message = N_("%(part)s is a note for the person who adapts the tool and is never printed. Remove its papers.")
        yield case.error("note-on-paper", message, (*where, "papers"), part=part.id)
    if papers and not is_note and not part.papers:
        message = N_("Enter the papers that print %(part)s. Without one it is never printed.")
        yield case.error("part-on-no-paper", message, (*where, "papers"), part=part.id)
    if part.drawing is not None and part.drawing not in DRAWINGS:
        message = N_("There is no drawing %(name)s. Enter one of these: %(known)s.")
        known = nearest(part.drawing, list(DRAWINGS)) or ", ".join(DRAWINGS)
        yield case.error("unknown-drawing", message, (*where, "drawing"), name=part.drawing, known=known)


def _unlisted_problems(case: Case[Tool], papers: list[str]) -> Iterator[Problem]:
    """Yield each section without settings in a tool with papers: no paper would print it."""
    listed = {part.id for part in case.record.parts}
    for section in case.bundle.sections:
        if papers and section.id not in listed:
            message = N_("Enter the papers that print %(part)s. Without one it is never printed.")
            yield case.error("part-on-no-paper", message, ("body", section.id), part=section.id)
