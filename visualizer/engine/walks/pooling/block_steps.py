"""The steps between the convolution and the pooling of a block: ReLU, forward and backward, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.activations import ACTIVATIONS
from visualizer.engine.trace.trace import Apply, Product, Ref, Step
from visualizer.engine.walks.convolution.layer import Convolution
from visualizer.engine.walks.convolution.loss import places
from visualizer.engine.walks.convolution.notes import of_channel
from visualizer.engine.walks.pooling.layer import Pooling

_RELU = ACTIVATIONS["relu"]
_TITLE = "What does ReLU make of this value?"
_NOTE = "A positive value passes unchanged, any other becomes 0: the feature map shows where the kernel matches."
_GRAD_TITLE = "How much does the loss change with this value before ReLU?"
_GRAD_NOTE = (
    "The next factor in the chain rule is the derivative of ReLU: 1 where the cached value is positive, so the "
    "gradient passes unchanged; 0 elsewhere, so no gradient passes."
)
_ONE_KERNEL = (
    "The kernel scores how well each window of the image matches it, and ReLU sets all but positive scores to 0."
)
_KERNELS = (
    "Each of the {filters} kernels scores how well each window of the image matches it, and ReLU sets all but positive "
    "scores to 0."
)
_LARGEST = "Pooling keeps the largest value of each window, so the exact position matters less."
_MEAN = "Pooling keeps the mean of each window, so the exact position matters less."
_FORWARD = "We go forward, layer by layer."
_BACKWARD = (
    "We go forward, layer by layer, then back by the chain rule: through the pooling, through ReLU, to the weights and "
    "the image."
)


def relu_steps(layer: Convolution) -> Iterator[Step]:
    """h from y."""
    for at in places(layer.output_shape):
        name = of_channel("ReLU", layer.filters, at[0])
        relu = Apply(_RELU.function, (Ref("y", at),))
        yield Step(Ref("h", at), relu, "forward", _TITLE, _NOTE, name, f"row {at[1] + 1}")


def relu_gradient_steps(layer: Convolution) -> Iterator[Step]:
    """grad_y from grad_h and the cached y."""
    for at in places(layer.output_shape):
        name = of_channel("output", layer.filters, at[0])
        passed = Product((Ref("grad_h", at), Apply(_RELU.derivative, (Ref("y", at),))))
        yield Step(Ref("grad_y", at), passed, "backward", _GRAD_TITLE, _GRAD_NOTE, name, f"row {at[1] + 1}")


def block_title(layer: Convolution, pooling: Pooling) -> str:
    (rows, columns), (high, wide) = layer.grid.kernel, pooling.grid.kernel
    return f"Convolution {rows}×{columns}, ReLU, {pooling.kind} pooling {high}×{wide}"


def block_summary(layer: Convolution, pooling: Pooling, backward: bool) -> str:
    """What the kernels score, what pooling keeps, where the walk goes."""
    kernels = _ONE_KERNEL if layer.filters == 1 else _KERNELS.format(filters=layer.filters)
    kept = _LARGEST if pooling.is_max else _MEAN
    return f"{kernels} {kept} {_BACKWARD if backward else _FORWARD}"
