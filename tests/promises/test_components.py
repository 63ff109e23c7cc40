"""Every component is one documented macro in one file, shown in the gallery; templates have no untranslated words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

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
    "http/errors/500.html": "depends on nothing, so it says everything in five languages at once",
}
# Blocks, variables and macros that hold classes and attributes, no words.
_NO_WORDS = re.compile(
    r"\{% block \w*(?:class|arrangement) %\}.*?\{% endblock %\}"
    r"|\{%-? set \w+ -?%\}.*?\{%-? endset -?%\}"
    r"|\{%-? macro attributes\(.*?\{%-? endmacro -?%\}",
    re.S,
)


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


TEXTS = {name_of(path): path.read_text(encoding="utf-8") for path in ALL}
IMPORTS = [found for text in TEXTS.values() for found in _IMPORT.findall(text)]


def test_there_are_templates_and_components() -> None:
    assert COMPONENTS
    assert {name_of(path) for path in COMPONENTS} < set(TEXTS)


def faults(path: Path) -> Iterator[str]:
    """Yield the faults of a component's file."""
    text = TEXTS[name_of(path)]
    if not text.startswith("{#-"):
        yield f"{path.name} does not say what it is"
    # A macro that calls itself may need helper macros in the same file; no template imports those.
    if path.stem not in _MACRO.findall(text):
        yield f"{path.name} has no macro of its name"
    if (imported := {macro for file, macro, _alias in IMPORTS if file == path.name}) != {path.stem}:
        yield f"{path.name}: templates import {sorted(imported)}"


def test_a_component_is_one_macro_that_says_what_it_is() -> None:
    assert [fault for path in COMPONENTS for fault in faults(path)] == []


def test_a_component_stands_in_the_gallery() -> None:
    names = {file: alias or macro for file, macro, alias in _IMPORT.findall(GALLERY)}
    assert [path.name for path in COMPONENTS if path.name not in names] == []
    shown = {file for file, name in names.items() if re.search(rf"\{{[{{%][^}}]*\b{name}\(", GALLERY)}
    assert [path.name for path in COMPONENTS if path.name not in shown] == [], "they are imported but not shown"


def test_what_is_imported_is_used() -> None:
    unused = [
        (name, alias or macro)
        for name, text in TEXTS.items()
        for _file, macro, alias in _IMPORT.findall(text)
        if not re.search(rf"\b{alias or macro}\(", text.split(f"import {macro}", 1)[1])
    ]
    assert unused == []


def bare_words(text: str) -> Iterator[str]:
    """Yield the text between the tags of a template, and in attributes that screen readers read out."""
    source = _CODE.sub("", _NO_WORDS.sub("", text))
    read_out = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', source)
    for word in re.findall(r"[^\W\d_]{2,}", " ".join([_MARKUP.sub(" ", source), *read_out])):
        if word not in _NAMES:
            yield word


def test_all_words_are_marked_for_translation() -> None:
    unmarked = {name: words for name, text in TEXTS.items() if (words := list(bare_words(text)))}
    assert {name: words for name, words in unmarked.items() if name not in UNTRANSLATED} == {}
    assert set(unmarked) >= set(UNTRANSLATED), "an exception is no longer needed"


def test_no_message_holds_markup_or_an_address() -> None:
    messages = [
        (name, "".join(message))
        for name, text in TEXTS.items()
        for message in re.findall(r'_\(\s*(?:"([^"]*)"|\'([^\']*)\')', text)
    ]
    assert messages
    assert [each for each in messages if re.search(r"<\w|https?://", each[1])] == []
