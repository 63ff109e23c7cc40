"""Gaps, what helps, and changes in a country, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.i18n import N_
from kb.kinds.country.model import Country
from kb.kinds.country.situation import FindingKind, SituationFinding, YesNo
from kb.records.record import Reading
from kb.web.countries.profile.answers import AnswerText, Support, answer_text, source_numbers, support_of
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext

_FINDINGS: dict[FindingKind, str] = {
    FindingKind.LEGAL_GAP: N_("Gaps in the law"),
    FindingKind.PRACTICAL_GAP: N_("Gaps in practice"),
    FindingKind.LIMITATION: N_("Limitations"),
    FindingKind.DRIVER: N_("What helps"),
    FindingKind.CHANGE: N_("Changes since 2017"),
    FindingKind.COMING: N_("Planned changes"),
}

GAPS = (FindingKind.LEGAL_GAP, FindingKind.PRACTICAL_GAP, FindingKind.LIMITATION)
HELPS = (FindingKind.DRIVER,)
CHANGES = (FindingKind.CHANGE, FindingKind.COMING)


@dataclass(frozen=True)
class FindingView:
    """One finding with what it rests on."""

    id: str
    said: AnswerText
    when: str
    standing: str
    support: Support


@dataclass(frozen=True)
class FindingGroup:
    """The findings of a kind."""

    id: str
    title: str
    findings: tuple[FindingView, ...]

    @property
    def counted(self) -> str:
        """The title with the number of findings."""
        return _("%(label)s: %(words)s", label=self.title, words=i18n.number(len(self.findings)))


def counted_findings(groups: tuple[FindingGroup, ...]) -> str:
    """Return the groups with their numbers; one alone has the name of its part, so its number is enough."""
    if len(groups) == 1:
        return ngettext("%(count)s item", "%(count)s items", len(groups[0].findings))
    return " · ".join(group.counted for group in groups)


def findings_of(reading: Reading[Country]) -> Iterator[FindingGroup]:
    """Yield the findings of a country by kind."""
    record = reading.record
    for kind, title in _FINDINGS.items():
        found = tuple(_finding(reading, each) for each in record.findings if each.kind is kind)
        if found:
            yield FindingGroup(kind, _(title), found)


def _finding(reading: Reading[Country], finding: SituationFinding) -> FindingView:
    passage = reading.passages[f"findings.{finding.id}.text"]
    standing = ""
    if finding.kind in (FindingKind.LEGAL_GAP, FindingKind.PRACTICAL_GAP, FindingKind.LIMITATION):
        standing = {YesNo.YES: _("still applies"), YesNo.NO: _("no longer applies"), None: _("not rechecked")}[
            finding.still_true
        ]
    words = answer_text(passage, source_numbers(reading))
    return FindingView(finding.id, words, finding.when or "", standing, support_of(reading, finding))
