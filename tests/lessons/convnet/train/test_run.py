"""Nets trained side by side: they report in turn, end, can be stopped, and differ as they should."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from visualizer.engine.data.images import Images
from visualizer.engine.data.labelled_images import labelled_images
from visualizer.lessons.convnet.train.run import (
    VERSIONS,
    Trained,
    TrainWanted,
    Version,
    moved,
    shape_of,
    train_versions,
)
from visualizer.lessons.convnet.train.text import answer, count_table, state
from visualizer.ui.run import Run

SHORT = TrainWanted("digits", ("tied",), 64, 2, 0.003, (2, 3), 0)


def finished(wanted: TrainWanted) -> Trained:
    run = Run(wanted, train_versions(wanted))
    while not run.done:
        run.go_on(5.0)
    assert run.finished and run.result
    return run.result


def test_a_run_reports_from_its_start_to_its_end() -> None:
    tied = finished(SHORT).versions["tied"]
    assert (tied.examples[0], tied.examples[-1]) == (0, 128)
    assert len(tied.examples) == len(tied.test_accuracies) == len(tied.kernels)
    assert tied.test_losses[-1] < tied.test_losses[0]
    assert tied.net is not None
    torch.testing.assert_close(tied.kernels[-1], tied.net["conv1_weight"])


def test_the_same_seed_gives_the_same_run() -> None:
    one, same, other = (finished(replace(SHORT, seed=seed)).versions["tied"].losses[-1] for seed in (1, 1, 2))
    assert one == same != other


def test_versions_are_trained_in_turn_and_only_what_can_be_looked_into_is_kept() -> None:
    wanted = replace(SHORT, versions=VERSIONS, images=32, epochs=1)
    reports = list(train_versions(wanted))
    trained = reports[-1].result
    assert trained is not None and reports[-1].share == 1.0
    counts = [trained.versions[name].shape.parameters for name in VERSIONS]
    assert counts == sorted(counts) and counts[0] < counts[1] < counts[2]
    assert trained.versions["tied"].net is not None
    assert trained.versions["untied"].net is trained.versions["full"].net is None
    assert trained.versions["untied"].kernels[-1].shape == (2, 1, 5, 5)
    assert trained.versions["full"].kernels == []
    assert all(0 <= (version.moved or 0) <= 1 for version in trained.versions.values())
    assert "moved by 2 pixels" in answer(trained)
    assert f"**{counts[2] / counts[0]:,.0f} times**" in answer(trained)
    assert count_table(trained).count("\n") == 4


def test_images_that_there_are_not_are_not_asked_for() -> None:
    trained = next(train_versions(replace(SHORT, images=5000))).result
    assert trained is not None
    assert trained.train_images == len(labelled_images("digits", "train").labels)
    assert f"{trained.train_images:,} images" in state(trained, stopped=False)


def test_a_rate_that_is_far_too_large_is_said() -> None:
    trained = finished(replace(SHORT, learning_rate=1.0, epochs=4, images=200))
    tied = trained.versions["tied"]
    if tied.diverged:
        assert "smaller learning rate" in state(trained, stopped=False)
        assert answer(trained) == ""


def version(sharing: str, share: float, seen: int = 1000) -> Version:
    shape = shape_of(labelled_images("digits", "train"), (4, 8), sharing)
    return Version(shape, [0, seen], [2.3, 0.2], [0.1, 1.0], [2.3, 0.5], [0.1, share])


@pytest.mark.parametrize(("share", "words"), [(0.8, "8.0 points less"), (0.9, "2.0 points more"), (0.88, "as much")])
def test_the_answer_is_worked_out_of_the_run(share: float, words: str) -> None:
    versions = {"tied": version("tied", 0.88), "full": version("full", share)}
    trained = Trained(replace(SHORT, images=500, epochs=2), 500, 400, versions)
    said = answer(trained)
    assert "**88.0 %** of 400 test images" in said
    assert words in said
    assert "3.2 points may be chance" in said  # 2 · √(0.88 · 0.12 / 400)


@pytest.mark.parametrize(
    ("moved_share", "words"),
    [
        (0.60, "The shared kernels do better than the net that is fully connected."),
        (0.66, "Within chance they do as well as the net that is fully connected."),
        (0.75, "They do worse than the net that is fully connected."),
    ],
)
def test_what_is_left_of_moved_images_is_compared_beyond_chance(moved_share: float, words: str) -> None:
    versions = {"tied": version("tied", 0.88), "full": version("full", 0.88)}
    versions["tied"].moved, versions["full"].moved = 0.65, moved_share
    trained = Trained(replace(SHORT, images=500, epochs=2), 500, 400, versions)
    assert answer(trained).endswith(words)


def test_how_far_a_run_is() -> None:
    versions = {"tied": version("tied", 0.5, seen=300)}
    trained = Trained(replace(SHORT, images=500, epochs=2), 500, 400, versions)
    assert state(trained, stopped=False).startswith("Training: 300 of 1,000")
    assert state(trained, stopped=True).startswith("Stopped: 300")
    versions["tied"].examples[-1] = 1000
    assert state(trained, stopped=False).startswith("Done")
    versions["tied"].diverged = True
    assert "NaN" in state(trained, stopped=False)


def test_images_are_moved_by_two_pixels_each_its_own_way() -> None:
    x = torch.zeros(5, 1, 8, 8)
    x[:, 0, 4, 4] = 1.0
    found = moved(Images(x, torch.arange(5)))
    assert [tuple(each.nonzero()[0].tolist()[1:]) for each in found.x] == [(6, 4), (2, 4), (4, 6), (4, 2), (6, 4)]
    assert found.labels.tolist() == [0, 1, 2, 3, 4]
