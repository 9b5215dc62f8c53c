"""Every array of a walk by its name, those that are computed too, as a JSON file and as a CSV file."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator

from visualizer.engine.trace.operations import json_number
from visualizer.engine.trace.trace import Trace

HEADING = ("array", "index", "value", "step")


def arrays_json(trace: Trace) -> str:
    """{"title": …, "arrays": {name: nested lists}}, every digit; what is infinite or no number is a text."""
    arrays = {name: _finite(array.tolist()) for name, array in trace.arrays.items()}
    lines = [f"    {json.dumps(name)}: {json.dumps(values)}" for name, values in arrays.items()]
    return (
        f'{{\n  "title": {json.dumps(trace.title, ensure_ascii=False)},\n  "arrays": {{\n'
        + ",\n".join(lines)
        + "\n  }\n}\n"
    )


def arrays_csv(trace: Trace) -> str:
    """One number a row: its array, its index in it (from 0, as torch counts), its value, the step that computes it.

    The step is empty for what is given.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEADING)
    writers = {
        (step.target.name, index): number
        for number, step in enumerate(trace.steps, 1)
        for index in _elements(trace, step.target.name, step.target.index)
    }
    for name, array in trace.arrays.items():
        for index in itertools.product(*map(range, array.shape)):
            value = repr(array[index].item())
            rows.writerow([name, " ".join(map(str, index)), value, writers.get((name, index), "")])
    return text.getvalue()


def _elements(trace: Trace, name: str, index: tuple[int | slice, ...]) -> Iterator[tuple[int, ...]]:
    """The indices of the numbers that a Ref names."""
    shape = trace[name].shape
    parts = [*index, *(slice(None),) * (len(shape) - len(index))]
    ranges = [
        range(size)[part] if isinstance(part, slice) else (part,) for part, size in zip(parts, shape, strict=True)
    ]
    return itertools.product(*ranges)


def _finite(values: object) -> object:
    if isinstance(values, list):
        return [_finite(value) for value in values]
    return json_number(values) if isinstance(values, float) else values
