"""robots.txt and X-Robots-Tag: exclude filtered searches, comparisons and lists by link from crawlers.

A search for words alone stays open, so that its page can say itself that it belongs in no index. With filters, sorting
and pages there are more addresses than a crawler can read. All that they show is also on the pages of the records.
Comparisons and lists are endless as well, and texts that readers wrote into lists are not texts of this site. Feeds
stay open too, because feed services read this file first.
"""

from __future__ import annotations

from typing import TypeVar

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from kb.web.http.layout import absolute

bp = Blueprint("robots", __name__)

R = TypeVar("R", bound=WerkzeugResponse)

# Of the rules that match, the longest counts (RFC 9309).
RULES = """\
User-agent: *
Disallow: /*/search?
Allow: /*/search?q=
Disallow: /*/search?q=*&
Disallow: /*/search/values
Disallow: /*/search/suggest
Disallow: /*/changes?
Disallow: /*/compare?
Disallow: /*/list?
Disallow: /*/list/
Disallow: /*/list.
Disallow: /*/suggest/
Disallow: /*/follow
Disallow: /*/take/
Disallow: /*/convert
Disallow: /healthz
"""
DAY = 24 * 60 * 60


def unlisted(response: R, rules: str = "noindex") -> R:
    """Forbid search engines to index a response; with `noindex, nofollow` also to follow its links."""
    response.headers["X-Robots-Tag"] = rules
    return response


@bp.get("/robots.txt")
def index() -> Response:
    """Show robots.txt: the rules, and the addresses of the sitemaps."""
    maps = "".join(f"Sitemap: {absolute(url_for(each))}\n" for each in ("sitemap.index", "sitemap.workshops"))
    response = Response(f"{RULES}\n{maps}", content_type="text/plain; charset=utf-8")
    response.cache_control.max_age, response.cache_control.public = DAY, True
    return response
