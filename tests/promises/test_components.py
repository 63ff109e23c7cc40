"""Every component is one macro in one file, says what it is, and stands in the gallery; templates hold no bare word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "kb" / "web" / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
ALL = sorted(TEMPLATES.rglob("*.html"))
GALLERY = (TEMPLATES / "gallery" / "index.html").read_text(encoding="utf-8")
_MACRO = re.compile(r"\{%-? *macro +(\w+)\(")
_IMPORT = re.compile(r'from "components/([\w]+\.html)" import (\w+)(?: as (\w+))?')
_CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.S)
_MARKUP = re.compile(r"<!?/?[a-zA-Z][^>]*>")
# The name of the site is the same everywhere.
_NAMES = ("Praxis",)
# Templates that are not translated, with the reason.
UNTRANSLATED = {
    "gallery/index.html": "only for those who build pages",
    "errors/500.html": "depends on nothing, so it says everything in five languages at once",
}
# Blocks, variables and macros that hold classes and attributes, no words.
_NO_WORDS = re.compile(
    r"\{% block \w*(?:class|arrangement) %\}.*?\{% endblock %\}"
    r"|\{%-? set \w+ -?%\}.*?\{%-? endset -?%\}"
    r"|\{%-? macro attributes\(.*?\{%-? endmacro -?%\}",
    re.S,
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


IMPORTS = [found for path in ALL for found in _IMPORT.findall(text(path))]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_one_macro_that_says_what_it_is(path: Path) -> None:
    assert text(path).startswith("{#-")
    # A macro that calls itself may need others; nobody imports those.
    assert path.stem in _MACRO.findall(text(path))
    assert {macro for file, macro, _alias in IMPORTS if file == path.name} == {path.stem}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_stands_in_the_gallery(path: Path) -> None:
    names = {file: alias or macro for file, macro, alias in _IMPORT.findall(GALLERY)}
    assert path.name in names
    assert re.search(rf"\{{[{{%][^}}]*\b{names[path.name]}\(", GALLERY), f"{path.name} is imported but not shown"


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_what_is_imported_is_used(path: Path) -> None:
    for _file, macro, alias in _IMPORT.findall(text(path)):
        assert re.search(rf"\b{alias or macro}\(", text(path).split(f"import {macro}", 1)[1]), macro


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_all_words_are_marked_for_translation(path: Path) -> None:
    if str(path.relative_to(TEMPLATES)) in UNTRANSLATED:
        return
    # Letters between the tags, and in attributes that are read out.
    source = _CODE.sub("", _NO_WORDS.sub("", text(path)))
    bare = _MARKUP.sub(" ", source)
    read_out = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', source)
    words = [word for word in re.findall(r"[^\W\d_]{2,}", " ".join([bare, *read_out])) if word not in _NAMES]
    assert words == []


def test_the_exceptions_still_exist() -> None:
    assert all((TEMPLATES / name).exists() for name in UNTRANSLATED)


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_message_holds_markup_or_an_address(path: Path) -> None:
    for message in re.findall(r'_\(\s*(?:"([^"]*)"|\'([^\']*)\')', text(path)):
        words = "".join(message)
        assert not re.search(r"<\w|https?://", words), words
