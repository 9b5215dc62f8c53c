"""Every component's script can be read: joined modules may not define a name twice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import playwright
import pytest

from visualizer.film import assets as film
from visualizer.inputs.arrays import number_table
from visualizer.lessons.convnet.overview import component as overview_component
from visualizer.lessons.counting_desk import layer_table
from visualizer.lessons.detector import spots
from visualizer.lessons.retrieval.gallery import board
from visualizer.player import assets as player

NODE = Path(playwright.__file__).parent / "driver" / "node"
SCRIPTS = {
    "player": player.script(),
    "film": film.script(),
    **{each.__name__: each.SCRIPT for each in (number_table, overview_component, layer_table, spots, board)},
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_read(name: str) -> None:
    command = [str(NODE), "--check", "--input-type=module", "-"]
    checked = subprocess.run(command, input=SCRIPTS[name], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
