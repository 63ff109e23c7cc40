"""More like this: the records that are most like one, for its margin."""

from __future__ import annotations

from collections.abc import Collection

from kb.errors import Unavailable
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.parts.cards import RecordCard, hits

AT_MOST = 5


def more_like(kind: str, record_id: str, *, besides: Collection[str] = ()) -> tuple[RecordCard, ...]:
    """Return the records most like one, besides those that its page names anyway; none where there is no index."""
    view = generation().search
    try:
        found = view.similar(kind, record_id, i18n.current().code, AT_MOST + len(besides)) if view is not None else ()
    except Unavailable:
        return ()
    keys = [(hit.kind, hit.id) for hit in found if hit.id not in besides]
    return hits(keys[:AT_MOST])
