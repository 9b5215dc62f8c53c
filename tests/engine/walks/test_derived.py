"""Every gradient that a walk writes by hand has the terms that follow from its forward steps."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from tests.engine.layers import Arguments, convolutions, normal, poolings
from tests.engine.nets import nets
from tests.engine.walks.pooling.test_block import blocks
from tests.engine.walks.recurrent.test_recurrent import recurrents, trace_of
from visualizer.engine import Ref, Trace, trace_block, trace_convolution, trace_network, trace_pooling
from visualizer.engine.trace.derive import Derivation
from visualizer.engine.trace.operations import Apply, Difference, Dot, Expression, Mean, Product, Sum
from visualizer.engine.trace.trace import Step

Terms = Counter[tuple[str, ...]]
"""A sum multiplied out: by the factors of each product, sorted, the number in front."""


class Written:
    """Expressions multiplied out, each number in `inside` by what it is written by."""

    def __init__(self, trace: Trace, inside: Mapping[str, Expression]) -> None:
        self.arrays, self.inside = trace.numbers, inside

    def terms(self, expression: Expression) -> Terms:
        match expression:
            case int() | float():
                return Counter({(): float(expression)}) if expression else Counter()
            case Ref():
                return added(self._single(ref) for ref in self._numbers(expression))
            case Dot(left, right, bias):
                pairs = zip(self._numbers(left), self._numbers(right), strict=True)
                products = [self.terms(Product(pair)) for pair in pairs]
                return added([*products, *([self.terms(bias)] if bias else [])])
            case Sum(terms):
                return added(map(self.terms, terms))
            case Product(factors):
                return product([self.terms(factor) for factor in factors])
            case Difference(left, right):
                return added([self.terms(left), product([self.terms(right), Counter({(): -1.0})])])
            case Mean(numbers, count):
                return product([self.terms(numbers), Counter({(): 1 / count})])
            case Apply("negative", (number,)):
                return product([self.terms(number), Counter({(): -1.0})])
            case Apply("identity'"):
                return Counter({(): 1.0})
            case Apply(function, arguments):
                return Counter({(f"{function}({', '.join(map(str, arguments))})",): 1.0})
        raise AssertionError(expression)

    def _single(self, ref: Ref) -> Terms:
        return self.terms(self.inside[str(ref)]) if str(ref) in self.inside else Counter({(str(ref),): 1.0})

    def _numbers(self, ref: Ref) -> list[Ref]:
        array = self.arrays[ref.name.removeprefix("grad_")] if ref.name not in self.arrays else self.arrays[ref.name]
        places = np.arange(array.size).reshape(array.shape)[ref.index].ravel()
        return [Ref(ref.name, tuple(map(int, np.unravel_index(place, array.shape)))) for place in places]


def added(sums: Any) -> Terms:
    total: Terms = Counter()
    for terms in sums:
        for factors, number in terms.items():
            total[factors] += number
    return total


def product(sums: list[Terms]) -> Terms:
    total: Terms = Counter({(): 1.0})
    for terms in sums:
        found: Terms = Counter()
        for factors, number in total.items():
            for others, other in terms.items():
                found[tuple(sorted((*factors, *others)))] += number * other
        total = found
    return total


def assert_follows(trace: Trace, wanted: list[str], *, skip: tuple[str, ...] = (), **start: Any) -> None:
    """All backward steps but those that begin the pass.

    What the walk hands on in one step and the derivation in two, or the other way round, is put in: the arrays in
    `skip`, and gradients that the walk has no array for.
    """
    forward = [step for step in trace.steps if step.phase == "forward"]
    derivation = Derivation(forward, trace.numbers, wanted=wanted, **start)
    backward = [step for step in trace.steps if step.phase == "backward"]
    inside = {str(step.target): step.expression for step in backward if step.target.name in skip}
    for step in forward:
        if f"grad_{step.target.name}" not in trace.arrays and step.target.name in derivation.names:
            inside[f"grad_{step.target}"] = derivation.gradient(step.target)
    written = Written(trace, inside)
    checked = 0
    for step in backward:
        of = Ref(step.target.name.removeprefix("grad_"), step.target.index)
        if of.name not in start.get("given", ()) and step.target.name not in skip:
            assert_alike(step, written.terms(step.expression), written.terms(derivation.gradient(of)))
            checked += 1
    assert checked


def assert_alike(step: Step, found: Terms, wanted: Terms) -> None:
    assert set(found) == set(wanted), step.target
    assert all(math.isclose(number, wanted[factors]) for factors, number in found.items()), step.target


@settings(max_examples=30)
@given(nets())
def test_of_a_net(arguments: Arguments) -> None:
    trace = trace_network(**arguments)
    depth = len(arguments["weights"])
    parameters = [f"{letter}{layer}" for letter in "Wb" for layer in range(1, depth + 1)]
    softmax = arguments["loss"].endswith("cross_entropy")  # its derivative and the logarithm's cancel
    end, skip = (f"a{depth}", ("grad_out",)) if softmax else ("out", ())
    assert_follows(trace, [name for name in parameters if name in trace.arrays], skip=skip, given=(end,))


@settings(max_examples=30)
@given(recurrents())
def test_of_an_rnn_or_lstm(case: tuple[str, Arguments]) -> None:
    kind, arguments = case
    trace = trace_of(kind, arguments | {"truncate": None})  # truncated, it leaves terms out on purpose
    names = ("x", "weight_ih", "weight_hh", "bias_ih", "bias_hh", "h0", "c0", "weight_out", "bias_out")
    wanted = [name for name in names if name in trace.arrays]
    if "readout" in arguments:
        assert_follows(trace, wanted, skip=("grad_h_above",), given=("z",))
        return
    last = len(trace["x"]) - 1
    start: dict[str, Any] = {}
    if "grad_h" in arguments:
        start["h"] = lambda at: Ref("grad_h_above", at)
    if "grad_c" in arguments:
        start["c"] = lambda at: Ref("grad_c_given", at[1:]) if at[0] == last else 0.0
    assert_follows(trace, wanted, start=start)


@settings(max_examples=30)
@given(convolutions())
def test_of_a_convolution(arguments: Arguments) -> None:
    try:
        y = trace_convolution(**arguments)["y"]
    except ValueError:
        return  # a geometry that does not fit
    trace = trace_convolution(**arguments, grad_y=normal(3, *y.shape))
    assert_follows(trace, ["weight", "x", *(["bias"] if "bias" in trace.arrays else [])], given=("y",))


@settings(max_examples=30)
@given(poolings())
def test_of_a_pooling(arguments: Arguments) -> None:
    try:
        y = trace_pooling(**arguments)["y"]
    except ValueError:
        return
    assert_follows(trace_pooling(**arguments, grad_y=normal(3, *y.shape)), ["x"], given=("y",))


@settings(max_examples=15)
@given(blocks())
def test_of_a_block(arguments: Arguments) -> None:
    p = trace_block(**arguments)["p"]
    trace = trace_block(**arguments, grad_p=normal(3, *p.shape))
    assert_follows(trace, ["weight", "x", *(["bias"] if "bias" in trace.arrays else [])], given=("p",))


def test_a_wrong_term_is_found() -> None:
    trace = trace_convolution(torch.ones(1, 3, 3), torch.ones(1, 1, 2, 2), grad_y=torch.ones(1, 2, 2))
    step = next(step for step in trace.steps if step.target.name == "grad_x")
    written = Written(trace, {})
    with pytest.raises(AssertionError, match="grad_x"):
        assert_alike(step, written.terms(step.expression), written.terms(Ref("grad_y", (0, 1, 1))))
