"""One pixel of a deconvolutional net's projection, from the unit down, one number at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from visualizer.engine.convnet.convnet import ConvNet, run_convnet
from visualizer.engine.convnet.deconvnet import Unit, project
from visualizer.engine.trace.functions import Template
from visualizer.engine.trace.symbol import Symbol
from visualizer.engine.trace.trace import (
    Apply,
    Dot,
    Expression,
    Product,
    Ref,
    Step,
    Sum,
    Trace,
    chapters_from,
)
from visualizer.engine.walks.deconvnet import notes as notes

Window = tuple[range, range]
_OVERVIEW: Template = (
    *("row", "y", "=", ("sub", "Σ", "c"), ("sub", "w", "c"), "∗"),
    *("ReLU", "(", ("sub", "s", "c"), "·", ("sub", "d", "c"), ")"),
)
_LEGEND = (
    "c indexes the feature maps of the first layer, d is what the second layer’s transposed kernel passes down to "
    "them, s are the pooling switches, and w is the first layer’s kernel, rotated by 180°."
)


@dataclass(frozen=True, eq=False)
class Way:
    """What lies between a unit of the second layer and a pixel.

    `seen` are the rows and columns of the first layer's maps that reach the pixel, `pooled` the pooling windows that
    cover them: both are ranges of whole maps, counted from 0.
    """

    net: ConvNet
    unit: Unit
    pixel: tuple[int, int]

    @property
    def reach(self) -> int:
        return self.net.shape.kernel // 2

    @property
    def seen(self) -> Window:
        rows, columns = (self._seen(at) for at in self.pixel)
        return rows, columns

    @property
    def pooled(self) -> Window:
        pool, side = self.net.shape.pools[0], self.net.shape.sizes[1]
        rows, columns = (
            range(min(side - 1, part.start // pool), min(side, (part.stop - 1) // pool + 1)) for part in self.seen
        )
        return rows, columns

    def _seen(self, at: int) -> range:
        return range(max(0, at - self.reach), min(self.net.shape.size, at + self.reach + 1))


def trace_deconvnet(net: ConvNet, x: Tensor, unit: Unit, pixel: tuple[int, int]) -> Trace:
    """How the deconvnet's projection of a unit is computed at `pixel`, (row, column) counted from 0.

    ReLU at the unit; the transposed kernel of the second layer down to the pooled maps around the pixel; unpooling by
    the switches; ReLU; and the transposed kernels of the first layer, map by map.

    Shapes: x (channels, size, size). The trace's arrays, with c for the first layer's maps: a, r, kernel2 (c, k, k), d
    (c, pooled rows, columns), s, u and h (c, rows, columns), kernel1 (c, channels, k, k), q (c, channels), y
    (channels).
    Raises: ValueError for a unit that is not of the second layer, or as `project` does, or for no pixel of the image.
    Source: Zeiler & Fergus 2013, section 2.1.
    """
    size = net.shape.size
    if unit.layer != "relu2":
        raise ValueError(f"unit must be of relu2, as there is nothing to unpool below relu1, got {unit.layer!r}")
    if not all(0 <= at < size for at in pixel):
        raise ValueError(f"pixel must be within {size} × {size}, got {pixel}")
    net, way = net.to(torch.float64), Way(net, unit, pixel)
    with torch.inference_mode(False):
        arrays, checks = _arrays(net, x.double(), way)
    parts = {
        "ReLU 2": [_first_step()],
        "Transposed convolution 2": list(_down_steps(way)),
        "Unpool": list(_unpool_steps(way)),
        "ReLU 1": list(_relu_steps(way)),
        "Transposed convolution 1": list(_pixel_steps(way)),
    }
    return Trace(
        kind="deconvnet",
        arrays=arrays,
        steps=tuple(step for steps in parts.values() for step in steps),
        chapters=chapters_from(parts),
        symbols=_symbols(net.shape.channels),
        checks=checks,
        title=notes.title(unit, pixel),
        summary=notes.SUMMARY,
        overview=_OVERVIEW,
        legend=_LEGEND,
    )


def _arrays(net: ConvNet, x: Tensor, way: Way) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The arrays as the steps have them, and the same from the whole projection."""
    found = project(net, x, way.unit)
    forward = run_convnet(net, x[None])
    activation = torch.tensor(found.activation, dtype=torch.float64)
    r, whole = torch.relu(activation), net["conv2_weight"][way.unit.map]
    d = torch.stack([torch.stack([_brought(way, r, whole, i, j) for j in way.pooled[1]], 1) for i in way.pooled[0]], 1)
    s = _switches(way, forward["switches1"][0])
    u = torch.stack(
        [
            torch.stack([_returned(way, d, s, i, j) for j in range(len(way.seen[1]))], 1)
            for i in range(len(way.seen[0]))
        ],
        1,
    )
    h, kernel1 = torch.relu(u), net["conv1_weight"]
    rows, columns = (_reversed(way, axis) for axis in (0, 1))
    turned = torch.from_numpy(kernel1.numpy()[:, :, rows, columns].copy())
    q = (h[:, None] * turned).sum((2, 3))
    arrays = {"a": activation, "r": r, "kernel2": whole, "d": d, "s": s, "u": u, "h": h, "kernel1": kernel1}
    arrays |= {"q": q, "y": q.sum(0)}
    stages = dict(found.stages)
    inside = (slice(None), *(slice(part.start, part.stop) for part in way.seen))
    below = (slice(None), *(slice(part.start, part.stop) for part in way.pooled))
    checks = {"d": stages["convolution2"][below], "u": stages["unpool1"][inside], "h": stages["relu1"][inside]}
    checks["y"] = found.pixels[:, way.pixel[0], way.pixel[1]]
    return {name: value.detach().clone() + 0.0 for name, value in arrays.items()}, {
        name: value.detach().clone() + 0.0 for name, value in checks.items()
    }


