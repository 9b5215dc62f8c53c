"""The functions that may stand in a pasted forward, such as F.max_pool2d(x, 2), each read as the layer that does it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.engine.stacks.code.literals import Literal, Names, Refused, dotted, literal_of
from visualizer.engine.stacks.code.pasted_layers import PastedLayer, built_layer
from visualizer.engine.stacks.layers.pointwise import Flatten

VIEWS = ("view", "reshape")


@dataclass(frozen=True)
class Function:
    """The module that does the same, and the function's arguments after its input, in their order.

    `usual` are those whose default is another than the module's.
    """

    module: str
    arguments: tuple[str, ...] = ()
    usual: Mapping[str, Literal] = field(default_factory=dict)


_WINDOW = ("kernel_size", "stride", "padding")
FUNCTIONS: Mapping[str, Function] = {
    "relu": Function("ReLU", ("inplace",)),
    "relu6": Function("ReLU6", ("inplace",)),
    "leaky_relu": Function("LeakyReLU", ("negative_slope", "inplace")),
    "elu": Function("ELU", ("alpha", "inplace")),
    "gelu": Function("GELU", ("approximate",)),
    "silu": Function("SiLU", ("inplace",)),
    "sigmoid": Function("Sigmoid"),
    "tanh": Function("Tanh"),
    "softmax": Function("Softmax", ("dim",)),
    "log_softmax": Function("LogSoftmax", ("dim",)),
    "dropout": Function("Dropout", ("p", "training", "inplace")),
    "dropout2d": Function("Dropout2d", ("p", "training", "inplace")),
    "max_pool2d": Function("MaxPool2d", (*_WINDOW, "dilation", "ceil_mode", "return_indices")),
    "avg_pool2d": Function("AvgPool2d", (*_WINDOW, "ceil_mode", "count_include_pad", "divisor_override")),
    "adaptive_avg_pool2d": Function("AdaptiveAvgPool2d", ("output_size",)),
    "flatten": Function("Flatten", ("start_dim", "end_dim"), {"start_dim": 0}),
}
_HOMES: Mapping[tuple[str, ...], object] = {
    (): functional,
    ("F",): functional,
    ("functional",): functional,
    ("nn", "functional"): functional,
    ("torch", "nn", "functional"): functional,
    ("torch",): torch,
}
"""What stands before a function's name, and what holds it then."""
_VIEW = "a view must make rows of the batch, such as x.view(-1, 400) or x.view(x.size(0), -1)"


def function_named(name: Sequence[str]) -> str:
    """The function that a dotted name calls, "" for one that isn't read: "relu" for F.relu or torch.relu."""
    *home, last = name or ("",)
    known = last in FUNCTIONS or last == "reshape"
    return last if known and hasattr(_HOMES.get(tuple(home)), last) else ""


def is_tensor_method(name: str) -> bool:
    """Whether tensors have that function as a method, and it is read."""
    return name in VIEWS or (name in FUNCTIONS and hasattr(Tensor, name))


def read_function(name: str, call: ast.Call, given: Sequence[ast.expr], notes: list[str], names: Names) -> PastedLayer:
    """The layer that does what a function of that name does; `given` are its arguments after the input, by position.

    Raises: Refused with the line, where an argument is unknown, no literal, or out of its limits.
    """
    function = FUNCTIONS[name]
    takes = f"{name} takes {', '.join(function.arguments) or 'nothing'} after its input, each once"
    if len(given) > len(function.arguments):
        raise Refused(call, takes)
    nodes = dict(zip(function.arguments, given, strict=False))
    for keyword in call.keywords:
        if keyword.arg == "input":
            continue
        if keyword.arg not in function.arguments or keyword.arg in nodes:
            raise Refused(call, takes)
        nodes[keyword.arg] = keyword.value
    _check_training(nodes.pop("training", None))
    values = {each: literal_of(node, names) for each, node in nodes.items()}
    return built_layer(function.module, call, (), {**function.usual, **values}, notes)


def _check_training(node: ast.expr | None) -> None:
    if node is None or dotted(node) == ["self", "training"] or (isinstance(node, ast.Constant) and node.value is True):
        return
    raise Refused(node, "training must be self.training or True")


def read_view(
    call: ast.Call, sizes: Sequence[ast.expr], is_batch: Callable[[ast.expr], bool], names: Names
) -> PastedLayer:
    """The flattening that a view or reshape to (batch, numbers) is; one of the two may be left open with -1.

    Raises: Refused with the line, for every other shape.
    """
    if len(sizes) == 1 and isinstance(sizes[0], ast.Tuple | ast.List):
        sizes = sizes[0].elts
    if len(sizes) != 2 or call.keywords:
        raise Refused(call, _VIEW)
    of_batch = is_batch(sizes[0])
    if any(isinstance(each, ast.Call | ast.Subscript) for each in sizes[of_batch:]):
        raise Refused(call, _VIEW)
    numbers = literal_of(sizes[1], names)
    is_open = not of_batch and literal_of(sizes[0], names) == -1
    if type(numbers) is not int or not (of_batch or is_open) or not (numbers > 0 or (of_batch and numbers == -1)):
        raise Refused(call, _VIEW)
    return PastedLayer(Flatten(), call.lineno, "view", None, gives=numbers if numbers > 0 else None)
