"""A trace and its scene as one constant text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import torch
from torch import Tensor

from visualizer.engine.trace.functions import FUNCTIONS
from visualizer.engine.trace.operations import packed as packed_expression
from visualizer.engine.trace.trace import Step, Trace
from visualizer.once import once
from visualizer.scenes import draw
from visualizer.scenes.scene import Mark, Scene
from visualizer.web.packing import packed_arrays


def packed(trace: Trace) -> str:
    """A trace in its own scene; computed once for each trace, as a page sends it at every rerun."""
    return once(trace, "packed", lambda: pack(trace, draw(trace)))


def pack(trace: Trace, scene: Scene) -> str:
    """The same trace and scene always give the same text, so an unchanged walk is never sent twice."""
    texts: dict[str, int] = {}
    document = {
        "title": trace.title,
        "summary": trace.summary,
        "overview": trace.overview,
        "formulas": trace.formulas,
        "legend": trace.legend,
        "steps": [_step(trace, step, texts) for step in trace.steps],
        "texts": list(texts),
        "chapters": [asdict(chapter) for chapter in trace.chapters],
        "symbols": {name: asdict(symbol) for name, symbol in trace.symbols.items()},
        "functions": {name: {"symbols": f.symbols, "numbers": f.numbers} for name, f in FUNCTIONS.items()},
        "scene": vars(scene) | {"marks": [_mark(mark) for mark in scene.marks]},
    }
    checks = {f"check {name}": _difference(array, trace[name]) for name, array in trace.checks.items()}
    return packed_arrays(document, {name: array.double().numpy() for name, array in trace.arrays.items()} | checks)


def _difference(check: Tensor, array: Tensor) -> np.ndarray:
    """A check as the bits in which it differs from the trace's own numbers: few, so it packs to almost nothing."""
    ours, theirs = (each.double().contiguous().view(torch.int64) for each in (array, check))
    return (ours ^ theirs).numpy().reshape(-1).view(np.uint8)


def _step(trace: Trace, step: Step, texts: dict[str, int]) -> list[Any]:
    """A step as a list; words that many steps share travel once, in `texts`."""
    words = (step.phase, step.title, step.note, step.layer, step.unit)
    matrix = [part if isinstance(part, str) else str(part) for part in step.matrix]
    shared = [texts.setdefault(word, len(texts)) for word in words]
    return [str(step.target), packed_expression(step.expression, trace.numbers), *shared, matrix]


def _mark(mark: Mark) -> dict[str, Any]:
    """A mark's fields; a window in it as its own fields."""
    window = getattr(mark, "window", None)
    return vars(mark) | ({"window": vars(window)} if window else {})
