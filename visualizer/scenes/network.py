"""A fully connected net as a graph: inputs left, loss right, the weights where their wires end.

A weight's number stands at the end of its wire, in front of the unit that adds it up, so numbers can't overlap however
many wires cross. Beside each number stands its gradient, and after that its new value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.engine.trace.trace import Trace
from visualizer.scenes.scene import Anchor, Box, Label, Mark, Number, Role, Scene, Wire
from visualizer.text.words import counted

HEIGHT = 620.0
HEIGHT_OF_MANY = 760.0
TOP = 20.0
INPUT_WIDTH = 74.0
WIRE_WIDTH = 90.0
LOSS_WIDTH = 96.0
ROOM_FOR_TWO_LINES = 41.0
MIN_PITCH_BETWEEN = 150.0


@dataclass(frozen=True)
class Row:
    """One weight's row in front of a unit: its number, below or beside it the gradient and the new value."""

    x: float
    y: float
    height: float
    two_lines: bool

    @property
    def size(self) -> float:
        return 16.0 if self.two_lines else min(15.0, self.height * 0.92)

    @property
    def width(self) -> float:
        return 156.0 if self.two_lines else 30 + 13.6 * self.size

    @property
    def places(self) -> tuple[tuple[float, float, Anchor, float], ...]:
        """Of number, gradient and new value: where it stands, height as a share of the row's, anchor, and width."""
        if self.two_lines:
            return ((self.width - 8, 0.27, "end", 76.0), (8, 0.73, "start", 68.0), (80, 0.73, "start", 72.0))
        letter, unit = 26.0, (self.width - 26.0) / 100
        return (
            (letter + 29 * unit, 0.5, "end", 28 * unit),
            (letter + 32 * unit, 0.5, "start", 33 * unit),
            (letter + 67 * unit, 0.5, "start", 32 * unit),
        )


@dataclass(frozen=True)
class Names:
    """The arrays of a layer: weights, biases (or ""), sums, and what comes out (or "" where the sums do)."""

    weight: str
    bias: str
    total: str
    output: str


@dataclass(frozen=True)
class Layer:
    """One layer's place: the left edge of its weights, its units' heights, and how large it is drawn.

    `boxes` is how many numbers a unit shows side by side: its sum and what comes out, and in a softmax e^… between.
    """

    names: Names
    x: float
    centres: tuple[float, ...]
    inputs: int
    boxes: int = 2

    @property
    def biased(self) -> bool:
        return bool(self.names.bias)

    @property
    def pitch(self) -> float:
        return 2 * (self.centres[0] - TOP)

    @property
    def rows(self) -> int:
        return self.inputs + self.biased

    @property
    def two_lines(self) -> bool:
        return (self.pitch - 10) / self.rows >= ROOM_FOR_TWO_LINES

    @property
    def row_height(self) -> float:
        return min((self.pitch - 8) / self.rows, 46 if self.two_lines else 24)

    @property
    def unit_x(self) -> float:
        return self.x + self.row(0, 0).width + 10

    @property
    def half_width(self) -> float:
        return 68.0 if self.pitch >= 90 else 58.0

    @property
    def lift(self) -> float:
        """How far the column of targets and errors stands above the units' middle: the loss needs the room below."""
        return 24.0 if self.pitch < 210 else 8.0

    @property
    def right(self) -> float:
        return self.unit_x + self.boxes * self.half_width

    def row(self, unit: int, position: int) -> Row:
        top = self.centres[unit] - self.row_height * self.rows / 2
        return Row(self.x, top + self.row_height * position, self.row_height, self.two_lines)


def draw_network(trace: Trace) -> Scene:
    """The scene of `trace_network`: one example at a time, every weight, bias, gradient and new value."""
    names: list[Names] = []
    number = 1
    while f"W{number}" in trace.arrays:
        output = f"h{number}" if f"W{number + 1}" in trace.arrays else "out"
        bias = f"b{number}" if f"b{number}" in trace.arrays else ""
        names.append(Names(f"W{number}", bias, f"a{number}", output))
        number += 1
    return draw_units(trace, names, "y")


