"""Registry of all printed documents of a workshop by name, in display order, with their audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from kb.documents.blocks import Document
from kb.workshops.handouts.handout import HANDOUT, handout
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.simple_sheets import ATTENDANCE, FEEDBACK, attendance_sheet, feedback_sheet
from kb.workshops.handouts.timetable import PROGRAMME, programme_paper
from kb.workshops.handouts.tool_papers import tool_paper, tools_of
from kb.workshops.handouts.trainer_papers import FOR_TRAINERS, for_trainers
from kb.workshops.handouts.worksheets import WORKSHEETS, worksheets


@dataclass(frozen=True)
class Paper:
    """A printed document: its name in URLs and file names, its title, and the function that builds it.

    `is_open` marks documents for all viewers of the workshop; the others are for its trainers. `is_tool` marks a tool
    for practice, which has the title of its record in its `language`.
    """

    name: str
    title: str
    make: Callable[[Setting], Document]
    is_open: bool = False
    is_tool: bool = False
    language: str = ""


PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("programme", PROGRAMME, programme_paper, is_open=True),
        Paper("handout", HANDOUT, handout, is_open=True),
        Paper("worksheets", WORKSHEETS, worksheets, is_open=True),
        Paper("attendance", ATTENDANCE, attendance_sheet),
        Paper("feedback", FEEDBACK, feedback_sheet),
        Paper("for-trainers", FOR_TRAINERS, for_trainers),
    )
}


def papers_of(setting: Setting) -> dict[str, Paper]:
    """Return the documents available for a workshop: the fixed ones, and one for each tool."""
    tools = (
        Paper(name, title.text, partial(tool_paper, text=text), is_open=True, is_tool=True, language=title.language)
        for name, text in tools_of(setting).items()
        for title in (text.passages["title"],)
    )
    return {**PAPERS, **{paper.name: paper for paper in tools}}
