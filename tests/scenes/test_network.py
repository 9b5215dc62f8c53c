"""The net's scene: every number has its place, and no two share one."""

from itertools import combinations, pairwise

import pytest
import torch

from visualizer.engine import Trace, trace_network
from visualizer.scenes import draw
from visualizer.scenes.scene import Number, Scene, Wire


def make_trace(inputs: int, hidden: int, outputs: int, *, examples: int = 1, bias: bool = True) -> Trace:
    generator = torch.Generator().manual_seed(0)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    weights = [random(hidden, inputs), random(outputs, hidden)]
    biases = [random(hidden), random(outputs)] if bias else None
    return trace_network(random(examples, inputs), random(examples, outputs), weights, biases, learning_rate=0.5)


def slot(number: Number) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the room that a number may take."""
    left = {"start": number.x, "middle": number.x - number.shrink / 2, "end": number.x - number.shrink}[number.anchor]
    half = number.size * 0.5
    return left, number.y - half, left + number.shrink, number.y + half


def overlap(one: Number, other: Number) -> bool:
    left, top, right, bottom = slot(one)
    other_left, other_top, other_right, other_bottom = slot(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


def numbers(scene: Scene) -> list[Number]:
    return [mark for mark in scene.marks if isinstance(mark, Number)]


SIZES = [(i, h, o) for i in (1, 2, 4) for h in (1, 2, 3, 5, 8) for o in (1, 2, 3)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("examples", [1, 4])
def test_numbers_never_overlap_and_stay_inside(size: tuple[int, int, int], examples: int) -> None:
    scene = draw(make_trace(*size, examples=examples))
    for number in numbers(scene):
        left, top, right, bottom = slot(number)
        assert left >= 0
        assert top >= 0
        assert right <= scene.width
        assert bottom <= scene.height
        assert number.shrink > 0
    for one, other in combinations(numbers(scene), 2):
        assert not overlap(one, other), (one.ref, other.ref)


@pytest.mark.parametrize("bias", [True, False])
def test_every_number_of_the_trace_has_its_place(bias: bool) -> None:
    trace = make_trace(2, 3, 2, examples=3, bias=bias)
    shown = {mark.ref.replace("@", "0") for mark in numbers(draw(trace))}
    first_example = {
        str(step.target)
        for step in trace.steps
        if trace.symbols[step.target.name].example is None or step.target.index[0] == 0
    }
    assert first_example <= shown


def test_every_weight_has_a_wire_and_a_bias_has_none() -> None:
    wires = [mark for mark in draw(make_trace(4, 8, 3)).marks if isinstance(mark, Wire)]
    assert len(wires) == 4 * 8 + 8 * 3
    assert all(wire.refs[0].startswith("W") for wire in wires)


def test_digits_of_the_default_size_can_be_read_from_afar() -> None:
    scene = draw(make_trace(2, 3, 1))
    assert all(number.size >= 15 for number in numbers(scene))


def test_a_deeper_net_is_drawn_with_one_column_a_layer() -> None:
    generator = torch.Generator().manual_seed(1)
    sizes = [2, 3, 4, 1]
    weights = [torch.randn(after, before, generator=generator) for before, after in pairwise(sizes)]
    trace = trace_network([[1.0, 2.0]], [[1.0]], weights)
    columns = {mark.x for mark in numbers(draw(trace)) if mark.ref.startswith("a")}
    assert len(columns) == 3
