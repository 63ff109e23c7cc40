"""Injection payloads for pages, and detection of injected content in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from kb.documents.slide_blocks import Deck
from kb.documents.slides_html import to_file

STATIC = Path(__file__).parents[2] / "kb" / "web" / "static"

# The element, the call and the attribute that occur in none of our pages. Each text tries another injection.
SCRIPTS = (
    "<praxis-x onclick=praxis()>",
    '"><praxis-x>',
    "'><praxis-x onfocus='praxis()' autofocus>",
    '" onfocus="praxis()" autofocus data-praxis="',
    "' onfocus='praxis()' data-praxis='",
    "<script>praxis()</script>",
    "</script><praxis-x>",
    "</textarea></title></select></style><praxis-x>",
    "--><praxis-x>",
    "<svg/onload=praxis()><img src=x onerror=praxis()>",
    "<iframe srcdoc='<script>praxis()</script>'>",
    '<base href="//praxis.invalid/"><meta http-equiv=refresh content="0;url=//praxis.invalid">',
    '<a style="background:url(//praxis.invalid)">x</a>',
    "<form action=//praxis.invalid><input name=password>",
    "javascript:praxis()",
    "{{ praxis() }} ${praxis()}",
)
MARKDOWN = (
    "[x](javascript:praxis())",
    "[x](JaVa\tScRiPt:praxis())",
    "[x](java&#9;script:praxis())",
    "[x](java&Tab;script:praxis()) [x](java&NewLine;script:praxis())",
    "[x](java&#10;script:praxis()) [x](&#1;javascript:praxis()) [x](javascript&colon;praxis())",
    "<java&#9;script:praxis()> [x](<java\tscript:praxis()>)",
    "[x](vbscript:praxis()) [x](//praxis.invalid/x) [x](\\\\praxis.invalid)",
    "[x](&#106;avascript:praxis())",
    "[x](data:text/html,<praxis-x>)",
    "![x](javascript:praxis())",
    '![x](x" onerror="praxis())',
    '[x](https://example.org/" onclick="praxis())',
    "[x](https://example.org/ 'x' onclick=praxis())",
    "<javascript:praxis()>",
    "[x]: javascript:praxis()\n\n[x]",
    "`<praxis-x>`",
    "    <praxis-x>",
    "| <praxis-x> | <script>praxis()</script> |\n|---|---|\n| <praxis-x> | </td><praxis-x> |",
    "## <praxis-x>",
    "> <praxis-x>\n\n1. <praxis-x>\n   - <svg onload=praxis()>",
    "<div markdown=1 onclick=praxis()>*x*</div>",
    "<!-- <praxis-x> --> <![CDATA[<praxis-x>]]> <?praxis?>",
    "x[^<praxis-x>] &lt;praxis-x&gt; &#60;praxis-x&#62;",
    "{: onclick=praxis() .x #y }",
)
ALL = "\n\n".join((*SCRIPTS, *MARKDOWN))
LINE = " ".join(SCRIPTS)
_FORBIDDEN = frozenset({"base", "embed", "frame", "iframe", "object", "applet", "praxis-x", "template"})
_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset")
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms", "otpauth"})


@cache
def _inside_the_file_of_slides() -> tuple[str, ...]:
    """Return the style sheet, script and `http-equiv` tags that the slides file embeds, because it works offline."""
    empty = to_file(Deck("", ("en",), ()), STATIC)
    return tuple(re.findall(r"<meta http-equiv[^>]*>|<style>.*?</style>|<script.*?</script>", empty, re.DOTALL))


def intruders(html: str) -> Iterator[str]:
    """Yield everything in a page that is not ours, or would run as script."""
    if "<style>" in html:
        for own in _inside_the_file_of_slides():
            html = html.replace(own, "", 1)
    root = LexborHTMLParser(html).root  # parses as browsers do
    for element in root.traverse(include_text=False) if root is not None else ():
        tag, attributes = element.tag or "", {name: value or "" for name, value in element.attributes.items()}
        if tag in _FORBIDDEN or "praxis" in tag:
            yield f"an element {tag}"
        if tag == "meta" and "http-equiv" in attributes:
            yield f"an order for the browser: {attributes}"
        if tag in ("script", "style"):
            text = element.text(deep=True)
            if tag == "style" or not _is_ours(attributes.get("src"), attributes.get("type"), text):
                yield f"a {tag}: {text[:80]!r}"
        for name, value in attributes.items():
            plain = name.rpartition(":")[2]
            if plain.startswith("on") or plain in ("style", "srcdoc") or "praxis" in plain:
                yield f"an attribute {plain} of {tag}"
            if plain in _ADDRESSES and not _is_address(value, tag):
                yield f"{plain} of {tag} leads to {value[:80]!r}"


def _is_ours(source: str | None, kind: str | None, text: str | None) -> bool:
    if source is not None:
        return source.startswith("/static/")
    if kind != "application/ld+json":
        return False
    json.loads(text or "")  # its content is text, in one JSON document
    return True


def _is_address(value: str, tag: str) -> bool:
    plain = value.lstrip("".join(map(chr, range(33))))  # as browsers read it (WHATWG URL, section 4.4)
    plain = plain.translate(dict.fromkeys(map(ord, "\t\r\n")))
    parts = urlsplit(plain)
    if tag in ("form", "button", "img", "link", "script"):
        return not parts.netloc or parts.hostname == "localhost"
    return parts.scheme.lower() in _SCHEMES
