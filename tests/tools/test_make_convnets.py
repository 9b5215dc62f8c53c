"""A short version of what `make weights` does for ConvNets: it learns, says what it did, and keeps what it can't do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from tools import make_convnets
from tools.make_convnets import Task, signs_task, trained, with_shifts
from visualizer.engine.convnet_training import Images
from visualizer.engine.convnet_weights import RESULTS_FILE, SHAPES, load_convnet
from visualizer.engine.labelled_images import Part, labelled_images


def digits(part: Part) -> Images:
    found = labelled_images("digits", part)
    return Images(found.images, found.labels)


def test_a_net_learns_digits_and_two_runs_agree() -> None:
    task = Task("digits", digits("train"), digits("test"), shifted=1)
    runs = [trained(SHAPES["digits"], task, ((1, 0.002), (1, 0.0005))) for _ in range(2)]
    (net, found), (again, _) = runs
    assert all(torch.equal(value, again[name]) for name, value in net.parameters.items())
    assert found["accuracy"] > 0.8
    assert (found["training_images"], found["shifted_copies"], found["test_images"]) == (1500, 1, 500)
    assert (found["epochs"], found["parameters"], found["images"]) == (2, 11_274, "digits")
    assert "shipped_accuracy" not in found


def test_what_is_not_given_is_kept_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = {"digits": {"accuracy": 0.5}}
    (tmp_path / RESULTS_FILE).write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.setattr(make_convnets, "STAGES", ((1, 0.002),))
    monkeypatch.setattr(make_convnets, "signs_task", lambda: signs_task(200, 100))
    make_convnets.main({}, tmp_path)
    told = json.loads((tmp_path / RESULTS_FILE).read_text(encoding="utf-8"))
    assert set(told) == {"digits", "signs"} and told["digits"] == kept["digits"]
    assert (told["signs"]["training_images"], told["signs"]["test_images"]) == (200, 100)
    assert {path.name for path in tmp_path.iterdir()} == {RESULTS_FILE, "signs.safetensors"}
    said = capsys.readouterr().out.splitlines()
    assert "kept as it is: MNIST=…" in said[0] and "kept as it is: FASHION=…" in said[1]
    assert "signs" in said[2] and "right" in said[2]


def test_shifted_copies_are_the_images_moved() -> None:
    x = torch.zeros(30, 1, 9, 9)
    x[:, 0, 4, 4] = 1
    found = with_shifts(Images(x, torch.arange(30)), copies=2)
    assert torch.equal(found.x[:30], x) and torch.equal(found.labels, torch.arange(30).repeat(3))
    moves = found.x[30:].nonzero()[:, 2:] - 4
    assert len(moves) == 60 and moves.abs().max() == 2 and len(moves.unique(dim=0)) > 10


def test_the_shipped_signs_are_none_that_were_trained_on() -> None:
    task = signs_task(50, 50)
    assert task.shipped is not None
    seen = {image.numpy().tobytes() for image in task.train.x}
    assert not seen & {image.numpy().tobytes() for image in torch.cat([task.test.x, task.shipped.x])}
    assert load_convnet("signs").shape.channels == 3
