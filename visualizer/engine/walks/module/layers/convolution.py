"""Convolutions over one or two axes, and the transposed one."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn
from torch.nn import functional

from visualizer.engine.geometry import Axis, same_padding
from visualizer.engine.trace.operations import Dot, Expression, Ref
from visualizer.engine.trace.symbol import Index
from visualizer.engine.walks.module.tape import Place, Tape, joined, maybe, walks

_SUM = (
    "Each number that the kernel covers is multiplied by the weight in the same place, and the products are "
    "added{bias}. The same weights are used at every place."
)
_TRANSPOSED = (
    "A transposed convolution spreads each input over the places that its kernel covers; what meets at one place is "
    "added{bias}."
)
_BIAS = ", and the bias"
_TITLE = "What does filter {channel} give{spot}{on}?"


@dataclass(frozen=True)
class _Groups:
    """Which channels a filter sees, and which filters see a channel."""

    inputs: int
    outputs: int
    groups: int

    def of_output(self, output: int) -> slice:
        size = self.inputs // self.groups
        return _part(output // (self.outputs // self.groups), size, self.groups)

    def of_input(self, channel: int) -> int:
        return channel // (self.inputs // self.groups)


def _part(group: int, size: int, groups: int) -> slice:
    return slice(None) if groups == 1 else slice(group * size, (group + 1) * size)


@walks(nn.Conv1d, nn.Conv2d)
def convolution(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """Torch's convolution: the kernel is not flipped."""
    assert isinstance(module, nn.Conv1d | nn.Conv2d)
    name = path or type(module).__name__
    if module.padding_mode != "zeros":
        raise ValueError(f"layer {name}: padding_mode must be 'zeros', got {module.padding_mode!r}")
    weight, bias = _parameters(tape, module, path)
    numbers = tape.arrays[x]
    spatial = len(module.kernel_size)
    axes = _axes(module, tuple(numbers.shape[-spatial:]))
    groups = _Groups(module.in_channels, module.out_channels, module.groups)
    convolve = functional.conv1d if spatial == 1 else functional.conv2d
    values = convolve(
        numbers,
        tape.arrays[weight],
        None if bias is None else tape.arrays[bias],
        module.stride,
        module.padding,
        module.dilation,
        module.groups,
    )
    start = numbers.dim() - spatial - 1

    def expression_at(index: Place) -> Expression:
        output, offset = index[start], maybe(bias, index[start])
        seen = _overlaps([axis.window for axis in axes], index[start + 1 :])
        if seen is None:  # a window that lies in the padding alone
            return offset or 0.0
        inside, kernel = seen
        channels = groups.of_output(output)
        return Dot(Ref(x, (*index[:start], channels, *inside)), Ref(weight, (output, slice(None), *kernel)), offset)

    note = _SUM.format(bias=_BIAS if bias else "")
    out, example = joined(path, "out"), tape.examples[x]
    return tape.write(out, values, "a", expression_at, path=path, title=_TITLE, note=note, example=example)


@walks(nn.ConvTranspose2d)
def transposed(tape: Tape, module: nn.Module, path: str, x: str) -> str:
    """The convolution's way back, used forward: each output gathers from the inputs whose kernel reaches it."""
    assert isinstance(module, nn.ConvTranspose2d)
    weight, bias = _parameters(tape, module, path)
    numbers = tape.arrays[x]
    stride, padding, dilation, more = (
        _pair(each) for each in (module.stride, module.padding, module.dilation, module.output_padding)
    )
    groups = _Groups(module.in_channels, module.out_channels, module.groups)
    values = functional.conv_transpose2d(
        numbers,
        tape.arrays[weight],
        None if bias is None else tape.arrays[bias],
        stride,
        padding,
        more,
        module.groups,
        dilation,
    )
    names = ("rows", "columns")
    axes = [
        Axis(names[i], size, module.kernel_size[i], stride[i], dilation[i], padding[i], padding[i])  # type: ignore[arg-type]
        for i, size in enumerate(values.shape[-2:])
    ]
    start = numbers.dim() - 3
    filters = module.out_channels // module.groups

    def expression_at(index: Place) -> Expression:
        output, offset = index[start], maybe(bias, index[start])
        seen = _overlaps([axis.windows_of_place for axis in axes], index[start + 1 :])
        if seen is None:
            return offset or 0.0
        windows, kernel = seen
        channels = groups.of_output(output)
        return Dot(
            Ref(x, (*index[:start], channels, *windows)),
            Ref(weight, (channels, output % filters, *kernel)),
            offset,
        )

    note = _TRANSPOSED.format(bias=_BIAS if bias else "")
    out, example = joined(path, "out"), tape.examples[x]
    return tape.write(out, values, "a", expression_at, path=path, title=_TITLE, note=note, example=example)


def _parameters(tape: Tape, module: nn.Conv1d | nn.Conv2d | nn.ConvTranspose2d, path: str) -> tuple[str, str | None]:
    weight = tape.parameter(path, "weight", module.weight, "w")
    return weight, None if module.bias is None else tape.parameter(path, "bias", module.bias, "b")


def _axes(module: nn.Conv1d | nn.Conv2d, sizes: tuple[int, ...]) -> list[Axis]:
    """Where the windows lie, axis by axis."""
    sides: list[tuple[int, int]]
    if module.padding == "same":
        kernel, dilation = _pair(module.kernel_size), _pair(module.dilation)
        top, bottom, left, right = same_padding(kernel, _pair(module.stride), dilation)
        sides = [(top, bottom), (left, right)][-len(sizes) :]
    else:
        given = module.padding if isinstance(module.padding, tuple) else (0,) * len(sizes)
        sides = [(int(each), int(each)) for each in given]
    names = ("rows", "columns")[-len(sizes) :]
    return [
        Axis(names[i], size, module.kernel_size[i], module.stride[i], module.dilation[i], *sides[i])  # type: ignore[arg-type]
        for i, size in enumerate(sizes)
    ]


def _overlaps(
    of_axes: list[tuple[tuple[slice, slice] | None, ...]], index: Place
) -> tuple[tuple[Index, ...], tuple[Index, ...]] | None:
    """The two blocks that belong together at a place, number by number; None where there is not one."""
    pairs = [of_axis[i] for of_axis, i in zip(of_axes, index, strict=True)]
    found = [pair for pair in pairs if pair is not None]
    if len(found) < len(pairs):
        return None
    return tuple(pair[0] for pair in found), tuple(pair[1] for pair in found)


def _pair(value: int | str | tuple[int, ...]) -> tuple[int, int]:
    return (value[0], value[-1]) if isinstance(value, tuple) else (int(value), int(value))
