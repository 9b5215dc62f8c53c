"""The lecture's results and our own, each with what it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch

from visualizer.engine.convnet.confusion import Verdicts
from visualizer.text.numbers import percent
from visualizer.text.words import how_often

LECTURE = (
    (
        "German traffic signs (GTSRB)",
        "the lecture’s figure, slide 25: photos of real signs, 43 kinds",
        0.992,
    ),
    (
        "House numbers (SVHN)",
        "the lecture’s figure, slide 25: digits cut from street photos, 10 kinds",
        0.943,
    ),
)
PUBLISHED = (
    f"Published for the same two sets: GTSRB {percent(0.9917, 2)} by one net (Sermanet & LeCun 2011), "
    f"{percent(0.9946, 2)} by a committee of nets "
    f"(Cireşan, Meier, Masci & Schmidhuber 2012), 12,630 test images; SVHN {percent(0.9485, 2)} (Sermanet, Chintala & "
    f"LeCun 2012), "
    "26,032 test images. None of these can be set beside ours: other images, and far larger nets."
)
_NAMES = {
    "digits": "Digits",
    "fashion": "Clothes",
    "signs": "Traffic signs, rendered",
    "gtsrb": "German traffic signs (GTSRB)",
    "svhn": "House numbers (SVHN)",
}


def result_table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The lecture's figures and, below them, what was measured here, as a table in Markdown."""
    head = "| task | accuracy | what it is | test images | parameters |\n| --- | ---: | --- | ---: | ---: |"
    rows = [f"| {name} | {percent(right, 1)} | {about} | – | – |" for name, about, right in LECTURE]
    rows += [f"| **{_NAMES.get(name, name)}** | {_measured(found)} |" for name, found in results.items()]
    return "\n".join([head, *rows])


def _measured(found: Mapping[str, Any]) -> str:
    share, count = found["accuracy"], found["test_images"]
    return (
        f"**{percent(share, 1)}**\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{error(share, count):.1f} | measured by us: "
        f"{found['images']}; one net, trained on {found['training_images']:,} | {count:,} | {found['parameters']:,}"
    )


def error(share: float, count: int) -> float:
    """The standard error of a share of `count` answers, in points."""
    return 100 * math.sqrt(max(share * (1 - share), 1 / count) / count)


def told(verdicts: Verdicts, classes: Sequence[str]) -> str:
    """How many are right, and what is mistaken most, as plain text."""
    count, right = len(verdicts.labels), verdicts.right
    said = (
        f"{right:,} of the {count:,} test images that come with the app are classified correctly: "
        f"{percent(right / count, 1)}."
    )
    counts = verdicts.confusion().clone()
    counts.fill_diagonal_(0)
    if not int(counts.sum()):
        return f"{said} None is mistaken."
    shown, taken = divmod(int(counts.argmax()), len(classes))
    kinds = verdicts.confusion()
    recall = torch.diag(kinds) / kinds.sum(1).clamp(min=1)
    known = torch.where(kinds.sum(1) > 0, recall, 1.0)
    hardest = int(known.argmin())
    return (
        f"{said} The most frequent mistake: “{classes[shown]}” taken for “{classes[taken]}”, "
        f"{how_often(int(counts[shown, taken]))}. The hardest class is “{classes[hardest]}”: "
        f"{percent(float(known[hardest]), 0)} "
        f"of its {int(kinds.sum(1)[hardest])} images are classified correctly."
    )
