"""What a training run came to, in words that are computed from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from visualizer.engine.convnet.convnet import Sharing
from visualizer.lessons.convnet.train.run import Trained, Version
from visualizer.text.numbers import percent

NAMES: Mapping[Sharing, str] = {"tied": "Tied", "untied": "Untied", "full": "Fully connected"}
MEANINGS: Mapping[Sharing, str] = {
    "tied": "one kernel a map, the same at every place: a convolution",
    "untied": "the same windows, but every place has its own kernel: locally connected",
    "full": "every unit sees the whole image or all maps below",
}


def state(trained: Trained, stopped: bool) -> str:
    """How far the run is."""
    last = max(version.examples[-1] for version in trained.versions.values() if version.examples)
    diverged = [NAMES[name] for name, version in trained.versions.items() if version.diverged]
    if diverged:
        return f"{', '.join(diverged)}: the loss was NaN. A smaller learning rate helps."
    ended = "Stopped" if stopped else "Done" if last >= trained.examples else "Training"
    return f"{ended}: {last:,} of {trained.examples:,} examples, {trained.train_images:,} images"


def count_table(trained: Trained) -> str:
    """The versions with their parameters and what they reach, as a table in Markdown."""
    rows = [
        f"| **{NAMES[name]}** | {version.shape.parameters:,} | {_share(version.test_accuracies)} "
        f"| {_share([] if version.moved is None else [version.moved])} | {_per_parameter(version)} "
        f"| {_share(version.accuracies)} "
        f"| {MEANINGS[name]} |"
        for name, version in trained.versions.items()
    ]
    head = (
        "| net | parameters | accuracy on test images | moved by 2 pixels | points per 1,000 parameters "
        "| in training | its layers of maps |"
    )
    return "\n".join([head, "| --- | ---: | ---: | ---: | ---: | ---: | --- |", *rows])


def answer(trained: Trained) -> str:
    """What sharing is worth, or what the one net reached, in Markdown."""
    tied = trained.versions["tied"]
    if tied.diverged or not tied.test_accuracies:
        return ""
    said = (
        f"The convolution classifies **{percent(tied.test_accuracies[-1], 1)}** of {trained.test_images:,} test images "
        f"correctly after "
        f"{tied.examples[-1]:,} examples, with {tied.shape.parameters:,} parameters. "
    )
    others = {name: each for name, each in trained.versions.items() if name != "tied" and not each.diverged}
    if not others:
        return f"{said}It had never seen those images. {_gap(tied)}"
    compared = [_compared(name, each, tied) for name, each in others.items() if each.test_accuracies]
    chance = 100 * 2 * _spread(tied.test_accuracies[-1], trained.test_images)
    return (
        f"{said}{' '.join(compared)} Differences of less than about {chance:.1f} points may be chance: that is how "
        f"much such a share varies from one set of {trained.test_images:,} images to the next (two standard errors). "
        f"All saw the same {trained.train_images:,} images in the same order. {_moved(trained, chance)}"
    )


def _moved(trained: Trained, chance: float) -> str:
    """What is left when the test images are moved, where all versions have come to their end; `chance` in points."""
    shares = {name: each.moved for name, each in trained.versions.items() if each.moved is not None}
    if len(shares) < len(trained.versions):
        return ""
    listed = ", ".join(f"{NAMES[name].lower()} **{percent(share, 1)}**" for name, share in shares.items())
    ahead = {NAMES[name].lower(): 100 * (shares["tied"] - share) for name, share in shares.items() if name != "tied"}
    words = {
        "The shared kernels do better than": [name for name, points in ahead.items() if points >= chance],
        "Within chance they do as well as": [name for name, points in ahead.items() if abs(points) < chance],
        "They do worse than": [name for name, points in ahead.items() if points <= -chance],
    }
    said = " ".join(f"{how} {_nets(names)}." for how, names in words.items() if names)
    return f"With every test image moved by 2 pixels: {listed}. {said}"


def _nets(names: Sequence[str]) -> str:
    return " and ".join(f"the net that is {name}" for name in names)


def _compared(name: Sharing, other: Version, tied: Version) -> str:
    times = other.shape.parameters / tied.shape.parameters
    points = 100 * (other.test_accuracies[-1] - tied.test_accuracies[-1])
    how = f"{abs(points):.1f} points {'more' if points > 0 else 'less'}" if abs(points) >= 0.05 else "as much"
    return f"{NAMES[name]}, it takes **{times:,.0f} times** the parameters and reaches {how}."


def _gap(version: Version) -> str:
    if not version.accuracies or math.isnan(version.accuracies[-1]):
        return ""
    return f"On the images that it last learned from it was at {percent(version.accuracies[-1], 1)}."


def _share(values: list[float]) -> str:
    return percent(values[-1] if values else math.nan, 1)


def _per_parameter(version: Version) -> str:
    """Percentage points of accuracy on the test images for every thousand weights and biases."""
    if not version.test_accuracies or math.isnan(version.test_accuracies[-1]):
        return "–"
    return f"{100_000 * version.test_accuracies[-1] / version.shape.parameters:.2g}"


def _spread(share: float, count: int) -> float:
    """The standard error of a share of so many."""
    return math.sqrt(max(share * (1 - share), 1 / count) / count)
