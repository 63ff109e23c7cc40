"""Selects what one file of a tool prints: one of its papers, for one group of crimes or for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.conversion.answers import ConversionAnswers
from kb.errors import NotFound
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.tool.model import CaseField, PaperFormat, Tool, ToolPaper, ToolPart


@dataclass(frozen=True)
class PaperScope:
    """The paper of a file, `None` if its tool makes only one document, and its group of crimes, "" for all."""

    paper: ToolPaper | None = None
    crime: str = ""

    @property
    def format(self) -> PaperFormat:
        """The format of the file."""
        return self.paper.format if self.paper is not None else PaperFormat.A4

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of crimes that the file is about."""
        return (self.crime,) if self.crime else tuple(CRIME_GROUPS)

    @property
    def sets(self) -> Mapping[str, str]:
        """The choices that the paper decides, each with its alternative."""
        pairs = (each.partition("=") for each in (self.paper.sets if self.paper is not None else ()))
        return {choice: value for choice, _sign, value in pairs}

    def includes(self, part: ToolPart) -> bool:
        """Whether a part belongs to the file; its condition may still switch it off."""
        return (self.paper is None or self.paper.id in part.papers) and self.is_about(part)

    def is_about(self, what: ToolPart | CaseField) -> bool:
        """Whether a part or a field is for the crimes of the file."""
        return not what.crimes or not self.crime or self.crime in what.crimes


ALL = PaperScope()


def scope_of(tool: Tool, answers: ConversionAnswers) -> PaperScope:
    """Return the scope that the answers select.

    Answers without a paper, such as those saved before the tool had papers, select the one whose choices they made,
    or else the first. Raises `NotFound` for a paper that the tool does not make.
    """
    if answers.paper is not None:
        found = next((paper for paper in tool.papers if paper.id == answers.paper), None)
        if found is None:
            raise NotFound(f"paper/{answers.paper}")
        return PaperScope(found, answers.crime)
    made = (paper for paper in tool.papers if paper.sets and _has_made(answers, PaperScope(paper).sets))
    return PaperScope(next(made, next(iter(tool.papers), None)), answers.crime)


def _has_made(answers: ConversionAnswers, sets: Mapping[str, str]) -> bool:
    return all(value in answers.choices.get(choice, {}).get("", ()) for choice, value in sets.items())
