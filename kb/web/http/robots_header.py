"""What programs that read the whole web are asked to leave out: searches with filters, comparisons, lists by link.

A search for words alone stays open, so that its page can say itself that it belongs in no index; with filters, an order
or a page there are more addresses than anybody can read, and all that they show stands on the pages of the records.
Comparisons and lists are endless as well, and what readers wrote into lists is no text of this site.
Feeds stay open too: those who read them for others ask here first.
"""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.web.http.layout import absolute

bp = Blueprint("robots", __name__)

R = TypeVar("R", bound=WerkzeugResponse)

# Of rules that fit, the longest counts (RFC 9309).
RULES = """\
User-agent: *
Disallow: /*/search?
Allow: /*/search?q=
Disallow: /*/search?q=*&
Disallow: /*/search/values
Disallow: /*/search/suggest
Disallow: /*/compare?
Disallow: /*/list?
Disallow: /*/list/
Disallow: /*/list.
Disallow: /*/suggest/
Disallow: /*/take/
Disallow: /*/convert
Disallow: /healthz
"""
DAY = 24 * 60 * 60


def unlisted(response: R, rules: str = "noindex") -> R:
    """Say of an answer that it belongs in no index; with `noindex, nofollow` also not what it leads to."""
    response.headers["X-Robots-Tag"] = rules
    return response


@bp.get("/robots.txt")
def index() -> Response:
    """Show the rules, and where the maps of the site are."""
    maps = "".join(f"Sitemap: {absolute(url_for(each))}\n" for each in ("sitemap.index", "sitemap.workshops"))
    response = Response(f"{RULES}\n{maps}", content_type="text/plain; charset=utf-8")
    response.cache_control.max_age, response.cache_control.public = DAY, True
    return response
