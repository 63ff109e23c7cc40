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
        N_("Someone has just reported a crime to me. What do I ask, what do I hand out, and who do I call?"),
        N_("Now"),
        (
            _theme(N_("Ask whether you may pass on the victim’s number"), "opt-in-referral"),
            _theme(N_("Assess the risk"), "risk-assessment"),
            _theme(N_("Explain rights in plain language"), "plain-language-information"),
            HomeLink(N_("Phone numbers to give to victims"), "help.index"),
        ),
        (
            _theme(N_("Referral that does not depend on one officer"), "referral"),
            _theme(N_("A secure channel to the support service"), "secure-communication"),
            HomeLink(N_("What police do elsewhere"), "search.index", {"actor": "police"}),
        ),
    ),
    Visitor(
        N_("I am a support worker"),
        N_("A victim has been referred to us. How do we contact them safely and find out what they need?"),
        N_("Now"),
        (
            _theme(N_("Call without putting anyone in danger"), "safe-contact"),
            _theme(N_("Ask what this person needs"), "support-needs-assessment"),
            _theme(N_("Make a safety plan together"), "safety-planning"),
        ),
        (
            _theme(N_("A data-sharing agreement"), "data-sharing-agreement"),
            _theme(N_("Work with the police and other organisations"), "multi-agency-working"),
            HomeLink(N_("What other organisations do"), "search.index", {"actor": "victim-support-organisations"}),
        ),
    ),
    Visitor(
        N_("I am a lawyer"),
        N_("Articles 8 and 22: what are my client’s rights, and how do States put them into practice?"),
        N_("Now"),
        (
            HomeLink(N_("The Directive, article by article"), "rights.index"),
            HomeLink(
                N_("Article 22: individual assessment"),
                "rights.article",
                {"instrument_id": "vrd", "number": "22"},
            ),
            _theme(N_("Protection during proceedings"), "special-protection-measures"),
        ),
        (
            HomeLink(
                N_("Article 8: access to support"),
                "rights.article",
                {"instrument_id": "vrd", "number": "8"},
            ),
            HomeLink(N_("Country by country"), "countries.index"),
            _theme(N_("A letter of rights that victims can understand"), "letter-of-rights"),
        ),
    ),
    Visitor(
        N_("I set up services or train people"),
        N_("I run a service or train colleagues. What works, what has failed and what is missing?"),
        N_("Now"),
        (
            HomeLink(
                N_("Practices with the strongest evidence"),
                "search.index",
                {"evidence": ["ev-3-evaluated", "ev-4-controlled", "ev-5-replicated"]},
            ),
            HomeLink(N_("Compare practices side by side"), "compare.show"),
            HomeLink(N_("Exercises for workshops"), "exercises.index"),
            HomeLink(N_("Create a list to hand out"), "lists.show"),
        ),
        (
            HomeLink(N_("Where Europe has practices and where there are gaps"), "gaps.index"),
            _theme(N_("Referral models and when to choose each one"), "referral"),
            HomeLink(N_("How we rate practices"), "pages.show", {"record_id": "method"}),
        ),
    ),
)
