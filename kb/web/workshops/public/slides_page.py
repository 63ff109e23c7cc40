"""Slides of a workshop: the deck in its languages, the page that shows it, and the file that works offline."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.documents.pdf import is_available
from kb.documents.slide_blocks import WORDS, Deck, Square
from kb.documents.slides_html import bar_html, slides_html, to_file
from kb.extensions import db
from kb.speech import Speech
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.rendering import has_pages, render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.public.page import may_build
from kb.web.workshops.timetable import frozen_rating
from kb.web.workshops.urls import readable_address, short_address
from kb.workshops.frozen.item import Frozen, held
from kb.workshops.model import Workshop
from kb.workshops.slides.deck import Address, deck
from kb.workshops.slides.record_slides import Telling

SLIDE_FORMATS = ("pdf", "html")


def slides_page(workshop: Workshop, key: str) -> ResponseReturnValue:
    """Return the page with all slides of a workshop."""
    found = deck_of(workshop, has_answers=may_build(workshop))
    shown = Deck(found.title, found.languages, found.slides, _words(i18n.speech()))
    return render(
        "workshops/public/slides.html",
        is_kept=False,
        key=key,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        title=found.title,
        bar=Markup(bar_html(shown, _links(key, workshop))),  # noqa: S704 - the writer escapes every text
        slides=Markup(slides_html(found)),  # noqa: S704
        has_pdf=is_available(),
        may_build=may_build(workshop),
    )


def _links(key: str, workshop: Workshop) -> list[tuple[str, str]]:
    """Return the links of the toolbar: the files, the presenter notes for trainers, and the workshop."""
    files = {"pdf": _("Slides as PDF"), "html": _("Slides as one file for a USB stick")}
    names = SLIDE_FORMATS if is_available() else SLIDE_FORMATS[1:]
    links = [(url_for("workshop_slides.take", key=key, name=name), files[name]) for name in names]
    if may_build(workshop):
        links.append((url_for("workshop_notes.show", workshop_id=workshop.id), _("Presenter’s notes")))
    return [*links, (url_for("workshops.show", key=key), _("Back to the workshop"))]


def deck_of(workshop: Workshop, *, has_answers: bool) -> Deck:
    """Return the slides of a workshop in its languages."""
    speeches = {code: i18n.speech(code) for code in workshop.languages}
    telling = Telling(speeches, _square, _address, has_answers)
    kept = {item.id: held(db.session, item) for item in workshop.items if item.slot_id and item.texts}
    words = _words(speeches[workshop.language])
    link = short_address(workshop)
    return deck(
        workshop, kept, telling, address=Address(link, readable_address(workshop)) if link else None, deck_words=words
    )


def offline_file(slides: Deck) -> bytes:
    """Return slides as one self-contained HTML file."""
    return to_file(slides, Path(current_app.root_path) / "web" / "static").encode()


def _words(speech: Speech) -> dict[str, str]:
    # The script fills the placeholders for each slide.
    return {name: speech.translate(words) for name, words in WORDS.items()}


def _square(frozen: Frozen, speech: Speech) -> Square | None:
    rating = frozen_rating(frozen, speech)
    if rating is None:
        return None
    level = f"{rating.code} {rating.level_words}".strip()
    return Square(
        rating.level, rating.direction, rating.transfer, (level, rating.direction_words, rating.transfer_words)
    )


def _address(frozen: Frozen) -> str:
    """Return the URL of the current record. A record of another site may have no page here."""
    if frozen.is_foreign or not has_pages(frozen.kind):
        return ""
    return absolute(url_for(f"{frozen.kind}.show", record_id=frozen.id, language=frozen.language))
