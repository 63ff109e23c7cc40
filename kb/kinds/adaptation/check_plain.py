"""Whether a country's profile has words for victims, where tools give a fact to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.i18n import N_
from kb.kinds.country.model import Country
from kb.kinds.country.profile_offers import LAWS
from kb.kinds.country.situation import AnswerStatus
from kb.kinds.register.model import Blank, Register
from kb.kinds.tool.model import Tool
from kb.kinds.tool.victim_wording import blanks_for_victims
from kb.problems import Problem
from kb.records.check_context import Case
from kb.records.record import Bundle, Status


def plain_problems(case: Case[Country], registers: Iterable[Register], tools: Iterable[Bundle]) -> Iterator[Problem]:
    """Yield a warning for each row of which victims would be given its name and number, and not a word."""
    given = _given(registers, tools) if case.record.facts else set()
    for index, row in enumerate(case.record.facts):
        is_given = (row.fact, None) in given or (row.fact, row.id) in given
        is_known = row.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY)
        if is_given and is_known and row.text is not None and row.plain is None and not row.fact.startswith(LAWS):
            message = N_("Tools give this to victims; say in plain what they can do with it, in short sentences.")
            yield case.warning("no-plain-words", message, ("facts", index, "plain"))


def _given(registers: Iterable[Register], tools: Iterable[Bundle]) -> set[tuple[str | None, str | None]]:
    """Return the key facts of blanks for victims, each with the row that the blank takes, or `None` for all."""
    shared: dict[str, Blank] = {blank.id: blank for register in registers for blank in register.blanks}
    found: set[tuple[str | None, str | None]] = set()
    for bundle in tools:
        tool: Tool = bundle.record
        if tool.status is not Status.RETIRED:
            blanks = shared | {blank.id: blank for blank in tool.own_blanks}
            texts = ((section.id, f"{section.heading}\n{section.text}") for section in bundle.sections)
            named = (blanks[each] for each in blanks_for_victims(tool, texts) if each in blanks)
            found |= {(blank.fact, blank.row) for blank in named}
    return found
