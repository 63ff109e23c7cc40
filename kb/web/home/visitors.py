"""The links of the home page for each kind of visitor: what helps now, and what to set up for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from kb.i18n import N_
from kb.web.http.i18n import gettext as _


@dataclass(frozen=True)
class HomeLink:
    """A link: its words and its target."""

    words: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        """The words in the reader's language."""
        return _(self.words)

    @property
    def address(self) -> str:
        """The address of the page."""
        return url_for(self.endpoint, **self.values)


@dataclass(frozen=True)
class Visitor:
    """A kind of visitor: who it is, the question, and links."""

    name: str
    question: str
    moment: str  # when the first ways help
    now: tuple[HomeLink, ...]
    setup: tuple[HomeLink, ...]


def _theme(words: str, theme: str) -> HomeLink:
    return HomeLink(words, "themes.show", {"record_id": theme})


VISITORS: tuple[Visitor, ...] = (
    Visitor(
        N_("I am a police officer"),
        N_("Somebody has just reported a crime to me. What do I ask, what do I hand over, whom do I call?"),
        N_("Tonight"),
        (
            _theme(N_("Ask whether you may pass on the number"), "opt-in-referral"),
            _theme(N_("See how great the danger is"), "risk-assessment"),
            _theme(N_("Explain rights in plain words"), "plain-language-information"),
            HomeLink(N_("Numbers to give"), "help.index"),
        ),
        (
            _theme(N_("Referral that does not depend on one officer"), "referral"),
            _theme(N_("A safe channel to the support service"), "secure-communication"),
            HomeLink(N_("What other police do"), "search.index", {"actor": "police"}),
        ),
    ),
    Visitor(
        N_("I am a support worker"),
        N_("A name has been passed to us. How do we get in touch safely, and find out what is needed?"),
        N_("Today"),
        (
            _theme(N_("Call without putting anybody in danger"), "safe-contact"),
            _theme(N_("Ask what this person needs"), "support-needs-assessment"),
            _theme(N_("Plan for safety together"), "safety-planning"),
        ),
        (
            _theme(N_("An agreement on whose data go where"), "data-sharing-agreement"),
            _theme(N_("Work with police and others"), "multi-agency-working"),
            HomeLink(N_("What other organisations do"), "search.index", {"actor": "victim-support-organisations"}),
        ),
    ),
    Visitor(
        N_("I am a lawyer"),
        N_("Article 8, Article 22: what is owed to my client, and how do States keep the promise?"),
        N_("Now"),
        (
            HomeLink(N_("The Directive, article by article"), "rights.index"),
            HomeLink(
                N_("Article 22: individual assessment"),
                "rights.article",
                {"instrument_id": "vrd", "number": "22"},
            ),
            _theme(N_("Protection in the proceedings"), "special-protection-measures"),
        ),
        (
            HomeLink(
                N_("Article 8: access to support"),
                "rights.article",
                {"instrument_id": "vrd", "number": "8"},
            ),
            HomeLink(N_("Countries, one by one"), "countries.index"),
            _theme(N_("A letter of rights that is understood"), "letter-of-rights"),
        ),
    ),
    Visitor(
        N_("I set up services or train people"),
        N_("I run a service, or a training day for colleagues. What works, what has failed, what is missing?"),
        N_("Now"),
        (
            HomeLink(
                N_("What was tested best"),
                "search.index",
                {"evidence": ["ev-3-evaluated", "ev-4-controlled", "ev-5-replicated"]},
            ),
            HomeLink(N_("Put practices side by side"), "compare.show"),
            HomeLink(N_("Make a list to hand out"), "lists.show"),
        ),
        (
            HomeLink(N_("Where Europe has practices, and where none"), "gaps.index"),
            _theme(N_("Models of referral, and when to choose which"), "referral"),
            HomeLink(N_("How we rate"), "pages.show", {"record_id": "method"}),
        ),
    ),
)