def draw_units(trace: Trace, names: list[Names], target: str) -> Scene:
    """A net of these layers as units and wires."""
    layers = _layers(trace, names, HEIGHT)
    height = HEIGHT if all(layer.two_lines for layer in layers) else HEIGHT_OF_MANY
    layers, inputs = _layers(trace, names, height), _centres(trace["x"].shape[1], height)
    marks = [*_inputs(inputs)]
    starts = [(INPUT_WIDTH + 8, y) for y in inputs]
    for layer in layers:
        marks += [*_layer(trace, layer, starts)]
        starts = [(layer.right, y) for y in layer.centres]
    marks += [*_inputs_gradients(trace, inputs)]
    if "loss" in trace.arrays:
        marks += [*_loss(trace, layers[-1], height, target)]
    if "exps" in trace.arrays:
        marks += [*_softmax(layers[-1], height)]
        height += 0 if layers[-1].pitch >= MIN_PITCH_BETWEEN else 60
    width = layers[-1].right + LOSS_WIDTH + 14
    wires_first = sorted(marks, key=lambda mark: ("wire", "box", "label", "number").index(mark.kind))
    examples = {name: symbol.example for name, symbol in trace.symbols.items() if symbol.example is not None}
    frames = len(trace["x"])
    return Scene(width, height, tuple(wires_first), frames, "example", examples, _description(trace, layers))


def _centres(count: int, height: float) -> tuple[float, ...]:
    pitch = (height - TOP) / count
    return tuple(TOP + pitch * (position + 0.5) for position in range(count))


def _layers(trace: Trace, names: list[Names], height: float) -> list[Layer]:
    layers: list[Layer] = []
    x = INPUT_WIDTH + 8 + WIRE_WIDTH
    for each in names:
        units, inputs = trace[each.weight].shape
        boxes = 3 if "exps" in trace.arrays and each is names[-1] else 2 if each.output else 1
        layers.append(Layer(each, x, _centres(units, height), inputs, boxes))
        x = layers[-1].right + WIRE_WIDTH
    return layers


def _inputs(centres: tuple[float, ...]) -> Iterator[Mark]:
    for i, y in enumerate(centres):
        ref = f"x[@,{i}]"
        yield Box(8, y - 26, INPUT_WIDTH, 52, (ref,), radius=26)
        yield Number(8 + INPUT_WIDTH / 2, y, ref, 18, shrink=INPUT_WIDTH - 10)
        yield Label(8 + INPUT_WIDTH / 2, y - 40, 17, ref=ref)


def _inputs_gradients(trace: Trace, centres: tuple[float, ...]) -> Iterator[Mark]:
    """The gradients of the inputs below them, where the walk has any."""
    if "grad_x" not in trace.arrays:
        return
    for i, y in enumerate(centres):
        ref = f"grad_x[@,{i}]"
        yield Box(9, y + 28, INPUT_WIDTH - 2, 22, (ref,), radius=5, plain=True)
        yield Number(8 + INPUT_WIDTH / 2, y + 39, ref, 15, "gradient", shrink=INPUT_WIDTH - 6, significant=3)


def _layer(trace: Trace, layer: Layer, starts: list[tuple[float, float]]) -> Iterator[Mark]:
    for k in range(len(layer.centres)):
        for position in range(layer.rows):
            source = position - layer.biased
            name = f"{layer.names.weight}[{k},{source}]" if source >= 0 else f"{layer.names.bias}[{k}]"
            row = layer.row(k, position)
            refs = tuple(ref for ref in (name, f"grad_{name}", f"new_{name}") if ref.split("[")[0] in trace.arrays)
            if source >= 0:
                yield Wire(*starts[source], row.x, row.y + row.height / 2, refs)
            yield from _row(row, refs)
        yield from _unit(trace, layer, k)


def _row(row: Row, refs: tuple[str, ...]) -> Iterator[Mark]:
    yield Box(row.x, row.y + 1, row.width, row.height - 2, radius=6)
    size_of_letter = 14 if row.two_lines else min(13.0, row.height * 0.75)  # with an index above and one below
    yield Label(row.x + 6, row.y + row.height * row.places[0][1], size_of_letter, ref=refs[0], anchor="start")
    roles: tuple[Role, ...] = ("value", "gradient", "update")
    for ref, role, (x, share, anchor, width) in zip(refs, roles, row.places, strict=False):
        size = row.size if role == "value" else row.size - 1
        significant = 4 if role == "value" or row.two_lines else 3
        high, y = min(row.height - 2, size * 1.4), row.y + row.height * share
        left = row.x + x - (width if anchor == "end" else 0)
        yield Box(left - 2, y - high / 2, width + 4, high, (ref,), radius=5, plain=True)
        yield Number(row.x + x, y, ref, size, role, anchor, width, significant)


