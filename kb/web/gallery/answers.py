"""Samples of answer cards for the gallery. Apart because each part of the gallery has a module of its own."""

from __future__ import annotations

from typing import Any

from kb.web.answers.choice import PlainText
from kb.web.answers.contacts import CardContact
from kb.web.answers.page import CardLine, CardText
from kb.web.parts.answer_links import AnswerLink, GuidedCountry

_TEXT = PlainText("On the next day.", "en")
_DAY = "2026-11-20"


def answers() -> dict[str, Any]:
    """Return a line in each state, links, and a country with its roles."""
    known = CardText(_TEXT, "Law on the lamps, Article 9", "", (1, 2), "", "", _DAY)
    services = (
        CardContact(
            "Help line", "116 006", "tel:116006", "https://example.org", ("24 hours a day", "The call is free")
        ),
        CardContact("House of help", "", "", "", ()),
    )
    roles = (
        AnswerLink("Police", "#answers", "", False, is_current=True),
        AnswerLink("Lawyer", "#answers", "", False),
    )
    return {
        "card_lines": (
            CardLine("whom", "To whom", known, services),
            CardLine("when", "By when", CardText(_TEXT, "", "Partly known", (1,), "", "Due for review", _DAY)),
            CardLine("channel", "Channel", CardText(None, "", "Not collected yet", (), "", "")),
        ),
        "card_links": (
            *roles,
            AnswerLink("Hate crime", "#answers", "Not known.", True),
            AnswerLink("Terrorism", "#answers", "Yes. Inform a service.", False),
        ),
        "guided_country": GuidedCountry("ee", "Estonia", "#answers", roles),
    }
