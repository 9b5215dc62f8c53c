"""nn.Sequential(...) in pasted code, and the layers in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from visualizer.engine.stacks.code.literals import Names, Refused, dotted
from visualizer.engine.stacks.code.pasted_layers import KNOWN, STAND_INS, PastedLayer, read_layer

_HOMES: tuple[list[str], ...] = ([], ["nn"], ["torch", "nn"])
_PAIRS = 'OrderedDict must hold a list of pairs such as ("conv1", nn.Conv2d(1, 8, 5))'


def is_sequence(node: ast.expr | None) -> bool:
    """Whether it is a call of nn.Sequential."""
    return isinstance(node, ast.Call) and dotted(node.func)[-1:] == ["Sequential"]


def read_module(node: ast.expr, notes: list[str], names: Names) -> Iterator[PastedLayer]:
    """The layer that an expression builds, or those of a Sequential and of Sequentials within it.

    Raises: Refused with the line, where it is neither or an argument can't be read.
    """
    if not isinstance(node, ast.Call):
        raise Refused(node, f"a layer must be a call such as nn.ReLU(): {_allowed()}")
    if is_sequence(node):
        if node.keywords:
            raise Refused(node, "nn.Sequential takes layers, nothing by name")
        for member in _members(node):
            yield from read_module(member, notes, names)
        return
    name = dotted(node.func)
    if not name or name[:-1] not in _HOMES or name[-1] not in {*KNOWN, *STAND_INS}:
        raise Refused(node, f"there is no layer {'.'.join(name)[:40] or 'of that kind'} here: {_allowed()}")
    yield read_layer(name[-1], node, notes, names)


def _members(call: ast.Call) -> list[ast.expr]:
    """The layers as they are written, or out of OrderedDict([("name", layer), ...])."""
    inner = call.args[0] if len(call.args) == 1 else None
    if not isinstance(inner, ast.Call) or dotted(inner.func)[-1:] != ["OrderedDict"]:
        return call.args
    pairs = inner.args[0] if len(inner.args) == 1 and not inner.keywords else None
    if not isinstance(pairs, ast.List | ast.Tuple):
        raise Refused(inner, _PAIRS)
    members = []
    for pair in pairs.elts:
        if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
            raise Refused(pair, _PAIRS)
        members.append(pair.elts[1])
    return members


def _allowed() -> str:
    return f"layers are {', '.join(KNOWN)}"
