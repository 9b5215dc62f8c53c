"""What the table in the browser is given: every layer, its formulas, and a fault with its words."""

from __future__ import annotations

import json

import pytest

from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS
from visualizer.engine.stacks.text import parse_stack
from visualizer.lessons.counting_desk.rows import Row, table_rows


def rows(text: str) -> Row:
    return table_rows(count_stack(parse_stack(text)))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_sent(name: str) -> None:
    found = table_rows(count_stack(PRESETS[name].stack))
    assert json.loads(json.dumps(found)) == found
    assert [each["at"] for each in found["layers"]] == list(range(len(PRESETS[name].stack.layers)))
    shares = sum(each["parametersShare"] for each in found["layers"])
    assert shares == pytest.approx(1)
    assert sum(each["multiplyAddsShare"] for each in found["layers"]) == pytest.approx(1)


def test_a_layer_has_its_counts_its_numbers_and_its_formulas() -> None:
    found = rows("1x28x28 conv8k5p2 flatten fc10")
    first = found["layers"][0]
    assert (first["label"], first["settings"], first["shape"]) == (
        "convolution",
        "8 maps, 5×5, padding 2",
        "8 × 28 × 28",
    )
    assert (first["parameters"], first["multiplyAdds"], first["memory"]) == ("208", "156,800", "25.1 kB")
    assert [each["name"] for each in first["formulas"]] == [
        "Output shape",
        "Parameters",
        "Multiply-adds",
        "Memory, bytes",
        "Receptive field",
    ]
    assert first["formulas"][1]["numbers"] == "5 · 5 · 1 · 8 + 8 = 208"
    fields = {each["name"]: each["text"] for each in first["fields"]}
    assert fields == {
        "maps": "8",
        "kernel": "5",
        "stride": "1",
        "padding": "2",
        "dilation": "1",
        "groups": "1",
        "bias": "1",
    }
    assert found["totals"] == {
        "parameters": "62,938",
        "multiplyAdds": "219,520",
        "memory": "28.3 kB",
        "partial": False,
    }


def test_the_input_has_numbers_of_its_own() -> None:
    assert [each["label"] for each in rows("1x28x28")["input"]["fields"]] == ["channels", "rows", "columns"]
    assert [each["label"] for each in rows("784")["input"]["fields"]] == ["inputs"]


def test_beyond_a_fault_layers_stay_but_have_no_counts() -> None:
    found = rows("1x28x28 conv8k5 max2 conv8k30 relu")
    assert found["fault"]["at"] == 2
    assert found["fault"]["words"].startswith("A kernel of 30 rows and columns covers 30, but the input has 12")
    assert ["parameters" in each for each in found["layers"]] == [True, True, False, False]
    assert found["totals"]["partial"]


def test_a_block_shows_its_steps() -> None:
    parts = rows("8x9x9 basic16s2")["layers"][0]["parts"]
    assert parts[0]["name"] == "convolution, 16 maps, 3×3, stride 2, padding 1, no bias"
    assert parts[5]["name"].startswith("shortcut: convolution, 16 maps, 1×1, stride 2")
    assert parts[7]["name"] == "plus the shortcut"


def test_a_stack_without_parameters_has_shares_of_nothing() -> None:
    assert rows("1x4x4 relu")["layers"][0]["parametersShare"] == 0
