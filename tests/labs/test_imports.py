"""Plotly is for the labs: the engine loads neither it nor Streamlit nor scikit-learn, and no lesson asks for it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from visualizer import frame

ROOT = Path(frame.__file__).parents[1]
LABS = ROOT / "visualizer" / "labs"
FILES = [
    path for folder in ("visualizer", "pages") for path in (ROOT / folder).rglob("*.py") if LABS not in path.parents
]
LOADS_ALL = """
import importlib, pkgutil, sys, visualizer.engine
for found in pkgutil.walk_packages(visualizer.engine.__path__, "visualizer.engine."):
    importlib.import_module(found.name)
visualizer.engine.digits.load_digits()
sys.exit(sorted({"streamlit", "plotly", "sklearn"} & set(sys.modules)) or 0)
"""


def imported(path: Path) -> set[str]:
    """The packages that a file imports, at its top or within."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def test_the_engine_loads_neither_streamlit_nor_plotly_nor_scikit_learn() -> None:
    subprocess.run([sys.executable, "-c", LOADS_ALL], check=True, cwd=ROOT)


def test_only_the_labs_import_plotly() -> None:
    assert len(FILES) > 100
    assert [path for path in FILES if "plotly" in imported(path)] == []
