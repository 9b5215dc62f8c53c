"""The confusion matrix: every count that is not 0, at its place."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import torch

from visualizer.figures.confusion import figure_confusion

SVG = "{http://www.w3.org/2000/svg}"


def words(counts: torch.Tensor, classes: list[str]) -> list[str]:
    root = ElementTree.fromstring(figure_confusion(counts, classes, title="counts"))
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def test_counts_and_names_are_written() -> None:
    found = words(torch.tensor([[5, 1], [0, 7]]), ["ankle boot", "bag <&>"])
    assert [word for word in found if word.isdigit()] == ["5", "1", "7"]
    assert found.count("ankle boot") == found.count("bag <&>") == 2


@pytest.mark.parametrize("classes", [1, 10, 43])
def test_any_number_of_classes_and_no_mistake_at_all(classes: int) -> None:
    found = words(torch.eye(classes, dtype=torch.int64) * 50, [str(each) for each in range(classes)])
    assert "predicted class" in found
