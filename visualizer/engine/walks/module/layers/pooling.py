"""Max and average pooling over one or two axes, and the adaptive average."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from torch import nn

from visualizer.engine.geometry import Axis
from visualizer.engine.trace.operations import Expression, Maximum, Mean, Ref
from visualizer.engine.walks.module.tape import Place, Tape, joined, walks

_MAX = "The largest number in the window. Which one it was is remembered: the gradient goes to it alone."
_MEAN = "The mean of the numbers in the window: their sum, divided by {count}."
_ADAPTIVE = "The mean of the numbers in the window, whose size follows from the size that is asked for."
Windows = list[list[slice]]


@walks(nn.MaxPool1d, nn.MaxPool2d)
def max_pooling(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The largest number of each window; of equal ones the first, as in torch."""
    assert isinstance(module, nn.MaxPool1d | nn.MaxPool2d)
    if module.return_indices:
        raise ValueError(f"layer {path or 'MaxPool'}: return_indices is not supported")
    spatial = _spatial(module)
    numbers = tape.arrays[x]
    dilation = _each(module.dilation, spatial)
    windows, _ = _windows(module, tuple(numbers.shape[-spatial:]), dilation, bool(module.ceil_mode))
    return _write(tape, path, x, module, windows, lambda block, _: Maximum(block), "What is the largest number", _MAX)


@walks(nn.AvgPool1d, nn.AvgPool2d)
def average_pooling(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The mean of each window; zeros of the padding count where `count_include_pad` says so."""
    assert isinstance(module, nn.AvgPool1d | nn.AvgPool2d)
    spatial = _spatial(module)
    sizes = tuple(tape.arrays[x].shape[-spatial:])
    windows, axes = _windows(module, sizes, (1,) * spatial, bool(module.ceil_mode))
    divisor = getattr(module, "divisor_override", None)

    def count(place: Place) -> int:
        if divisor:
            return int(divisor)
        if not module.count_include_pad:
            return prod(_length(windows[axis][i]) for axis, i in enumerate(place))
        return prod(_counted(axis, i) for axis, i in zip(axes, place, strict=True))

    note = _MEAN.format(count=divisor or "how many they are")
    return _write(
        tape, path, x, module, windows, lambda block, place: Mean(block, count(place)), "What is the mean", note
    )


@walks(nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d)
def adaptive_pooling(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Means over windows that together cover the whole, as many as are asked for."""
    assert isinstance(module, nn.AdaptiveAvgPool1d | nn.AdaptiveAvgPool2d)
    spatial = 1 if isinstance(module, nn.AdaptiveAvgPool1d) else 2
    sizes = tape.arrays[x].shape[-spatial:]
    given = module.output_size if isinstance(module.output_size, tuple) else (module.output_size,) * spatial
    wanted = [size if asked is None else int(asked) for asked, size in zip(given, sizes, strict=True)]
    windows = [
        [slice(i * size // count, -(-(i + 1) * size // count)) for i in range(count)]
        for count, size in zip(wanted, sizes, strict=True)
    ]

    def mean(block: Ref, place: Place) -> Expression:
        return Mean(block, prod(_length(windows[axis][i]) for axis, i in enumerate(place)))

    return _write(tape, path, x, module, windows, mean, "What is the mean", _ADAPTIVE)


def _write(
    tape: Tape,
    path: str,
    x: str,
    module: nn.Module,
    windows: Windows,
    expression: Callable[[Ref, Place], Expression],
    title: str,
    note: str,
) -> str:
    numbers, spatial = tape.arrays[x], len(windows)
    return tape.write(
        joined(path, "out"),
        module(numbers),
        "h",
        lambda index: expression(
            Ref(x, (*index[:-spatial], *(windows[axis][i] for axis, i in enumerate(index[-spatial:])))),
            index[-spatial:],
        ),
        path=path,
        title=f"{title} of the window{{spot}} in channel {{channel}}{{on}}?",
        note=note,
        example=tape.examples[x],
    )


def _windows(
    module: nn.MaxPool1d | nn.MaxPool2d | nn.AvgPool1d | nn.AvgPool2d,
    sizes: tuple[int, ...],
    dilation: tuple[int, ...],
    ceil: bool,
) -> tuple[Windows, list[Axis]]:
    """The places that each window sees, axis by axis."""
    spatial = len(sizes)
    kernel, padding = _each(module.kernel_size, spatial), _each(module.padding, spatial)
    stride = _each(module.stride or module.kernel_size, spatial)
    names = ("rows", "columns")[-spatial:]
    axes = [
        Axis(names[i], sizes[i], kernel[i], stride[i], dilation[i], padding[i], padding[i], ceil)  # type: ignore[arg-type]
        for i in range(spatial)
    ]
    return [[seen[0] for seen in axis.window if seen is not None] for axis in axes], axes


def _counted(axis: Axis, window: int) -> int:
    """How many places of a window count: those of the image and of its padding, not what rounding up adds."""
    start = axis.start(window)
    return min(start + axis.kernel, axis.size + axis.after) - start


def _spatial(module: nn.Module) -> int:
    return 1 if isinstance(module, nn.MaxPool1d | nn.AvgPool1d) else 2


def _each(value: object, count: int) -> tuple[int, ...]:
    numbers = tuple(value) if isinstance(value, tuple) else (value,)
    return tuple(int(number) for number in (numbers * count if len(numbers) == 1 else numbers))


def _length(part: slice) -> int:
    return len(range(*part.indices(part.stop)))
