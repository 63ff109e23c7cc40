"""Hypothesis strategies for malformed inputs: texts, bytes, and the entry point and button to send them with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.safety.hostile import MARKDOWN, SCRIPTS

_PIECES = (
    *SCRIPTS,
    *MARKDOWN,
    *(
        "---",
        "\n---\n",
        "---\nid: x\n---\n",
        "- ",
        ": ",
        "\t",
        "\r",
        "\r\n",
        "&a *a",
        "!!python/object:os.system ls",
        "{",
        "]",
    ),
    *(
        "<<: *a",
        "? x",
        "%YAML 9",
        "|",
        ">",
        "'",
        '"',
        "#",
        "no",
        "~",
        "2026-02-31",
        "1e999",
        "9" * 400,
        "-0",
        "[[",
        "x: x: x",
    ),
    *("## {#what}", "## A {#a}\n## A {#a}", "[^s1]", "[^none]", "](practices/none#x)", "> " * 60, "- " * 60, "*" * 60),
    *(
        "\x00",
        "\x0b",
        "\x1b[2J",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ufffe",
        "🏳️‍🌈",
        "ș",
        "ş",
        "ﬁ",
        "İ",
        "e\u0301" * 20,
        "a" * 3000,
    ),
    *(
        "../../etc/passwd",
        "%s%n",
        "' OR 1=1 --",
        "=1+1",
        "{{7*7}}",
        "%(x)s",
        "_",
        " ",
        "\n\n\n",
        "|a|b|\n|-|",
        "```",
        "$$",
    ),
)
PIECE = st.sampled_from(_PIECES) | st.text(max_size=30)
TEXT = st.lists(PIECE, max_size=8).map("".join) | st.text(max_size=400)
BYTES = st.binary(max_size=200) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
DOORS = ("form", "raw", "suggestion", "csv", "form", "file", "remark", "raw", "xlsx", "body", "answer")
VERBS = (
    *(
        "publish",
        "save",
        "preview:what",
        "raw",
        "publish",
        "save",
        "form",
        "add:sources",
        "remove:sources:0",
        "preview:",
    ),
    *("up:organisations:1", "down:nothing:99", "section-remove:what", "section-up:how", "submit", "", "x:y:z", "add"),
)
# Edits that spoil a valid text: where to cut, how much, and what to insert.
SPOILS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), PIECE), min_size=1, max_size=6)


def spoiled(text: str, spoils: list[tuple[float, float, str]]) -> str:
    """Return a text with some pieces removed and others inserted."""
    for where, length, piece in spoils:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + int(length * length * len(text)) :]
    return text


@dataclass(frozen=True)
class Input:
    """One malformed input: the entry point, the part, the button, and the typed or written text."""

    door: str
    part: int
    verb: str
    fields: tuple[tuple[int, str], ...]
    spoils: list[tuple[float, float, str]]
    data: bytes
    whole: bool


INPUTS = st.builds(
    Input,
    door=st.just(DOORS[0]),
    part=st.integers(0, 1),
    verb=st.just(VERBS[0]),
    fields=st.lists(st.tuples(st.integers(0, 400), TEXT), min_size=1, max_size=6).map(tuple),
    spoils=SPOILS,
    data=BYTES,
    whole=st.booleans(),
)


def turned(given: Input, number: int) -> Input:
    """Return an input with the next entry point and button in turn, so that each gets an equal share."""
    return replace(given, door=DOORS[number % len(DOORS)], verb=VERBS[number // len(DOORS) % len(VERBS)])
