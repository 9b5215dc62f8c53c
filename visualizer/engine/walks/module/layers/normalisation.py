"""BatchNorm, LayerNorm and GroupNorm: numbers are centred and scaled together, a group at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from visualizer.engine.trace.operations import Apply, Difference, Dot, Expression, Mean, Product, Ref, Sum
from visualizer.engine.trace.symbol import Index
from visualizer.engine.walks.module.tape import Place, Tape, at, joined, walks

_ALL = slice(None)
_MEAN = "The mean of all numbers that are normalised together: {over}."
_CENTRED = "The number minus the mean: how far it is from the others."
_VARIANCE = "The mean of the squared distances from the mean, divided by their count, as torch does for normalising."
_ROOT = "The standard deviation; the small ε keeps it from being 0."
_INVERSE = "One over the standard deviation: multiplied by it, the numbers have variance 1."
_NORMALISED = "Centred and scaled: mean 0 and variance 1 over {over}."
_SCALED = "A learned weight and bias give each {unit} back a scale and a mean of its own."
_RUNNING = "In evaluation mode, the mean and variance are the running ones that training has left: constants."


@dataclass(frozen=True)
class _Groups:
    """Which numbers are normalised together: the statistics' shape, each number's group, and each group's block."""

    shape: tuple[int, ...]
    of: Callable[[Place], Place]
    block: Callable[[Place], tuple[Index, ...]]
    size: int
    over: str
    example: int | None


