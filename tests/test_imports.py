"""Imports run one way: each room of the house names the rooms that it stands on, and no others."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

from visualizer import FOLDER

ROOT = FOLDER.parent
KIT = {"engine", "text", "web", "once", "theme", "unattended"}
ARROWS: dict[str, set[str]] = {
    "text": {"engine"},
    "web": {"theme"},
    "once": set(),
    "theme": set(),
    "unattended": {"engine"},
    "figures": {"engine", "text", "theme"},
    "scenes": {"engine", "text"},
    "player": {*KIT, "scenes"},
    "film": {*KIT, "player"},
    "ui": {*KIT, "figures", "player"},
    "inputs": {*KIT, "ui"},
    "labs.kit": {*KIT, "ui", "inputs"},
    "labs": {*KIT, "ui", "inputs", "film", "labs.kit"},
    "lessons": {*KIT, "ui", "inputs", "figures", "scenes", "player"},
    "site": {*KIT, "ui"},
    "server": {"engine", "web", "player", "film", "lessons", "site"},
    "command": {"player", "server", "site", "text", "ui", "unattended"},
    "bridges": {*KIT, "ui", "film", "labs.kit", "labs.playground", "lessons.one_hidden_layer", "site"},
}
"""From each room to those that it may import. A lesson or a lab imports itself besides, and no other."""
ENGINE: dict[str, set[str]] = {
    "arguments": set(),
    "superscripts": set(),
    "geometry": {"arguments"},
    "statistics": set(),
    "sequences": set(),
    "data": set(),
    "trace": {"geometry"},
    "stacks": {"arguments", "geometry"},
    "convnet": {"data"},
    "training": {"data", "superscripts", "trace"},
    "descent": {"arguments", "training"},
    "detector": {"convnet", "data"},
    "walks": {"arguments", "convnet", "detector", "geometry", "trace"},
    "measures": {"data", "trace", "training"},
    "experiments": {"data", "measures", "statistics", "training"},
    "features": {"walks"},
    "filtering": {"arguments", "geometry", "walks"},
    "retrieval": {"convnet", "walks"},
}
PLACES = {"visualizer.FOLDER", "visualizer.SCRIPTS", "visualizer.CONFIG"}
EXCEPT = {
    ("engine.trace", "player"): "a trace shows itself in a notebook; asked for there only, within a function",
}
LOADS_ALL = """
import importlib, pkgutil, sys, visualizer.engine
for found in pkgutil.walk_packages(visualizer.engine.__path__, "visualizer.engine."):
    importlib.import_module(found.name)
visualizer.engine.data.digits.load_digits()
sys.exit(sorted({"streamlit", "plotly", "sklearn"} & set(sys.modules)) or 0)
"""


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules that a file imports, at its top or within."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def room(module: str) -> str:
    """The room of a module of the app: engine.trace, lessons.convnet, ui."""
    parts = module.split(".")[1:]
    return ".".join(parts[: 2 if parts[0] in {"engine", "labs", "lessons"} else 1])


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def arrows() -> dict[tuple[str, str], set[str]]:
    """From which room to which, and by which files."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in files("visualizer"):
        here = room(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in imported(path):
            if name.startswith("visualizer.") and name not in PLACES and room(name) != here:
                found.setdefault((here, room(name)), set()).add(path.relative_to(ROOT).as_posix())
    return found


def allowed(here: str, there: str) -> bool:
    if here in {"engine.__init__", "labs.taught"}:  # the facade, and what the lecture says of all labs
        return there.partition(".")[0] in {"engine", "labs"}
    if here.startswith("engine."):
        return there.startswith("engine.") and there.removeprefix("engine.") in ENGINE[here.removeprefix("engine.")]
    may = ARROWS.get(here) or ARROWS.get(here.partition(".")[0], {"engine", "labs"})
    return there in may or there.partition(".")[0] in may


def test_every_arrow_between_rooms_runs_one_way() -> None:
    found = arrows()
    assert len(found) > 100
    assert {arrow: files for arrow, files in found.items() if not (allowed(*arrow) or arrow in EXCEPT)} == {}


def test_no_exception_is_left_over() -> None:
    assert set(EXCEPT) <= set(arrows())


def test_the_engine_loads_neither_streamlit_nor_plotly_nor_scikit_learn() -> None:
    subprocess.run([sys.executable, "-c", LOADS_ALL], check=True, cwd=ROOT)


def test_only_the_labs_import_plotly() -> None:
    others = [path for path in files("visualizer", "pages") if ROOT / "visualizer" / "labs" not in path.parents]
    assert len(others) > 100
    assert [path for path in others if any(name.split(".")[0] == "plotly" for name in imported(path))] == []
