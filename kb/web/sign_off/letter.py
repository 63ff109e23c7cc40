"""The letter that asks the owner of a practice, a profile or a tool whether its page is right."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for

from kb.documents.blocks import Document, Paragraph, Run
from kb.editing.model import ConfirmationRequest
from kb.editing.suggestions.confirmation import find_request
from kb.errors import NotFound
from kb.extensions import db
from kb.i18n import N_
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of
from kb.web.http import i18n
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation, today
from kb.web.labels.authors import authors

_BREAK = "\r\n\r\n"  # RFC 6068
_SUBJECT = N_("Is our page right? %(title)s")
_PARAGRAPHS = (
    N_("Dear colleagues of %(recipient)s,"),
    N_("Praxis is a knowledge base of practices in victim support in Europe: %(site)s"),
    N_("It has a page that you know best: “%(title)s”. AI drafted the text from public sources. Please read it."),
    N_("Open this link and say for each part whether it is right. You need no account."),
    "%(link)s",
    N_("You can leave parts out. You can also add a contact, a cost, or a form that others may use."),
    N_("An editor reads your answer. Then the page says which parts your organisation confirmed, and on which day."),
    N_("The link works until %(date)s. Anyone who has it can reply for you. If you do not want to reply, do nothing."),
    N_("With kind regards"),
    "%(name)s",
)


@dataclass(frozen=True)
class OwnerLetter:
    """A letter in its language: subject, paragraphs, the link, and an address that opens it in a mail program."""

    request: ConfirmationRequest
    token: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str
    mail: str
    back: str
    language: str

    def document(self) -> Document:
        """Return the letter as a document."""
        blocks = tuple(Paragraph((Run(each, link=each if each == self.link else ""),)) for each in self.paragraphs)
        return Document(
            title=self.subject, language=self.language, blocks=blocks, author="Praxis", header="Praxis", made_on=today()
        )


def owner_letter(token: str) -> OwnerLetter:
    """Return the letter of a request. Raises `NotFound` for an unknown link, or if the record is gone."""
    request = find_request(db.session, token)
    place = place_of(request.record, SOURCE)
    entry = generation().catalog.columns.get((place.kind, place.id))
    if entry is None:
        raise NotFound(request.record)
    words = i18n.translator(request.language)
    link = absolute(url_for("confirming.show", token=token, language=request.language))
    filled = {
        "recipient": request.recipient,
        "site": absolute(f"/{request.language}/"),
        "title": entry.title(request.language)[0],
        "link": link,
        "date": i18n.speech(request.language).date(request.expires.date()),
        "name": authors(db.session, [request.asked_by]).get(request.asked_by or 0, ""),
    }
    subject = words(_SUBJECT) % filled
    paragraphs = tuple((each if each.startswith("%") else words(each)) % filled for each in _PARAGRAPHS)
    return OwnerLetter(
        request=request,
        token=token,
        subject=subject,
        paragraphs=paragraphs,
        link=link,
        mail=f"mailto:?subject={quote(subject)}&body={quote(_BREAK.join(paragraphs))}",
        back=url_for("asking.show", kind=place.kind, record_id=place.id),
        language=request.language,
    )