@walks(nn.BatchNorm1d, nn.BatchNorm2d)
def batch_norm(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Each channel over the batch (and over its map), or with the running statistics in evaluation mode."""
    assert isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d)
    numbers = tape.arrays[x]
    channels, dims = numbers.shape[1], numbers.dim()
    if module.training or module.running_mean is None:
        if numbers.numel() == channels:
            raise ValueError(f"layer {path or 'BatchNorm'}: in training mode, more than 1 number a channel is needed")
        groups = _Groups(
            (channels,),
            lambda index: (index[1],),
            lambda group: (_ALL, group[0], *(_ALL,) * (dims - 2)),
            numbers.numel() // channels,
            "the batch, channel by channel",
            None,
        )
        normalised = _normalised(tape, path, x, groups, module.eps)
    else:
        normalised = _by_running(tape, module, path, x)
    return _scaled(tape, module, path, normalised, lambda index: (index[1],), "channel")


@walks(nn.LayerNorm)
def layer_norm(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Each example by itself, over the last axes."""
    assert isinstance(module, nn.LayerNorm)
    numbers, last, example = tape.arrays[x], len(module.normalized_shape), tape.examples[x]
    first = numbers.dim() - last
    groups = _Groups(
        tuple(numbers.shape[:first]),
        lambda index: index[:first],
        lambda group: (*group, *(_ALL,) * last),
        numbers[(0,) * first].numel(),
        "the numbers of one example",
        example if example is not None and example < first else None,
    )
    return _scaled(
        tape, module, path, _normalised(tape, path, x, groups, module.eps), lambda index: index[first:], "number"
    )


@walks(nn.GroupNorm)
def group_norm(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Each example by itself, over groups of channels."""
    assert isinstance(module, nn.GroupNorm)
    numbers = tape.arrays[x]
    size = module.num_channels // module.num_groups
    rest = (_ALL,) * (numbers.dim() - 2)
    groups = _Groups(
        (numbers.shape[0], module.num_groups),
        lambda index: (index[0], index[1] // size),
        lambda group: (group[0], slice(group[1] * size, (group[1] + 1) * size), *rest),
        numbers[0].numel() // module.num_groups,
        "a group of channels of one example",
        tape.examples[x],
    )
    normalised = _normalised(tape, path, x, groups, module.eps)
    return _scaled(tape, module, path, normalised, lambda index: (index[1],), "channel")


def _normalised(tape: Tape, path: str, x: str, groups: _Groups, eps: float) -> str:
    """Mean, distances, variance, its root and one over it, and the normalised numbers."""
    numbers, count, over = tape.arrays[x], groups.size, groups.over
    indices = [groups.block(group) for group in _places(groups.shape)]

    def statistic(of: Callable[[Tensor], Tensor], values: Tensor) -> Tensor:
        return torch.stack([of(values[index]) for index in indices]).reshape(groups.shape)

    def spread(values: Tensor) -> Tensor:
        """A statistic at each number that it belongs to."""
        whole = torch.empty_like(numbers)
        for group, index in zip(_places(groups.shape), indices, strict=True):
            whole[index] = values[group]
        return whole

    def write(
        name: str,
        values: Tensor,
        letter: str,
        of: Callable[[Place], Expression],
        title: str,
        note: str,
        example: int | None,
    ) -> str:
        full = joined(path, name)
        return tape.write(full, values, letter, of, path=path, title=title, note=note, example=example)

    example = tape.examples[x]
    mean = write(
        "mean",
        statistic(torch.mean, numbers),
        "μ",
        lambda group: Mean(Ref(x, groups.block(group)), count),
        "What is mean {place}{on}?",
        _MEAN.format(over=over),
        groups.example,
    )
    centred = write(
        "centred",
        numbers - spread(tape.arrays[mean]),
        "c",
        lambda index: Difference(at(x, index), at(mean, groups.of(index))),
        "How far is number {place} from the mean{on}?",
        _CENTRED,
        example,
    )
    variance = write(
        "var",
        statistic(lambda block: (block * block).mean(), tape.arrays[centred]),
        "v",
        lambda group: Mean(Dot(Ref(centred, groups.block(group)), Ref(centred, groups.block(group))), count),
        "What is variance {place}{on}?",
        _VARIANCE,
        groups.example,
    )
    return _divided(tape, path, centred, variance, groups, eps, spread)


def _divided(
    tape: Tape,
    path: str,
    centred: str,
    variance: str,
    groups: _Groups,
    eps: float,
    spread: Callable[[Tensor], Tensor],
) -> str:
    """Divided by the standard deviation."""
    small = tape.constant(path, "eps", eps, "ε")
    root = tape.write(
        joined(path, "std"),
        torch.sqrt(tape.arrays[variance] + eps),
        "σ",
        lambda group: Apply("root", (at(variance, group), Ref(small))),
        path=path,
        title="What is standard deviation {place}{on}?",
        note=_ROOT,
        example=groups.example,
    )
    inverse = tape.write(
        joined(path, "inverse_std"),
        1 / tape.arrays[root],
        "r",
        lambda group: Apply("reciprocal", (at(root, group),)),
        path=path,
        title="What is one over standard deviation {place}{on}?",
        note=_INVERSE,
        example=groups.example,
    )
    return tape.write(
        joined(path, "normalised"),
        tape.arrays[centred] * spread(tape.arrays[inverse]),
        "n",
        lambda index: Product((at(centred, index), at(inverse, groups.of(index)))),
        path=path,
        title="What is normalised number {place}{on}?",
        note=_NORMALISED.format(over=groups.over),
        example=tape.examples[centred],
    )


def _by_running(tape: Tape, module: nn.BatchNorm1d | nn.BatchNorm2d, path: str, x: str) -> str:
    """With the statistics that training has left."""
    assert module.running_mean is not None and module.running_var is not None
    numbers = tape.arrays[x]
    mean = tape.constant(path, "running_mean", module.running_mean, "μ")
    variance = tape.constant(path, "running_var", module.running_var, "v")
    shape = (1, -1, *(1,) * (numbers.dim() - 2))
    centred = tape.write(
        joined(path, "centred"),
        numbers - tape.arrays[mean].reshape(shape),
        "c",
        lambda index: Difference(at(x, index), Ref(mean, (index[1],))),
        path=path,
        title="How far is number {place} from the running mean{on}?",
        note=_RUNNING,
        example=tape.examples[x],
    )
    groups = _Groups((len(tape.arrays[mean]),), lambda index: (index[1],), lambda group: group, 1, "training", None)
    return _divided(
        tape, path, centred, variance, groups, module.eps, lambda values: values.reshape(shape).expand_as(numbers)
    )


def _scaled(tape: Tape, module: nn.Module, path: str, normalised: str, of: Callable[[Place], Place], unit: str) -> str:
    """weight · n + bias where the layer has them."""
    given = getattr(module, "weight", None), getattr(module, "bias", None)
    weight, bias = (
        tape.parameter(path, name, values, letter) if isinstance(values, Tensor) else None
        for name, values, letter in zip(("weight", "bias"), given, ("γ", "β"), strict=True)
    )
    numbers = tape.arrays[normalised]
    shape = _shape_of_parameters(module, numbers)
    values = numbers.clone()
    if weight:
        values = values * tape.arrays[weight].reshape(shape)
    if bias:
        values = values + tape.arrays[bias].reshape(shape)

    def expression_at(index: Place) -> Expression:
        number = at(normalised, index)
        product: Expression = Product((Ref(weight, of(index)), number)) if weight else number
        return Sum((product, Ref(bias, of(index)))) if bias else product

    return tape.write(
        joined(path, "out"),
        values,
        "h",
        expression_at,
        path=path,
        title="What is number {place} after normalisation{on}?",
        note=_SCALED.format(unit=unit) if weight else "Passed on unchanged.",
        example=tape.examples[normalised],
    )


def _shape_of_parameters(module: nn.Module, numbers: Tensor) -> tuple[int, ...]:
    if isinstance(module, nn.LayerNorm):
        return tuple(module.normalized_shape)
    return (1, numbers.shape[1], *(1,) * (numbers.dim() - 2))


def _places(shape: tuple[int, ...]) -> list[Place]:
    return list(np.ndindex(*shape))
