"""Folders stay small enough to read, and modules are neither tiny nor named meaninglessly.

`kb dev modules --long` lists the sizes.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "core",
    "base",
    "data",
    "info",
    "manager",
    "service",
}
FILES = sorted((ROOT / "kb").rglob("*.py"))
TEXTS = {path: path.read_text(encoding="utf-8") for path in FILES}
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in FILES if path.stem != "__init__"}

LARGEST_FOLDER = 24  # modules
TOP_OF_WEB = 5  # modules
SMALL = 60  # lines
REASON = "Apart because"  # starts the sentence of a docstring that gives the reason for a small module
REASONS = 20


@cache
def trees() -> dict[Path, ast.Module]:
    """Return all modules, parsed; it takes a second, so processes that run none of these tests do not do it."""
    return {path: ast.parse(text) for path, text in TEXTS.items()}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield every name that a module imports, at its top or in a function, as `kb.web.http.i18n` and `….gettext`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def folder(module: str) -> str:
    return module.rpartition(".")[0]


def importers() -> dict[str, set[str]]:
    """Return the importing modules of each module; packages are named by their folder."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees().items():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for each in {*imported(tree)} & MODULES.keys() - {name}:
            found[each].add(name)
    return found


def is_part_of_a_kind(module: str, importer: str) -> bool:
    """Return whether `kind.py` lists this module as a part of its kind of record. All kinds use the same part names."""
    return folder(module).startswith("kb.kinds.") and importer == f"{folder(module)}.kind"


def crumbs() -> list[str]:
    """Return the small modules that only one module imports, where both are in the same folder."""
    return [
        module
        for module, (importer, *others) in sorted((name, sorted(found)) for name, found in importers().items())
        if not others
        and folder(importer) == folder(module)
        and len(TEXTS[MODULES[module]].splitlines()) < SMALL
        and not is_part_of_a_kind(module, importer)
    ]


def has_reason(module: str) -> bool:
    return REASON in " ".join((ast.get_docstring(trees()[MODULES[module]]) or "").split())


def test_no_module_is_called_by_a_name_that_says_nothing() -> None:
    assert len(FILES) > 500
    assert not [path for path in FILES if path.stem in NO_NAMES or path.parent.name in NO_NAMES]


def test_no_folder_has_more_modules_than_one_can_read() -> None:
    sizes = Counter(map(folder, MODULES))
    assert {name: size for name, size in sizes.items() if size > LARGEST_FOLDER} == {}
    assert sizes["kb.web"] <= TOP_OF_WEB


def test_each_class_has_a_name_of_its_own() -> None:
    classes = (node.name for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, times in Counter(classes).items() if times > 1] == []


def test_a_small_module_of_one_sibling_says_why_it_is_apart() -> None:
    found = crumbs()
    assert [each for each in found if not has_reason(each)] == []
    assert sum(map(has_reason, found)) <= REASONS


def test_the_shared_fixtures_stay_short() -> None:
    assert lines(ROOT / "tests" / "conftest.py") <= 200
