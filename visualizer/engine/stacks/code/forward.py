"""A pasted `forward`, read as the chain of layers that its input goes through."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from visualizer.engine.stacks.code.functions import (
    FUNCTIONS,
    VIEWS,
    function_named,
    is_tensor_method,
    read_function,
    read_view,
)
from visualizer.engine.stacks.code.literals import Literal, Refused, dotted, literal_of
from visualizer.engine.stacks.code.pasted_layers import PastedLayer
from visualizer.engine.stacks.stack import MAX_LAYERS

_CHAIN = (
    "forward is read as one chain, of layers set in __init__ and of functions such as F.relu(x), F.max_pool2d(x, 2), "
    "torch.flatten(x, 1) or x.view(-1, 400)"
)
_RETURN = f"return must stand once, at the end, with what the last layer gives: {_CHAIN}"
_FUNCTIONS = f"functions are {', '.join(FUNCTIONS)}, {' and '.join(VIEWS)}"
_KINDS: tuple[tuple[tuple[type[ast.AST], ...], str], ...] = (
    ((ast.If, ast.IfExp, ast.Match), "a branch"),
    ((ast.For, ast.While, ast.AsyncFor, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp), "a loop"),
    ((ast.BinOp, ast.AugAssign), "a sum or product of tensors, such as a residual x + …,"),
    ((ast.Subscript,), "a part of a tensor or of a list of layers"),
    ((ast.Tuple, ast.List), "several values at once"),
    ((ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), "a function of its own"),
)


@dataclass
class Member:
    """What `__init__` sets as an attribute in a line: a layer, or those of a Sequential; and the lines that call it."""

    line: int
    layers: Sequence[PastedLayer]
    calls: list[int] = field(default_factory=list)


@dataclass
class Forward:
    """The state of the reading: the layers so far, and what each name stands for.

    `reached` holds for every tensor's name how many layers it has been through: the chain goes on from the last only.
    """

    members: dict[str, Member]
    methods: Sequence[str]
    names: dict[str, Literal]
    notes: list[str]
    layers: list[PastedLayer] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)
    batches: set[str] = field(default_factory=set)

    def read(self, function: ast.FunctionDef) -> list[PastedLayer]:
        """The layers in the order in which the input goes through them.

        Raises: Refused with the line of what is no chain.
        """
        given = _input(function)
        self.reached = {given: 0}
        self.names.pop(given, None)
        *before, last = function.body
        is_complete = isinstance(last, ast.Return) and last.value is not None
        for statement in before if is_complete else function.body:
            self._read_statement(statement)
        if not isinstance(last, ast.Return) or last.value is None:
            raise Refused(last, _RETURN)
        self._run_through(last.value)
        return self.layers

    def _read_statement(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return
        if isinstance(statement, ast.Return):
            raise Refused(statement, _RETURN)
        if isinstance(statement, ast.Expr):
            raise Refused(statement, f"what this gives isn't used: {_CHAIN}")
        target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
        if not isinstance(statement, ast.Assign) or not isinstance(target, ast.Name):
            raise Refused(statement, _refusal(target or statement))
        self._set(target.id, statement.value)

    def _set(self, name: str, value: ast.expr) -> None:
        """Take in `name = value`: a tensor, the size of the batch or a number."""
        is_batch = self._is_batch(value)
        position = number = None
        if not is_batch and self._has_tensor(value):
            position = self._run_through(value)
        elif not is_batch:
            number = literal_of(value, self.names)
        self.reached.pop(name, None)
        self.names.pop(name, None)
        self.batches.discard(name)
        if is_batch:
            self.batches.add(name)
        elif position is None:
            self.names[name] = number
        else:
            self.reached[name] = position

    def _has_tensor(self, value: ast.expr) -> bool:
        return any(
            isinstance(each, ast.Call) or (isinstance(each, ast.Name) and each.id in self.reached)
            for each in ast.walk(value)
        )

    def _run_through(self, node: ast.expr) -> int:
        """Add the layers of an expression; returns how many there are then."""
        if isinstance(node, ast.Name):
            if node.id not in self.reached:
                raise Refused(node, f"{node.id[:40]} is no tensor set above: {_CHAIN}")
            if self.reached[node.id] != len(self.layers):
                raise Refused(node, f"{node.id[:40]} is used here when the chain has gone on from it already: {_CHAIN}")
        elif isinstance(node, ast.Call):
            self._call(node)
        else:
            raise Refused(node, _refusal(node))
        return len(self.layers)

    def _call(self, call: ast.Call) -> None:
        name = dotted(call.func)
        if name[:1] == ["self"]:
            self._call_member(name[1:], call)
        elif isinstance(call.func, ast.Attribute) and (not name or name[0] in self.reached):
            if not is_tensor_method(call.func.attr):
                raise Refused(call, f"there is no method {call.func.attr[:40]} here: {_FUNCTIONS}")
            self._run_through(call.func.value)
            self._apply(call.func.attr, call, call.args)
        elif function := function_named(name):
            self._apply(function, call, self._after_input(call))
        else:
            raise Refused(call, f"there is no function {'.'.join(name)[:40] or 'of that kind'} here: {_FUNCTIONS}")

    def _after_input(self, call: ast.Call) -> list[ast.expr]:
        """Run through a function's input; returns its other arguments by position."""
        given = call.args or [each.value for each in call.keywords if each.arg == "input"]
        if not given:
            raise Refused(call, f"the function has no input: {_CHAIN}")
        self._run_through(given[0])
        return call.args[1:]

    def _apply(self, function: str, call: ast.Call, given: list[ast.expr]) -> None:
        if function in VIEWS:
            self._add([read_view(call, given, self._is_batch, self.names)], call)
        else:
            self._add([read_function(function, call, given, self.notes, self.names)], call)

    def _call_member(self, name: list[str], call: ast.Call) -> None:
        shown = ".".join(["self", *name])[:40]
        member = self.members.get(name[0]) if len(name) == 1 else None
        if member is None:
            is_method = bool(name) and name[0] in self.methods
            what = "is a method, and only forward is read" if is_method else "is no layer set in __init__"
            raise Refused(call, f"{shown} {what}: {_CHAIN}")
        if len(call.args) != 1 or call.keywords:
            raise Refused(call, f"{shown} must get one tensor: {_CHAIN}")
        self._run_through(call.args[0])
        if member.calls and any(each.has_weights for each in member.layers):
            raise Refused(
                call,
                f"{shown} is called a second time, after line {member.calls[0]}: a layer with weights may be called "
                "once, as weights that are shared can't be counted here",
            )
        member.calls.append(call.lineno)
        self._add([replace(each, called=call.lineno) for each in member.layers], call)

    def _add(self, layers: Sequence[PastedLayer], call: ast.Call) -> None:
        self.layers += layers
        if len(self.layers) > MAX_LAYERS:
            raise Refused(call, f"layers must be at most {MAX_LAYERS}")

    def _is_batch(self, node: ast.expr) -> bool:
        """Whether it is the size of the batch: x.size(0), x.shape[0], len(x), or a name set to one of them."""
        if isinstance(node, ast.Name):
            return node.id in self.batches
        named = [each.id for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in self.reached]
        if len(named) != 1:
            return False
        x = named[0]
        return ast.unparse(node) in (f"{x}.size(0)", f"{x}.shape[0]", f"{x}.size()[0]", f"len({x})")


def _input(function: ast.FunctionDef) -> str:
    """The name of the one tensor that comes in."""
    given = function.args
    others = given.kwonlyargs or given.vararg or given.kwarg or given.posonlyargs or given.defaults
    if len(given.args) != 2 or others or given.args[0].arg != "self":
        raise Refused(function, "forward must take self and one input, nothing else")
    return given.args[1].arg


def _refusal(node: ast.AST) -> str:
    words = next((words for kinds, words in _KINDS if isinstance(node, kinds)), "this")
    return f"{words} can't be read: {_CHAIN}"
