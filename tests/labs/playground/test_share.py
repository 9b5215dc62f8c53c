"""The numbers as tables."""

from __future__ import annotations

import csv
import io

from tests.labs.playground.made import recorded, settings
from visualizer.engine.training.update.parameters import Shape
from visualizer.labs.kit.charts import csv_text
from visualizer.labs.playground.share import curves, parameter_names, points, weights


def rows(columns: dict[str, object]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(columns))))


def test_parameters_are_named_in_their_order() -> None:
    assert parameter_names(Shape((2, 2, 1))) == [
        *("w1[1,1]", "w1[1,2]", "b1[1]", "w1[2,1]", "w1[2,2]", "b1[2]"),
        *("w2[1,1]", "w2[1,2]", "b2[1]"),
    ]
    assert parameter_names(Shape((1, 1), bias=False)) == ["w1[1,1]"]


def test_every_frame_is_a_row() -> None:
    wanted = settings(epochs=5)
    recording = recorded(wanted)
    run = recording.run
    found = rows(dict(curves(wanted, recording)))
    assert [int(row["epoch"]) for row in found] == [0, 1, 2, 3, 4, 5]
    assert float(found[3]["test loss"]) == float(run.test_loss[3, 0])
    assert float(found[3]["gradient norm of layer 2"]) == float(run.gradient_norms[3, 0, 1])
    found = rows(dict(weights(wanted, recording)))
    assert float(found[-1]["w2[1,4]"]) == float(wanted.shape.weights(run.parameters[-1, 0])[1][0, 3])


def test_every_example_is_a_row() -> None:
    wanted = settings("gaussians_3")
    found = rows(dict(points(wanted)))
    assert [row["set"] for row in found] == ["train"] * 20 + ["test"] * 20
    assert float(found[20]["x₂"]) == float(wanted.data.test_x[0, 1])
    assert sum(float(found[0][f"answer {name}"]) for name in "ABC") == 1
