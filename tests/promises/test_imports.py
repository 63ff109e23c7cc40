"""Each module can be imported alone: none depends on an earlier import of another module.

Only circular imports could cause such a dependency, so these tests search for cycles. Importing each of many hundreds
of modules in its own process would give the same result but take minutes.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (ROOT / "kb").rglob("*.py")
}


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the modules that importing a module imports, without imports in functions and imports for types."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0, "imports name the whole module"
                yield str(node.module)
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case ast.If() if ast.unparse(node.test) == "TYPE_CHECKING":
                waiting += node.orelse
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                pass
            case _:
                waiting += [each for each in ast.walk(node) if isinstance(each, ast.stmt) and each is not node]


def graph(files: Mapping[str, Path] = FILES) -> dict[str, set[str]]:
    """Return the modules that each module needs. A module also needs its package, because Python imports that first."""
    needed: dict[str, set[str]] = {}
    for name, path in files.items():
        found = {each for each in imported(ast.parse(path.read_text(encoding="utf-8"))) if each in files}
        packages = {each.rpartition(".")[0] for each in (*found, name)} - {""}
        needed[name] = (found | packages) - {name}
    return needed


def test_no_import_goes_round_in_a_circle() -> None:
    try:
        order = tuple(TopologicalSorter(graph()).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
    assert {*order} == {*FILES}


def test_a_circle_would_be_noticed(tmp_path: Path) -> None:
    texts = {"kb": "", "kb.a": "if True:\n    from kb.b import x\n", "kb.b": "import kb.a\n"}
    files = {name: tmp_path / f"{name}.py" for name in texts}
    for name, text in texts.items():
        files[name].write_text(text)
    with pytest.raises(CycleError):
        tuple(TopologicalSorter(graph(files)).static_order())


@pytest.mark.slow
def test_every_module_can_be_imported_and_none_warns() -> None:
    program = f"import importlib; [importlib.import_module(name) for name in {sorted(FILES)!r}]"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
