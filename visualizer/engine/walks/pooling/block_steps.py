"""The steps between the convolution and the pooling of a block: ReLU, forward and backward, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.engine.trace.functions import ACTIVATIONS
from visualizer.engine.trace.trace import Apply, Product, Ref, Step
from visualizer.engine.walks.convolution.layer import Convolution
from visualizer.engine.walks.convolution.loss import places
from visualizer.engine.walks.convolution.notes import of_channel
from visualizer.engine.walks.pooling.layer import Pooling

_RELU = ACTIVATIONS["relu"]
_TITLE = "What does ReLU make of this number?"
_NOTE = "A positive number passes as it is, anything else becomes 0: the map shows where the kernel found something."
_GRAD_TITLE = "How much does the loss change with this number before ReLU?"
_GRAD_NOTE = (
    "The chain rule's next factor is the slope of ReLU: 1 where the cached number is positive, so that the gradient "
    "passes unchanged; 0 elsewhere, so that nothing does."
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
    """Three sentences: what finds, what keeps, where the walk goes."""
    kernels = "The kernel scores" if layer.filters == 1 else f"Each of the {layer.filters} kernels scores"
    kept = "the largest" if pooling.is_max else "the mean"
    walk = "We go forward, layer by layer"
    if backward:
        walk += ", then back by the chain rule: through the pooling, through ReLU, to the weights and the image"
    return (
        f"{kernels} every place of the image for how well it matches, and ReLU sets to 0 what is not positive. "
        f"Pooling keeps {kept} of each window, so that the exact place matters less. {walk}."
    )
