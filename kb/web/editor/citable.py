"""What a text can point at: the sources of its record, and pictures and documents, by their short names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.editing.forms.attachments import files_to_show
from kb.extensions import db
from kb.records.uploads.images import is_picture
from kb.web.http.auth import signed_in
from kb.web.http.rendering import store

if TYPE_CHECKING:
    from kb.web.editor.page import EditorPage


@dataclass(frozen=True)
class Citable:
    """Ids and titles of sources, as the form has them or as the original has; names of pictures and documents."""

    sources: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    documents: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.sources or self.pictures or self.documents)


def citable(page: EditorPage) -> Citable:
    """Return what the texts of this page can point at."""
    place = page.opened.place
    bundle = store().snapshot.find(place.kind, place.id)
    names = sorted(files_to_show(db.session, store(), signed_in(), (place.kind, place.id)))
    own = tuple((row.id, row.title) for row in getattr(bundle.record, "sources", ())) if bundle is not None else ()
    return Citable(
        sources=_rows(page) if page.view == "source" else own,
        pictures=tuple(name for name in names if is_picture(name)),
        documents=tuple(name for name in names if not is_picture(name)),
    )


def _rows(page: EditorPage) -> tuple[tuple[str, str], ...]:
    rows = next((each.rows for each in page.facts if each.field == "sources"), ())
    said = (row.title.partition(": ") for row in rows)
    return tuple((name, title) for name, _colon, title in said if name)
