"""The registry of layers: a kind is one class, which says everything about it. What tells kinds apart asks them."""

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
from visualizer.engine.stacks.layers.layer import Layer
from visualizer.engine.stacks.layers.pointwise import BatchNorm, Dropout, Flatten, FullyConnected, LocalResponseNorm
from visualizer.engine.stacks.layers.windowed import (
    AdaptiveAveragePool,
    AveragePool,
    Convolution,
    LocallyConnected,
    MaxPool,
)

KINDS: tuple[type[Layer], ...] = (
    *(Convolution, LocallyConnected, FullyConnected),
    *(MaxPool, AveragePool, AdaptiveAveragePool, Flatten),
    *(ReLU, ReLU6, LeakyReLU, ELU, GELU, SiLU, Sigmoid, Tanh, Softmax, LogSoftmax),
    *(Dropout, BatchNorm, LocalResponseNorm),
    *(BasicBlock, DepthwiseSeparable, InvertedResidual),
)
