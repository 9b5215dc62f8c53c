"""The state of the walk: the stack with seeded weights, its input, and what was changed by hand."""

from __future__ import annotations

from dataclasses import replace
from math import prod

import torch
from torch import Tensor

from visualizer.engine import Trace, trace_module
from visualizer.engine.stacks.code.code import build_module
from visualizer.engine.stacks.counts import count_stack
from visualizer.engine.stacks.presets import PRESETS, SMALL
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.walks.module.trace_module import MAX_STEPS
from visualizer.inputs.arrays.arrays import sized
from visualizer.lessons.counting_desk.settings import ADDRESS
from visualizer.lessons.counting_desk.walk.settings import FORWARD, LOSS, DeskWalk
from visualizer.ui.edits import Arrays
from visualizer.ui.refusal import Refusal, sentence
from visualizer.ui.shared_walks import shared
from visualizer.ui.walk_lesson import WalkLesson, opening_step

_DECIMALS = 2
_STAYS = "Until then the walk is through a small net."


class DeskLesson(WalkLesson[DeskWalk, Tensor]):
    """Given is the input (1, channels, rows, columns) or (1, numbers)."""

    address = ADDRESS

    def refused(self, settings: DeskWalk, x: Tensor) -> Refusal | None:
        if text := why_not(settings):
            return Refusal("net", text, _STAYS)
        if tuple(x.shape[1:]) != settings.stack.takes:
            text = f"The net takes {sized(settings.stack.takes)}, but the crop is {sized(tuple(x.shape[1:]))}."
            return Refusal("image", f"{text} Choose a crop of that size under Image.", _STAYS)
        try:
            trace_of(settings, start_arrays(settings, x))
        except ValueError as error:
            return Refusal("net", sentence(str(error)), _STAYS)
        return None

    def possible(self, settings: DeskWalk, x: Tensor) -> DeskWalk:
        return replace(settings, stack=PRESETS[SMALL].stack, own=None)

    def start_arrays(self, settings: DeskWalk, x: Tensor) -> Arrays:
        if tuple(x.shape[1:]) != settings.stack.takes:
            x = drawn_input(settings.stack, settings.settings.seed)
        return start_arrays(settings, x)

    def walk(self) -> Trace:
        return trace_of(self.settings, self.arrays)

    def opening(self, trace: Trace) -> int:
        """At the largest gradient of a weight in the first layer that has any."""
        if self.settings.settings.goal == FORWARD:
            return opening_step(trace, "Forward")
        weight = next((name for name in self.arrays if name.endswith("weight")), "x")
        steps = [number for number, step in enumerate(trace.steps) if step.target.name == f"grad_{weight}"]
        return 1 + max(steps, key=lambda number: abs(float(trace.value(trace.steps[number].target))))


def why_not(walk: DeskWalk) -> str:
    """Why a stack can't be walked through, as far as that is known before any numbers are made; "" where it may be."""
    counts = count_stack(walk.stack)
    if not walk.stack.layers:
        return "The net has no layers yet: add one under Net, or in the view Layers."
    if counts.fault:
        return f"Layer {counts.fault.at + 1}: {counts.fault.words}."
    outputs = [prod(each.gives) for each in counts.layers]
    passes = 1 if walk.settings.goal == FORWARD else 2
    steps = passes * sum(outputs) + (counts.parameters + prod(walk.stack.takes) if passes == 2 else 0)
    if steps <= MAX_STEPS:
        return ""
    at = max(range(len(outputs)), key=lambda i: passes * outputs[i] + counts.layers[i].parameters.value)
    return (
        f"This net is too large to walk through: {steps:,} steps, where at most {MAX_STEPS:,} are played. Most are in "
        f"layer {at + 1}, with {outputs[at]:,} outputs and {counts.layers[at].parameters.value:,} parameters: make "
        "it smaller, or the input."
    )


def drawn_input(stack: Stack, seed: int) -> Tensor:
    """Seeded numbers of the shape that the stack takes, as one example."""
    generator = torch.Generator().manual_seed(seed)
    return _short(torch.rand(1, *stack.takes, generator=generator, dtype=torch.float64))


def start_arrays(settings: DeskWalk, x: Tensor) -> dict[str, Tensor]:
    """The input and the parameters by their names in the walk: own ones, or as torch draws them, from a seed of ours.

    Raises: ValueError, in words, where own weights do not fit.
    """
    generator = torch.Generator().manual_seed(settings.settings.seed)
    shapes = {name: parameter.shape for name, parameter in build_module(settings.stack).named_parameters()}
    arrays = {"x": x}
    for name, shape in shapes.items():
        weights = shapes.get(f"{name.rpartition('.')[0]}.weight", shape)
        if len(weights) == 1:  # of a normalisation
            arrays[name] = torch.full(shape, float(name.endswith("weight")), dtype=torch.float64)
        else:
            bound = prod(weights[1:]) ** -0.5
            arrays[name] = _short(bound * (2 * torch.rand(shape, generator=generator, dtype=torch.float64) - 1))
    return arrays | (settings.own.of(shapes) if settings.own else {})


@shared
def trace_of(settings: DeskWalk, arrays: Arrays) -> Trace:
    """The walk over these numbers.

    Raises: ValueError, in words, where the stack can't be walked.
    """
    with torch.random.fork_rng():
        module = build_module(settings.stack, "cpu").double()
    for name, parameter in module.named_parameters():
        parameter.data = arrays[name].clone()
    goal = settings.settings.goal
    if goal == FORWARD:
        return trace_module(module, arrays["x"])
    shape = shape_of_output(settings.stack)
    if len(shape) != 1:
        raise ValueError(
            f"the output is {sized(shape)}, no row of scores: end the stack with flatten and a fully connected layer, "
            "or walk forward only"
        )
    outputs = shape[0]
    target = min(settings.settings.target, outputs) - 1
    if goal == LOSS:
        return trace_module(module, arrays["x"], torch.tensor([target]), loss="cross_entropy")
    grad = torch.zeros(1, outputs, dtype=torch.float64)
    grad[0, target] = 1.0
    return trace_module(module, arrays["x"], grad=grad)


def shape_of_output(stack: Stack) -> tuple[int, ...]:
    """The shape that a valid stack gives."""
    shape = stack.takes
    for layer in stack.layers:
        shape = layer.output_shape(shape)
    return shape


def outputs_of(stack: Stack) -> int:
    """How many classes the stack tells apart, as far as it is valid."""
    counts = count_stack(stack)
    return prod(counts.layers[-1].gives) if counts.layers and not counts.fault else prod(stack.takes)


def _short(values: Tensor) -> Tensor:
    """With so few decimals that one can follow them."""
    return torch.round(values, decimals=_DECIMALS) + 0.0
