"""Each module imports alone: none depends on another having been imported before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "kb").rglob("*.py")
)
# A fresh interpreter for each is what is promised; several modules share one where each is taken out again.
PROGRAM = """
import importlib, sys
start = set(sys.modules)
for name in sys.argv[1:]:
    for loaded in [m for m in sys.modules if m == "kb" or m.startswith("kb.")]:
        del sys.modules[loaded]
    # Tables may be declared once in a process.
    from sqlalchemy.orm import clear_mappers
    clear_mappers()
    importlib.import_module(name)
"""


@pytest.mark.slow
@pytest.mark.parametrize("package", sorted({".".join(name.split(".")[:2]) for name in MODULES}))
def test_each_module_imports_alone(package: str) -> None:
    names = [name for name in MODULES if name == package or name.startswith(package + ".")]
    command = [sys.executable, "-W", "error", "-c", PROGRAM, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
