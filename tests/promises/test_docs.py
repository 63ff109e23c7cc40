"""The docs name files that exist; the guide stays short and shows the layers as they are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = (*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md")
GUIDE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LONGEST_GUIDE = 500  # lines
# File names that a how-to makes up.
_INVENTED = re.compile(r"^(kb|tests)/(kinds|web|web/templates|sample)/notes?(/|$)")
_PATH = re.compile(r"(?<![\w./-])(?:kb|tests|docs)/[\w./<>…*{}-]*")
_LINK = re.compile(r"\]\(([^)#:]+(?:\.md|/))(?:#[^)]*)?\)")


def paths_in(text: str) -> set[str]:
    """Return the paths below `kb`, `tests` and `docs` that a text names, without paths that contain placeholders."""
    found = (each.rstrip("./") for each in _PATH.findall(text))
    return {each for each in found if not re.search(r"[<>…*{}]", each) and not _INVENTED.match(each)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_path_that_the_docs_name_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert sorted(each for each in paths_in(text) if not (ROOT / each).exists()) == []
    links = {each for each in _LINK.findall(text) if not (path.parent / each).exists()}
    assert sorted(links) == []


def test_the_docs_name_many_paths() -> None:
    """A pattern that matches nothing would prove nothing."""
    assert len({each for path in TEXTS for each in paths_in(path.read_text(encoding="utf-8"))}) > 60


def test_the_guide_stays_short() -> None:
    assert len(GUIDE.splitlines()) <= LONGEST_GUIDE


def test_the_guide_shows_the_layers_in_their_order() -> None:
    picture = GUIDE.partition("```\n")[2].partition("```")[0]
    shown = [line[11:].partition("  ")[0].split(" │ ") for line in picture.splitlines()]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert shown == [layer.split(" | ") for layer in contracts[0]["layers"]]
