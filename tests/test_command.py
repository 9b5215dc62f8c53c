"""The command `unrolled`: a walk as a file for every lesson that has one, and a sentence where there is none."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.opening import opened
from visualizer import __version__
from visualizer.command import export, main, read_address
from visualizer.player.export import to_html

WALKS = {
    "/one-hidden-layer": "A net with one hidden layer",
    "/convolution": "A 3×3 kernel over an image of 7×7, 3 channels",
    "/pooling": "Max pooling in windows of 2×2 over an image of 8×8, 1 channel",
    "/recurrent?cell=lstm": "An LSTM over 4 time steps, with 2 hidden units",
    "/image-features?feature_view=walk": "HOG of 8×8 pixels: cells of 4×4, blocks of 2×2 cells, 9 bins",
    "/detector?det_view=walk": "A 11×11 kernel over an image of 15×15, 1 channel",
    "/counting-desk?desk_view=walk&desk_preset=small": "A stack of 5 layers",
    "/convnet?convnet_view=walk": "How is convolution 1, map 1, row 18, column 9 computed?",
    "/convnet?convnet_view=units&convnet_unit_part=pixel": "Map 1’s unit at row 9, column 5, back to the pixel at row "
    "20, column 10",
}
"""By its address, the title of the walk."""


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    yield
    logging.disable(logging.NOTSET)


def played(html: str) -> dict[str, Any]:
    """What the file hands to the player."""
    data = re.search(r'playAlone\(document.getElementById\("walk"\), (.*)\)\n', html)
    assert data
    found: dict[str, Any] = json.loads(data[1])
    return found


@pytest.mark.parametrize(("address", "title"), WALKS.items())
def test_every_lesson_with_a_walk_is_a_file(
    address: str, title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "walk.html"
    assert main(["export", address, "-o", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: ")
    html = file.read_text(encoding="utf-8")
    assert f"<title>Unrolled: {title}</title>" in html
    assert played(html)["start"] > 0


def test_the_file_is_the_walk_of_the_whole_address() -> None:
    query = {"inputs": "2", "hidden": "3", "numbers": "m0.0~0.25", "step": "27"}
    lesson = opened("one_hidden_layer", **query).session_state["walk_lesson"]
    address = "http://127.0.0.1:8501/one-hidden-layer?inputs=2&hidden=3&numbers=m0.0~0.25&step=27#top"
    assert lesson.trace["W1"][0, 0] == 0.25
    assert export(*read_address(address)) == to_html(lesson.trace, start=27)


def test_without_a_step_the_file_opens_where_the_page_does() -> None:
    lesson = opened("convolution").session_state["convolution_lesson"]
    assert lesson.start > 0
    assert played(export(*read_address("/convolution")))["start"] == lesson.start


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "Name a page: /one-hidden-layer, "),
        ("/two-hidden-layers?step=1", "There is no page “two-hidden-layers”. The pages: /one-hidden-layer, "),
        ("http://[/", "“http://[/” is no address: "),
        ("/playground", "The page “Playground” plays no walk at this address.\n"),
        ("/counting-desk?desk_view=walk", "too large to walk through: 65,625,291 steps"),
        ("/convnet", "“ConvNet” plays no walk at this address. Its view with a walk: /convnet?convnet_view=walk\n"),
        ("/one-hidden-layer?hidden=99&step=x", "Not understood in the address: Hidden units “99”, Step “x”.\n"),
        ("/one-hidden-layer?step=9999", "Not understood in the address: Step “9999”.\n"),
        ("/convolution?kernel_size=11", "The kernel Sobel x comes in 3×3 and 5×5, not in 11×11: set the kernel"),
        ("/recurrent?text=x", "A sequence has at least 2 characters: one to read and one to predict; this has 1.\n"),
        ("/detector?det_view=walk&det_resolution=32", "a walk shows up to 11 × 11"),
        ("/convnet?convnet_view=walk&convnet_input=drawn", "There is no drawing yet, and no link carries one"),
    ],
)
def test_where_there_is_no_walk_a_sentence_says_why(
    address: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "walk.html"
    assert main(["export", address, "-o", str(file)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("unrolled export: ")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "none" / "walk.html"
    assert main(["export", "/pooling", "-o", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "８５０１"])
def test_a_port_is_a_whole_number(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["run", f"--port={port}"])
    assert "is no port" in capsys.readouterr().err


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"unrolled {__version__}\n"
