"""The tables hold every number of the figures, and nothing where there is none."""

import pytest

from tests.labs.gradient_descent.runs import result_of
from visualizer.labs.gradient_descent.reading import read
from visualizer.labs.gradient_descent.run import DescentResult
from visualizer.labs.gradient_descent.settings import DescentSettings
from visualizer.labs.gradient_descent.views import bend_columns, gradient_columns, reach_columns, surface_columns
from visualizer.labs.kit.charts import csv_text


def rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("factor", [1.0, 2.1])
def test_every_table_is_written(factor: float) -> None:
    result: DescentResult = result_of(DescentSettings(factor=factor))
    reading = read(result, 1e-4)
    gradient = rows(csv_text(gradient_columns(result, reading)))
    assert len(gradient) == 1 + len(result.losses)
    assert gradient[1][:2] == ["1", "1.0"]
    assert gradient[1][4] == ("2.0" if factor == 1 else "")
    reach = rows(csv_text(reach_columns(result, reading)))
    assert all(row[2] == "" for row in reach[1:]) == (factor > 2)
    assert ("" in [row[1] for row in reach]) == (factor > 2)
    assert len(rows(csv_text(bend_columns(result)))) == 1 + len(result.times)
    surface = rows(csv_text(surface_columns(result)))
    assert len(surface) == 1 + result.surface.losses.numel()
    assert float(surface[2][0]) == pytest.approx(float(result.surface.a[1]))
    assert float(surface[2][2]) == pytest.approx(float(result.surface.losses[0, 1]))
