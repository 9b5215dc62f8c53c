"""What stands in a small cell of a grid and below a block of products, as the player's script writes it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.player.test_assets import NODE
from visualizer.player.assets import FOLDER

CASES = {
    0.0: "0",
    1.0: "1",
    -2.5: "−2.5",
    0.125: "0.125",
    255.0: "255",
    12345.0: "12345",
    -0.4567: "−0.46",
    2.345678: "2.3",
    -12.3456: "−12",
    0.0043: "0.004",
    -0.00031: "−0.0003",
    4.2e-5: "4·10⁻⁵",
    5.55e-17: "0",
    -3e-12: "0",
    123456.7: "123457",
    2.5e6: "2.5·10⁶",
}


def found(expression: str) -> Any:
    """What an expression over the script's functions comes to."""
    module = (Path(FOLDER) / "numbers.js").read_text(encoding="utf-8")
    command = [str(NODE), "--input-type=module", "-"]
    script = f"{module}\nconsole.log(JSON.stringify({expression}))"
    done = subprocess.run(command, input=script, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def written() -> dict[float, str]:
    return dict(zip(CASES, found(f"{json.dumps(list(CASES))}.map(formatSmall)"), strict=True))


@pytest.mark.parametrize(("value", "text"), CASES.items())
def test_a_number_in_a_small_cell(written: dict[float, str], value: float, text: str) -> None:
    assert written[value] == text


@pytest.mark.parametrize(
    ("terms", "total"), [([0, 18], "18"), ([1.5, 2.25], "3.75"), ([0.25, 0.5, -0.75], "0"), ([1e-9, 2], "2")]
)
def test_the_sum_of_a_part_has_no_more_digits_than_its_terms(terms: list[float], total: str) -> None:
    assert found(f"formatSum({json.dumps(terms)}, {sum(terms)}).add(0, {len(terms)})") == total
