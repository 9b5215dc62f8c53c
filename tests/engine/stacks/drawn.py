"""Random stacks of layers: most of them fit their input, some do not."""

from __future__ import annotations

from hypothesis import strategies as st

from visualizer.engine.stacks.layers.activations import (
    ELU,
    GELU,
    LeakyReLU,
    LogSoftmax,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Tanh,
)
from visualizer.engine.stacks.layers.blocks import BasicBlock, DepthwiseSeparable, InvertedResidual
from visualizer.engine.stacks.layers.layer import Layer, Shape
from visualizer.engine.stacks.layers.pointwise import BatchNorm, Dropout, Flatten, FullyConnected, LocalResponseNorm
from visualizer.engine.stacks.layers.windowed import (
    AdaptiveAveragePool,
    AveragePool,
    Convolution,
    LocallyConnected,
    MaxPool,
)
from visualizer.engine.stacks.stack import Stack


def pairs(least: int, most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(least, most), st.integers(least, most))


def paddings(stride: tuple[int, int], kernel: tuple[int, int]) -> st.SearchStrategy[tuple[int, int] | str]:
    """torch has "same" for stride 1 only, and warns where it can't be the same on both sides."""
    plain = pairs(0, 2)
    return plain | st.just("same") if stride == (1, 1) and kernel[0] % 2 == kernel[1] % 2 == 1 else plain


@st.composite
def convolutions(draw: st.DrawFn, channels: int) -> Layer:
    groups = draw(st.sampled_from([each for each in range(1, channels + 1) if channels % each == 0]))
    kernel, stride = draw(pairs(1, 5)), draw(pairs(1, 3))
    maps, dilation = groups * draw(st.integers(1, 3)), draw(pairs(1, 2))
    return Convolution(maps, kernel, stride, draw(paddings(stride, kernel)), dilation, groups, draw(st.booleans()))


@st.composite
def local_layers(draw: st.DrawFn) -> Layer:
    kernel, stride = draw(pairs(1, 4)), draw(pairs(1, 2))
    return LocallyConnected(
        draw(st.integers(1, 3)), kernel, stride, draw(paddings(stride, kernel)), draw(st.booleans())
    )


@st.composite
def poolings(draw: st.DrawFn) -> Layer:
    kernel, stride, ceil = draw(pairs(1, 4)), draw(pairs(1, 3)), draw(st.booleans())
    padding = draw(st.integers(0, kernel[0] // 2)), draw(st.integers(0, kernel[1] // 2))
    if draw(st.booleans()):
        return MaxPool(kernel, stride, padding, draw(pairs(1, 2)), ceil)
    return AveragePool(kernel, stride, padding, ceil)


def blocks(channels: int) -> st.SearchStrategy[Layer]:
    maps, stride, kernel = st.integers(1, 4) | st.just(channels), st.integers(1, 2), st.sampled_from([1, 3, 5])
    return st.one_of(
        st.builds(BasicBlock, maps, stride),
        st.builds(DepthwiseSeparable, maps, kernel, stride),
        st.builds(InvertedResidual, maps, kernel, stride, st.integers(1, 3)),
    )


ACTIVATIONS = (ReLU(), ReLU6(), LeakyReLU(0.2), ELU(), GELU(), SiLU(), Sigmoid(), Tanh(), Softmax(), LogSoftmax())
POINTWISE = st.sampled_from([*ACTIVATIONS, BatchNorm(), Dropout(0.25)])


def layers_for(shape: Shape) -> st.SearchStrategy[Layer]:
    """Layers that take this shape, if they fit it."""
    if len(shape) == 1:
        return POINTWISE | st.builds(FullyConnected, st.integers(1, 6), st.booleans()) | st.just(Flatten())
    return st.one_of(
        *(convolutions(shape[0]), local_layers(), poolings(), blocks(shape[0]), POINTWISE),
        *(
            st.builds(AdaptiveAveragePool, pairs(1, 5)),
            st.builds(LocalResponseNorm, st.integers(1, 5)),
            st.just(Flatten()),
        ),
    )


@st.composite
def stacks(draw: st.DrawFn, most_layers: int = 6) -> Stack:
    """A stack of which only the last layer may be one that does not fit."""
    shape: Shape = draw(
        st.tuples(st.integers(1, 4), st.integers(1, 20), st.integers(1, 20)) | st.tuples(st.integers(1, 9))
    )
    takes, layers = shape, []
    for _ in range(draw(st.integers(0, most_layers))):
        layers.append(draw(layers_for(shape)))
        try:
            shape = layers[-1].output_shape(shape)
        except ValueError:
            break
    return Stack(takes, tuple(layers))
