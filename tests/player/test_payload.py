"""What travels to the browser."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.web.unpacking import unpacked
from visualizer.engine import trace_network
from visualizer.engine.trace.trace import Trace
from visualizer.player.payload import pack
from visualizer.scenes import draw


def default_trace(**changes: Any) -> Trace:
    arguments: dict[str, Any] = {
        "x": [[0.8, -0.5]],
        "y": [[1.0]],
        "weights": [[[1.2, -0.5], [-0.9, 0.4], [0.5, -1.1]], [[-0.5, -0.9, 0.9]]],
        "biases": [[0.1, -0.2, 0.3], [0.2]],
        "learning_rate": 0.5,
    }
    return trace_network(**(arguments | changes))


def test_every_array_arrives_bit_for_bit() -> None:
    trace = default_trace()
    _, arrays = unpacked(pack(trace, draw(trace)))
    for name, array in trace.arrays.items():
        np.testing.assert_array_equal(arrays[name], array.numpy())
    for name, check in trace.checks.items():
        ours = trace[name].contiguous().view(torch.int64).numpy()
        received = (ours ^ arrays[f"check {name}"].view(np.int64).reshape(ours.shape)).view(np.float64)
        np.testing.assert_array_equal(received, check.numpy())


def test_every_step_names_its_target_and_what_it_reads() -> None:
    trace = default_trace()
    steps = unpacked(pack(trace, draw(trace)))[0]["steps"]
    assert [step[0] for step in steps] == [str(step.target) for step in trace.steps]
    assert steps[0][1] == ["dot", "W1[0,:]", "x[0,:]", "b1[0]"]


def test_the_same_trace_is_the_same_text() -> None:
    one, other = default_trace(), default_trace()
    assert pack(one, draw(one)) == pack(other, draw(other))


def test_infinities_travel_as_texts() -> None:
    trace = default_trace(
        activation="identity", weights=[[[1e200, 1e200]] * 3, [[1e200] * 3]], biases=None, learning_rate=1e300
    )
    assert trace.first_not_finite is not None
    unpacked(pack(trace, draw(trace)))


@pytest.mark.parametrize(("hidden", "limit"), [(3, 12_000), (8, 30_000)])
def test_it_is_small(hidden: int, limit: int) -> None:
    trace = default_trace(weights=[torch.ones(hidden, 2), torch.ones(1, hidden)], biases=None)
    assert len(pack(trace, draw(trace))) < limit
