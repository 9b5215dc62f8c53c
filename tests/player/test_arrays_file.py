"""All arrays of a walk as files: nothing is missing, every digit is there, and each number says who computes it."""

from __future__ import annotations

import csv
import io
import json

import torch

from tests.player.test_payload import default_trace
from visualizer.engine import trace_pooling
from visualizer.player.arrays_file import HEADING, arrays_csv, arrays_json


def test_json_holds_every_array_with_every_digit() -> None:
    trace = default_trace()
    arrays = json.loads(arrays_json(trace))["arrays"]
    assert (
        {"x", "W1", "a1", "h1", "out", "loss", "grad_a1", "grad_W1", "new_W1"} <= arrays.keys() == trace.arrays.keys()
    )
    for name, values in arrays.items():
        assert torch.equal(torch.tensor(values, dtype=trace[name].dtype), trace[name]), name


def test_csv_has_a_row_for_every_number_and_the_step_that_computes_it() -> None:
    trace = default_trace()
    heading, *rows = csv.reader(io.StringIO(arrays_csv(trace)))
    assert tuple(heading) == HEADING
    assert len(rows) == sum(array.numel() for array in trace.arrays.values())
    found = {(name, index): (float(value), step) for name, index, value, step in rows}
    assert found["x", "0 1"] == (-0.5, "")
    assert found["a1", "0 0"] == (trace["a1"][0, 0].item(), "1")
    assert found["loss", ""][0] == trace["loss"].item()


def test_whole_numbers_stay_whole_and_what_is_infinite_is_a_text() -> None:
    pooled = trace_pooling(torch.arange(16.0).reshape(1, 4, 4))
    assert json.loads(arrays_json(pooled))["arrays"]["switches"] == [[[5, 7], [13, 15]]]
    infinite = default_trace(x=[[1e200, 1e200]], activation="identity")
    assert json.loads(arrays_json(infinite))["arrays"]["loss"] == "Infinity"
