"""A view function has at most ten lines; other modules build page data and forms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).parents[2] / "kb" / "web"
MOST_LINES = 10
HTTP_METHODS = frozenset({"get", "post", "put", "patch", "delete", "route"})


def decorates_with_route(decorator: ast.expr) -> bool:
    """Return whether a decorator registers a view, such as `@bp.get("/")`."""
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and isinstance(decorator.func.value, ast.Name)
        and decorator.func.attr in HTTP_METHODS
    )


def body_lines(function: ast.FunctionDef) -> int:
    """Return the number of lines of a function's statements, without its docstring."""
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def views() -> Iterator[tuple[str, int]]:
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(map(decorates_with_route, node.decorator_list)):
                yield f"{path.relative_to(WEB).with_suffix('')}.{node.name}", body_lines(node)


def test_every_view_is_at_most_ten_lines_long() -> None:
    lengths = dict(views())
    assert len(lengths) > 150
    assert not {name for name, length in lengths.items() if length > MOST_LINES}
