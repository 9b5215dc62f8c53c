"""The wheel: built and installed without a network, it has the whole app, and works where no checkout is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from benchmarks.session import open_session
from tools.server import free_port, running_server
from visualizer import __version__
from visualizer.command import export, read_address
from visualizer.site.catalogue import PAGES

ROOT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "setup.py", "requirements.txt", "README.md", "LICENSE")
FOLDERS = ("visualizer", "pages", ".streamlit", "docs/licences")
"""What a build reads of the checkout."""
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--quiet")
ADDRESS = "/one-hidden-layer?inputs=2&hidden=3&step=27"
ENGINE = """
import json, sys
import torch
import visualizer.engine

one = torch.ones(1, 1, dtype=torch.float64)
trace = visualizer.engine.trace_network(one, one, [one, one], [one[0], one[0]])
files = [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "visualizer"]
print(json.dumps({"steps": len(trace), "off": trace.replay(), "page": trace._repr_html_()[:7], "files": files}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it. It is built of a copy, as a build writes beside what it reads."""
    source, wheels, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "target"))
    for name in SOURCES:
        shutil.copy(ROOT / name, source / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    offline = ("--no-deps", "--no-index")
    subprocess.run([*PIP, "wheel", *offline, "--no-build-isolation", "--wheel-dir", wheels, source], check=True)
    subprocess.run([*PIP, "install", *offline, "--no-compile", "--target", target, *wheels.glob("*.whl")], check=True)
    return target


def unrolled(installed: Path) -> tuple[str, ...]:
    """The command, for Python to run; -P keeps the folder that it is run in out of the imports."""
    return "-P", str(installed / "bin" / "unrolled")


def run(installed: Path, folder: Path, *program: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a folder, with the package installed and no checkout in sight."""
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *program], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_it_has_the_whole_app_and_nothing_else(installed: Path) -> None:
    bundles = "web/bundles/"
    wanted = {
        name: data
        for name, data in files(ROOT / "visualizer").items()
        if not name.endswith(".js") or name.startswith(bundles)
    }
    wanted |= {f"pages/{name}": data for name, data in files(ROOT / "pages").items()}
    wanted["config/config.toml"] = (ROOT / ".streamlit" / "config.toml").read_bytes()
    assert files(installed / "visualizer") == wanted
    assert {path.name for path in installed.iterdir()} == {"bin", "visualizer", f"unrolled-{__version__}.dist-info"}


def test_its_description_is_that_of_the_checkout(installed: Path) -> None:
    found = Distribution.at(installed / f"unrolled-{__version__}.dist-info")
    assert (found.version, found.metadata["Requires-Python"]) == (__version__, ">=3.11")
    assert found.metadata["License-Expression"] == "MIT"
    needed = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert sorted(found.requires or []) == sorted(line for line in needed if line)


def test_the_engine_works_elsewhere(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, tmp_path, "-P", "-c", ENGINE)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["steps"] > 10
    assert found["off"] < 1e-12
    assert found["page"] == "<iframe"
    assert {Path(file).is_relative_to(installed / "visualizer") for file in found["files"]} == {True}


def test_the_command_explains_itself(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, tmp_path, *unrolled(installed), "--help")
    assert ended.returncode == 0, ended.stderr
    assert "start the app" in ended.stdout
    assert "write the walk" in ended.stdout


def test_the_command_writes_the_same_walk_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    ended = run(installed, tmp_path, *unrolled(installed), "export", ADDRESS)
    assert (ended.returncode, ended.stderr) == (0, "")
    html = (tmp_path / "unrolled-one-hidden-layer.html").read_text(encoding="utf-8")
    assert html == export(*read_address(ADDRESS))


def test_the_command_starts_the_app_and_every_page_runs(installed: Path, tmp_path: Path) -> None:
    port = str(free_port())
    program = (*unrolled(installed), "run", "--port", port)
    with running_server(*program, folder=tmp_path, PORT=port, PYTHONPATH=str(installed)) as server:
        for page in PAGES:
            with open_session(server.url, page.url_path) as session:
                assert session.rerun() > 0