def _brought(way: Way, r: Tensor, kernel: Tensor, i: int, j: int) -> Tensor:
    at = _under(way, i, j)
    return r * kernel[:, at[0], at[1]] if at else torch.zeros(len(kernel), dtype=torch.float64)


def _returned(way: Way, d: Tensor, s: Tensor, i: int, j: int) -> Tensor:
    window = _window_of(way, i, j)
    return d[:, window[0], window[1]] * s[:, i, j] if window else torch.zeros(len(d), dtype=torch.float64)


def _switches(way: Way, winners: Tensor) -> Tensor:
    """1 where a place won its pooling window, else 0. Shapes: winners (maps, side, side); result (maps, seen …)."""
    size = way.net.shape.size
    won = torch.zeros(len(winners), size * size, dtype=torch.float64)
    won.scatter_(1, winners.flatten(1), 1.0)
    rows, columns = way.seen
    return won.view(-1, size, size)[:, rows.start : rows.stop, columns.start : columns.stop]


def _under(way: Way, i: int, j: int) -> tuple[int, int] | None:
    """The kernel's number by which the unit saw a place of the pooled map; None where it did not see it."""
    row, column = (at - place + way.reach for at, place in zip((i, j), way.unit.place, strict=True))
    kernel = way.net.shape.kernel
    return (row, column) if 0 <= row < kernel and 0 <= column < kernel else None


def _window_of(way: Way, i: int, j: int) -> tuple[int, int] | None:
    """The pooling window, counted within `pooled`, of a place within `seen`; None where it lies in none."""
    pool, side = way.net.shape.pools[0], way.net.shape.sizes[1]
    row, column = (part[at] // pool for part, at in zip(way.seen, (i, j), strict=True))
    if row >= side or column >= side:
        return None
    return row - way.pooled[0].start, column - way.pooled[1].start


def _reversed(way: Way, axis: int) -> slice:
    """The kernel's numbers that lie on the window around the pixel, from its first place on: they count down."""
    first = way.pixel[axis] - way.seen[axis].start + way.reach
    last = way.pixel[axis] - (way.seen[axis].stop - 1) + way.reach
    return slice(first, None if last == 0 else last - 1, -1)


# ---- steps -------------------------------------------------------------------------------------------------------


def _step(target: Ref, expression: Expression, words: tuple[str, str], layer: str, unit: str = "") -> Step:
    return Step(target, expression, "backward", *words, layer, unit)


def _first_step() -> Step:
    return _step(Ref("r"), Apply("relu", (Ref("a"),)), notes.FIRST, "unit")


def _places(way: Way, window: Window) -> Iterator[tuple[int, int, int]]:
    """Every place of a window, map by map, row by row, counted within the window."""
    for c in range(way.net.shape.depths[1]):
        for i in range(len(window[0])):
            for j in range(len(window[1])):
                yield c, i, j


def _down_steps(way: Way) -> Iterator[Step]:
    for c, i, j in _places(way, way.pooled):
        at = _under(way, way.pooled[0][i], way.pooled[1][j])
        expression: Expression = Product((Ref("r"), Ref("kernel2", (c, *at)))) if at else 0.0
        words = notes.DOWN if at else notes.NOT_SEEN
        yield _step(Ref("d", (c, i, j)), expression, words, notes.of_map(c), f"row {i + 1}")


def _unpool_steps(way: Way) -> Iterator[Step]:
    for c, i, j in _places(way, way.seen):
        window = _window_of(way, i, j)
        expression: Expression = 0.0
        if window:
            expression = Product((Ref("s", (c, i, j)), Ref("d", (c, *window))))
        yield _step(
            Ref("u", (c, i, j)),
            expression,
            notes.UNPOOL if window else notes.NO_WINDOW,
            notes.of_map(c),
            f"row {i + 1}",
        )


def _relu_steps(way: Way) -> Iterator[Step]:
    for c, i, j in _places(way, way.seen):
        relu = Apply("relu", (Ref("u", (c, i, j)),))
        yield _step(Ref("h", (c, i, j)), relu, notes.RELU, notes.of_map(c), f"row {i + 1}")


def _pixel_steps(way: Way) -> Iterator[Step]:
    whole = slice(None)
    channels, maps = way.net.shape.channels, way.net.shape.depths[1]
    for c in range(maps):
        for channel in range(channels):
            kernel = Ref("kernel1", (c, channel, _reversed(way, 0), _reversed(way, 1)))
            part = Dot(Ref("h", (c, whole, whole)), kernel)
            yield _step(Ref("q", (c, channel)), part, notes.PART, notes.of_map(c))
    for channel in range(channels):
        yield _step(Ref("y", (channel,)), Sum((Ref("q", (whole, channel)),)), notes.PIXEL, "pixel")


def _symbols(channels: int) -> dict[str, Symbol]:
    of_channel = (1,) if channels > 1 else ()
    symbols = {name: Symbol(name, below=(0, 1, 2), matrix=name) for name in "dsuh"}
    return symbols | {
        "a": Symbol("a"),
        "r": Symbol("r"),
        "kernel2": Symbol("v", below=(0, 1, 2), matrix="v"),
        "kernel1": Symbol("w", below=(0, *of_channel, 2, 3), matrix="w"),
        "q": Symbol("q", below=(0, *of_channel), matrix="q"),
        "y": Symbol("y", below=(0,) if channels > 1 else ()),
    }