def _unit(trace: Trace, layer: Layer, k: int) -> Iterator[Mark]:
    """A unit: left its sum, right what comes out, in a softmax e^… between; below each its gradient."""
    y, x, half = layer.centres[k], layer.unit_x, layer.half_width
    roomy = layer.pitch >= 108  # a label, the boxes and their gradients, one below the other
    total, output = f"{layer.names.total}[@,{k}]", f"{layer.names.output}[@,{k}]"
    tall, lift = (52, 8) if roomy else (38, 8) if layer.pitch >= 90 else (34, 9)
    parts: list[tuple[str, float, Role]] = [(total, x, "sum"), (output, layer.right - half, "value")]
    parts = parts[: layer.boxes]
    if layer.boxes > len(parts):
        parts.insert(1, (f"exps[@,{k}]", x + half, "sum"))
    for ref, left, role in parts:
        yield Box(left, y - tall / 2 - lift, half, tall, (ref,), radius=10)
        size = 17 if roomy else 15 if layer.pitch >= 90 else 13.5
        yield Number(left + half / 2, y - lift, ref, size, role, shrink=half - 8)
        below = y - lift + tall / 2 + (14 if roomy else 9)
        if f"grad_{ref.split('[')[0]}" in trace.arrays:
            yield Box(left + 1, below - 11, half - 2, 22, (f"grad_{ref}",), radius=5, plain=True)
            yield Number(
                left + half / 2, below, f"grad_{ref}", 15 if roomy else 13, "gradient", shrink=half - 4, significant=3
            )
        yield Label(left + half / 2, y - lift - tall / 2 - (12 if roomy else 7), 15 if roomy else 12, ref=ref)


def _loss(trace: Trace, last: Layer, height: float, target: str) -> Iterator[Mark]:
    """The targets and errors beside the outputs, and the loss below."""
    left = last.right + 12
    for o, y in enumerate(last.centres):
        parts = [("target ", f"{target}[@,{o}]"), ("error ", f"error[@,{o}]"), ("adds ", f"losses[@,{o}]")]
        shown = [(text, ref) for text, ref in parts if ref.split("[")[0] in trace.arrays]
        line = min(52.0, (last.pitch - 6) / len(shown))
        for place, (text, ref) in enumerate(shown):
            at = y - last.lift + (place - (len(shown) - 1) / 2) * line
            yield from _titled(left + LOSS_WIDTH / 2 - 6, at, LOSS_WIDTH - 12, line, text, ref)
    bottom = min(max(last.centres) + 130, height - 26)
    yield Box(left - 4, bottom - 22, LOSS_WIDTH + 4, 44, ("loss",), radius=22)
    yield Number(left + LOSS_WIDTH / 2 + 4, bottom, "loss", 17, shrink=LOSS_WIDTH - 30)
    yield Label(left - 14, bottom, 16, text="loss ", ref="loss", anchor="end")


def _softmax(last: Layer, height: float) -> Iterator[Mark]:
    """What the outputs share: the largest sum, the sum of the exponentials, and the logarithm for the loss."""
    room = last.pitch >= MIN_PITCH_BETWEEN
    y = (last.centres[0] + last.centres[1]) / 2 if room else height + 30
    half = last.half_width
    yield from _titled(last.unit_x + half / 2, y, half - 4, 52, "largest ", "largest[@]")
    yield from _titled(last.unit_x + half * 1.5, y, half - 4, 52, "sum ", "total[@]")
    yield from _titled(last.right + LOSS_WIDTH / 2 + 6, y - last.lift, LOSS_WIDTH - 12, 52, "", "log_sum_exp[@]")


def _titled(x: float, y: float, width: float, line: float, text: str, ref: str) -> Iterator[Mark]:
    """A number in a box around (x, y), its name above, in a line of this height."""
    high = min(30.0, line * 0.58)
    yield Label(x, y - high / 2 - max(8.0, line * 0.19), min(13.0, line * 0.3), text=text, ref=ref)
    yield Box(x - width / 2, y - high / 2, width, high, (ref,), radius=8)
    yield Number(x, y, ref, min(16.0, line * 0.4), shrink=width - 8)


def _description(trace: Trace, layers: list[Layer]) -> str:
    hidden = " and ".join(counted(len(layer.centres), "hidden unit") for layer in layers[:-1])
    inputs, outputs = counted(trace["x"].shape[1], "input"), counted(len(layers[-1].centres), "output")
    return f"A net with {inputs}, {hidden or 'no hidden units'} and {outputs}."
