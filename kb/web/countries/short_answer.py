"""The short answer of a country: whether each role must refer, with the crimes joined by their verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import guidance_card
from kb.kinds.country.model import Country
from kb.speech import lower_first
from kb.web.http.i18n import gettext as _
from kb.web.labels.guidance_fields import LAWYER_VERDICTS, ROLES, VERDICTS
from kb.web.parts.answer_links import AnswerLink, choice_address


@dataclass(frozen=True)
class VerdictGroup:
    """The crimes after which a role has the same duty; `is_open`: it is not known or not collected."""

    word: str
    crimes: str
    is_open: bool


def verdict_groups(country: Country, role: ReaderRole) -> tuple[VerdictGroup, ...]:
    """Return the verdicts of a role, the one for most crimes last; none without guidance for the country."""
    if not country.guidance:
        return ()
    by_verdict: dict[DutyVerdict | None, list[CrimeGroup]] = {}
    for crime in CrimeGroup:
        row = guidance_card(country, role, crime).row(GuidanceKind.DUTY)
        verdict = (row.verdict or DutyVerdict.NOT_KNOWN) if row is not None else None
        by_verdict.setdefault(verdict, []).append(crime)
    words = LAWYER_VERDICTS if role is ReaderRole.LAWYER else VERDICTS
    return tuple(_groups(by_verdict, words))


def _groups(
    by_verdict: Mapping[DutyVerdict | None, list[CrimeGroup]], words: Mapping[DutyVerdict, str]
) -> Iterator[VerdictGroup]:
    *first, (verdict, most) = sorted(by_verdict.items(), key=lambda pair: len(pair[1]))
    for each, crimes in first:
        yield _group(each, crimes, words)
    yield _group(verdict, most, words, rest=_("all other crimes") if first else _("all crimes"))


def _group(
    verdict: DutyVerdict | None, crimes: Sequence[CrimeGroup], words: Mapping[DutyVerdict, str], rest: str = ""
) -> VerdictGroup:
    """Return a verdict with its crimes, or with `rest` for several of them."""
    names = [lower_first(_(CRIME_GROUPS[crime])) for crime in crimes]
    word = _(words[verdict]) if verdict is not None else _("Not collected yet")
    return VerdictGroup(
        word.rstrip("."),
        rest if rest and len(names) > 1 else "; ".join(names),
        verdict in (None, DutyVerdict.NOT_KNOWN),
    )


def role_answers(country: Country | None, code: str) -> Iterator[AnswerLink]:
    """Yield for each role the choice of crimes, with its verdicts in one line."""
    for role in ReaderRole:
        groups = verdict_groups(country, role) if country is not None else ()
        short = ". ".join(_("%(label)s: %(words)s", label=group.word, words=group.crimes) for group in groups)
        is_open = bool(groups) and all(group.is_open for group in groups)
        yield AnswerLink(_(ROLES[role]), choice_address(code, role), short, is_open)
