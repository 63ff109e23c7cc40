"""All papers of a workshop by name, in the order in which they are offered, and who is given which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.blocks.model import Document
from kb.workshops.papers.attendance import ATTENDANCE, attendance
from kb.workshops.papers.feedback_sheet import FEEDBACK, feedback_sheet
from kb.workshops.papers.for_trainers import FOR_TRAINERS, for_trainers
from kb.workshops.papers.handout import HANDOUT, handout
from kb.workshops.papers.setting import Setting
from kb.workshops.papers.timetable import PROGRAMME, programme_paper
from kb.workshops.papers.worksheets import WORKSHEETS, worksheets


@dataclass(frozen=True)
class Paper:
    """A paper: its name in addresses and of files, what it is called, how it is made.

    `is_open` for what whoever may see the workshop is given; the others are for those who teach it.
    """

    name: str
    title: str
    make: Callable[[Setting], Document]
    is_open: bool = False


PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("programme", PROGRAMME, programme_paper, is_open=True),
        Paper("handout", HANDOUT, handout, is_open=True),
        Paper("worksheets", WORKSHEETS, worksheets, is_open=True),
        Paper("attendance", ATTENDANCE, attendance),
        Paper("feedback", FEEDBACK, feedback_sheet),
        Paper("for-trainers", FOR_TRAINERS, for_trainers),
    )
}
