"""The glossary of the guide lists words of the code: each is a name in `kb`, or a part of names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MOST_TERMS = 60
_ROW = re.compile(r"^\| `([a-z_]+)` \| (.+) \|$", re.MULTILINE)
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def glossary() -> list[tuple[str, str]]:
    """Return each term with its meaning."""
    return _ROW.findall(GUIDE[GUIDE.index("## 13. Glossary") :])


def names() -> Iterator[str]:
    """Yield the names of modules, classes, functions, arguments, variables and attributes, in snake case."""
    for path in (ROOT / "kb").rglob("*.py"):
        yield path.stem
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield _CAPITAL.sub("_", node.name).lower()
            elif isinstance(node, ast.Name):
                yield _CAPITAL.sub("_", node.id).lower()
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.Attribute):
                yield node.attr.lower()


def test_each_term_of_the_glossary_is_a_word_of_the_code() -> None:
    words = f"_{'__'.join({*names()})}_"
    terms = [term for term, _meaning in glossary()]
    assert len(terms) > 40
    assert [term for term in terms if not re.search(f"_{term}(s|es)?_", words)] == []


def test_the_glossary_is_short_and_explains_each_term_once() -> None:
    terms = [term for term, _meaning in glossary()]
    assert len(terms) <= MOST_TERMS
    assert len({*terms}) == len(terms)
    assert [meaning for _term, meaning in glossary() if not meaning.endswith(".")] == []
