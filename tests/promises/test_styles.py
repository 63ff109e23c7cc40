"""Style sheets follow the project's rules: layers, tokens, logical properties, and only widely supported features."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]

WEB = Path(__file__).parents[2] / "kb" / "web"
FILES = sorted((WEB / "static" / "css").glob("*.css"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
LAYERS = {"reset", "tokens", "base", "layout", "components", "overrides"}
# At-rules that are always outside of layers.
_OUTSIDE = {"font-face", "layer"}
_PHYSICAL = re.compile(
    r"^(?:(?:margin|padding|border)-(?:top|right|bottom|left)\b.*|top|right|bottom|left|width|height|(?:min|max)-(?:width|height)|float)$"
)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color-mix)\(", re.I)
_NAMED_COLOUR = re.compile(r"\b(?:black|white|red|green|blue|grey|gray|yellow|orange|silver)\b", re.I)
# Features that some browsers of the last thirty months lack.
_TOO_NEW = re.compile(
    r"(?<![\w-])(?:anchor|anchor-name|position-anchor|position-try|field-sizing|interpolate-size|calc-size|corner-shape|reading-flow"
    r"|animation-timeline|view-timeline|text-box|text-box-trim|if)\b\s*[:(]|@(?:function|mixin|scope|position-try)\b"
)
# Permitted exceptions to the rules, with reasons; a test checks that each is still needed.
COLOURS = {
    ("components.css", "cell--3"): "a step of shade that only the matrix and the map use",
    ("components.css", "cell--4"): "a step of shade that only the matrix and the map use",
    ("print.css", ""): "paper is white and ink is black, whatever the tokens say",
}
PROGRESSIVE = {"text-wrap: pretty": "better line ends where a browser can; nothing is lost where it cannot"}


@dataclass(frozen=True)
class Declaration:
    """One declaration of a style sheet, with its position."""

    file: str
    layer: str
    selector: str
    depth: int
    name: str
    value: str
    important: bool


def declarations(path: Path) -> Iterator[Declaration]:
    rules = tinycss2.parse_stylesheet(path.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    for rule in rules:
        yield from _rule(path.name, rule, "", "", 0)


def _rule(file: str, rule: Any, layer: str, selector: str, depth: int) -> Iterator[Declaration]:
    assert rule.type != "error", (file, rule.message)
    if rule.type == "at-rule":
        layer = tinycss2.serialize(rule.prelude).strip() if rule.lower_at_keyword == "layer" else layer
        outside = rule.lower_at_keyword in _OUTSIDE
        yield from _content(file, rule.content or (), layer or ("-" if outside else ""), selector, depth)
    else:
        own = tinycss2.serialize(rule.prelude).strip()
        yield from _content(file, rule.content, layer, own, depth + 1)


def _content(file: str, content: Any, layer: str, selector: str, depth: int) -> Iterator[Declaration]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            value = tinycss2.serialize(item.value).strip()
            yield Declaration(file, layer, selector, depth, item.lower_name, value, item.important)
        else:
            yield from _rule(file, item, layer, selector, depth)


ALL = [each for path in FILES for each in declarations(path)]


def test_every_rule_stands_in_a_layer() -> None:
    assert {each.layer for each in ALL} - LAYERS - {"-"} == set()


def test_nothing_is_important_and_no_id_is_styled() -> None:
    assert [each for each in ALL if each.important] == []
    assert [each.selector for each in ALL if re.search(r"#[\w-]+", re.sub(r"\[[^\]]*\]", "", each.selector))] == []


def test_rules_are_nested_two_levels_at_most() -> None:
    assert max(each.depth for each in ALL) <= 2


def test_properties_are_logical_so_that_right_to_left_needs_no_second_sheet() -> None:
    physical = (each for each in ALL if _PHYSICAL.match(each.name) and not each.value.startswith("inline-"))
    assert [f"{each.selector} {each.name}" for each in physical] == []


def _is_coloured(each: Declaration) -> bool:
    value = re.sub(r"var\([^)]*\)", "", each.value)
    return bool(_COLOUR.search(value) or _NAMED_COLOUR.search(value))


def excused(each: Declaration) -> set[tuple[str, str]]:
    return {key for key in COLOURS if key[0] == each.file and key[1] in each.selector}


def test_colours_come_from_tokens() -> None:
    coloured = [each for each in ALL if each.layer != "tokens" and _is_coloured(each)]
    assert [f"{each.file} {each.selector} {each.name}: {each.value}" for each in coloured if not excused(each)] == []
    needed = {key for each in coloured for key in excused(each)}
    assert set(COLOURS) == needed, "an exception is no longer needed"


def test_nothing_is_newer_than_what_browsers_widely_know() -> None:
    for path in FILES:
        assert _TOO_NEW.findall(path.read_text(encoding="utf-8")) == [], path.name
    pretty = {f"{each.name}: {each.value}" for each in ALL if (each.name, each.value) == ("text-wrap", "pretty")}
    assert pretty == set(PROGRESSIVE)


def test_every_token_that_is_used_is_defined() -> None:
    defined = {each.name for each in ALL if each.name.startswith("--")}
    used = {name for each in ALL for name in re.findall(r"var\((--[\w-]+)\)", each.value)}
    assert used <= defined


def classes(path: Path) -> Iterator[str]:
    """Yield the classes that a template uses literally."""
    for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8")):
        yield from re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*|\{%.*?%\}", " ", value).split()


def test_every_class_of_a_template_has_a_style() -> None:
    assert TEMPLATES
    styled = {name for each in ALL for name in re.findall(r"\.([a-zA-Z][\w-]*)", each.selector)}
    found = {(str(path.relative_to(WEB)), name) for path in TEMPLATES for name in classes(path)}
    assert sorted((path, name) for path, name in found if name not in styled) == []
