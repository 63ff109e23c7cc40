"""The architecture guide names every module of the package."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_module_stands_in_the_architecture_guide() -> None:
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = guide.partition("## 3. ")[2].partition("## 4. ")[0]
    listed: dict[str, set[str]] = {}
    package = ""
    for line in section.splitlines():
        name = line.strip().partition(" ")[0]
        indent = len(line) - len(line.lstrip())
        if indent == 2 and name.endswith("/"):
            package = name.rstrip("/")
        elif name.endswith(".py"):
            listed.setdefault(package if indent == 4 else "", set()).add(name)
    present: dict[str, set[str]] = {}
    for path in (ROOT / "kb").rglob("*.py"):
        if path.name != "__init__.py":
            folder = path.parent.relative_to(ROOT / "kb").as_posix()
            present.setdefault("" if folder == "." else folder, set()).add(path.name)
    assert listed == present
