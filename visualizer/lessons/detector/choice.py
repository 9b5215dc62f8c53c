"""One choice of everything that the lesson lets one choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visualizer.engine.data.labelled_images import Name
from visualizer.engine.detector.features import FeatureName
from visualizer.lessons.detector import table
from visualizer.lessons.detector.scene_setting import SCENE_SEED


@dataclass(frozen=True)
class ScanChoice:
    """The fields are those of the table; `threshold` is the one of this kind of detector."""

    kind: str
    made: bool
    scene_seed: int
    resolution: int
    feature: FeatureName
    side: int
    seed: int
    rounds: int
    net: Name
    nothing: bool
    ink: str
    first: float
    ratio: float
    count: int
    threshold: float
    overlap: float


def choice_of(values: Mapping[str, Any]) -> ScanChoice:
    """What values stand for; what is missing is as by default."""
    found = {each.name: each.coerce(values.get(each.name, each.default)) for each in table.TABLE}
    kind = found[table.KIND.name]
    return ScanChoice(
        kind=kind,
        made=kind in (table.FACES, table.NET) and found[table.SCENE.name] == table.MADE,
        scene_seed=found[SCENE_SEED.name],
        resolution=found[table.RESOLUTION.name],
        feature=found[table.FEATURE.name],
        side=int(found[table.SIDE.name]),
        seed=found[table.SEED.name],
        rounds=found[table.ROUNDS.name],
        net=found[table.TRAINED_ON.name],
        nothing=found[table.NOTHING.name],
        ink=found[table.INK.name],
        first=found[table.FIRST.name],
        ratio=found[table.RATIO.name],
        count=found[table.COUNT.name],
        threshold=found[table.THRESHOLDS[kind].name],
        overlap=found[table.OVERLAP.name],
    )
