"""A short version of what `make weights` does for ConvNets: it learns, says what it did, and keeps what it can't do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from tests.engine.data.test_gtsrb import write_gtsrb
from tests.engine.data.test_svhn import write_svhn
from tools import make_convnets
from tools.convnet_tasks import Task, signs_task
from tools.make_convnets import trained, with_shifts
from visualizer.engine.convnet.weights import RESULTS_FILE, SHAPES
from visualizer.engine.data.images import Images
from visualizer.engine.data.labelled_images import Part, labelled_images


def digits(part: Part) -> Images:
    found = labelled_images("digits", part)
    return Images(found.images[:600], found.labels[:600])


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_convnets, "STAGES", ((1, 0.002),))
    monkeypatch.setattr(make_convnets, "signs_task", lambda: signs_task(200, 100))


def test_a_net_learns_digits_and_two_runs_agree() -> None:
    task = Task("digits", SHAPES["digits"], digits("train"), digits("test"), shifted=1)
    (net, found), (again, _) = (trained(task, ((1, 0.002), (1, 0.0005))) for _ in range(2))
    assert all(torch.equal(value, again[name]) for name, value in net.parameters.items())
    assert found["accuracy"] > 0.6
    assert (found["training_images"], found["shifted_copies"], found["test_images"]) == (600, 1, 500)
    assert (found["epochs"], found["parameters"], found["images"]) == (2, 11_274, "digits")
    assert "shipped_accuracy" not in found


@pytest.mark.usefixtures("short")
def test_what_is_not_given_is_kept_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = {"digits": {"accuracy": 0.5}, "gtsrb": {"accuracy": 0.25}}
    (tmp_path / RESULTS_FILE).write_text(json.dumps(kept), encoding="utf-8")
    make_convnets.main({}, tmp_path)
    told = json.loads((tmp_path / RESULTS_FILE).read_text(encoding="utf-8"))
    assert set(told) == {*kept, "signs"} and kept.items() <= told.items()
    assert (told["signs"]["training_images"], told["signs"]["test_images"]) == (200, 100)
    assert {path.name for path in tmp_path.iterdir()} == {RESULTS_FILE, "signs.safetensors"}
    *others, signs = capsys.readouterr().out.splitlines()
    assert signs.startswith("signs") and "right" in signs
    options = ("kept as it is: MNIST", "not measured: FASHION", "kept as it is: GTSRB", "not measured: SVHN")
    for line, said in zip(others, options, strict=True):
        assert f"{said}=…" in line


@pytest.mark.usefixtures("short")
def test_archives_that_are_given_are_measured_and_their_nets_not_kept(tmp_path: Path) -> None:
    folders = {"GTSRB": str(write_gtsrb(tmp_path / "a")), "SVHN": str(write_svhn(tmp_path / "b"))}
    (kept := tmp_path / "weights").mkdir()
    make_convnets.main(folders, kept)
    told = json.loads((kept / RESULTS_FILE).read_text(encoding="utf-8"))
    assert set(told) == {"signs", "gtsrb", "svhn"}
    assert (told["gtsrb"]["classes"], told["svhn"]["classes"]) == (43, 10)
    assert told["gtsrb"]["images"].startswith("real photos of traffic signs")
    assert {path.name for path in kept.iterdir()} == {RESULTS_FILE, "signs.safetensors"}


@pytest.mark.parametrize("option", ["MNIST", "FASHION", "GTSRB", "SVHN"])
def test_an_archive_that_is_none_ends_it_in_words(tmp_path: Path, option: str) -> None:
    with pytest.raises(SystemExit, match=f"{option}=.*nowhere can't be used: .*nowhere"):
        make_convnets.main({option: str(tmp_path / "nowhere")}, tmp_path)
    (tmp_path / "file").write_bytes(b"text")
    with pytest.raises(SystemExit, match=f"{option}=.*file can't be used: "):
        make_convnets.main({option: str(tmp_path / "file")}, tmp_path)


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
