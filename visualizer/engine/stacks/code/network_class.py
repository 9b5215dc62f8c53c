"""A pasted class of a network: the layers that its __init__ sets, in the order in which its forward calls them."""

from __future__ import annotations

import ast

from visualizer.engine.stacks.code.forward import Forward, Member
from visualizer.engine.stacks.code.literals import Literal, Names, Refused, dotted, literal_of
from visualizer.engine.stacks.code.pasted_layers import PastedLayer
from visualizer.engine.stacks.code.sequence import read_module

_BASES = (["nn", "Module"], ["torch", "nn", "Module"], ["Module"])
_INIT = (
    "__init__ is read as super().__init__() and settings such as self.conv1 = nn.Conv2d(1, 6, 5), with a layer, an "
    "nn.Sequential(...) of layers or a number"
)
_MAX_NAMED = 5


def read_network(node: ast.ClassDef, made: ast.Call | None, names: Names, notes: list[str]) -> list[PastedLayer]:
    """The layers of a class in the order of its forward.

    `made` is the call that makes one, for the arguments of __init__; `names` are those set to numbers outside.
    Raises: Refused with the line of what can't be read.
    """
    if [dotted(each) for each in node.bases] not in [[base] for base in _BASES] or node.keywords or node.decorator_list:
        raise Refused(node, f"class {node.name[:40]} must be written as class {node.name[:40]}(nn.Module)")
    methods = _methods(node)
    for needed in ("__init__", "forward"):
        if needed not in methods:
            raise Refused(
                node, f"class {node.name[:40]} has no {needed}: its __init__ sets layers, and its forward calls them"
            )
    own = _Init(_parameters(methods["__init__"], made, names), notes)
    for statement in methods["__init__"].body:
        own.read(statement)
    attributes = {name: value for name, value in own.names.items() if name.startswith("self.")}
    forward = Forward(own.members, tuple(methods), {**names, **attributes}, notes)
    layers = forward.read(methods["forward"])
    if unused := [f"self.{name[:40]} (line {each.line})" for name, each in own.members.items() if not each.calls]:
        more = f" and {len(unused) - _MAX_NAMED} more" if len(unused) > _MAX_NAMED else ""
        left_out = "they are left out" if len(unused) > 1 else "it is left out"
        notes.append(f"forward never calls {', '.join(unused[:_MAX_NAMED])}{more}, so {left_out}")
    return layers


def _methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    methods = {}
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef):
            if statement.decorator_list and statement.name in ("__init__", "forward"):
                raise Refused(statement, f"{statement.name} must stand without decorators")
            methods[statement.name] = statement
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            raise Refused(statement, "a class may hold __init__, forward and other methods, nothing else")
    return methods


def _parameters(init: ast.FunctionDef, made: ast.Call | None, outside: Names) -> dict[str, Literal]:
    """The names that __init__ starts with: those outside, its defaults, and what the call hands over."""
    given = init.args
    if given.vararg or given.kwarg or given.posonlyargs or not given.args or given.args[0].arg != "self":
        raise Refused(init, "__init__ must take self and arguments that are written out")
    places = [each.arg for each in given.args[1:]]
    known = {*places, *(each.arg for each in given.kwonlyargs)}
    values = {name: value for name, value in outside.items() if name not in known}
    defaults = [*zip(reversed(places), reversed(given.defaults), strict=False)]
    defaults += [(each.arg, node) for each, node in zip(given.kwonlyargs, given.kw_defaults, strict=True) if node]
    handed: list[tuple[str, ast.expr]] = []
    if made is not None:
        if len(made.args) > len(places) or any(each.arg not in known for each in made.keywords):
            raise Refused(made, f"__init__ takes {', '.join(sorted(known))[:80] or 'no arguments'}")
        handed = [*zip(places, made.args, strict=False), *((str(each.arg), each.value) for each in made.keywords)]
    return {**values, **{name: literal_of(node, outside) for name, node in dict([*defaults, *handed]).items()}}


class _Init:
    """The layers and numbers that __init__ sets, statement by statement."""

    def __init__(self, names: dict[str, Literal], notes: list[str]) -> None:
        self.names, self.notes = names, notes
        self.members: dict[str, Member] = {}

    def read(self, statement: ast.stmt) -> None:
        """Take a statement in. Raises: Refused where it sets no layer and no number."""
        if isinstance(statement, ast.Pass):
            return
        if isinstance(statement, ast.Expr):
            self._pass_over(statement)
            return
        target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
        name = dotted(target) if target else []
        is_own = len(name) == 2 and name[0] == "self"
        if not isinstance(statement, ast.Assign) or not (is_own or len(name) == 1):
            raise Refused(statement, f"this can't be read: {_INIT}")
        dotted_name = ".".join(name)
        if not isinstance(statement.value, ast.Call):
            self.names[dotted_name] = literal_of(statement.value, self.names)
            self.members.pop(name[-1] if is_own else "", None)
        elif is_own:
            layers = [*read_module(statement.value, self.notes, self.names)]
            self.members[name[1]] = Member(statement.lineno, layers)
            self.names.pop(dotted_name, None)
        else:
            raise Refused(statement, f"this can't be read: {_INIT}")

    def _pass_over(self, statement: ast.Expr) -> None:
        """A text, super().__init__(), or drawing weights anew, which changes no count."""
        value = statement.value
        if isinstance(value, ast.Constant):
            return
        if isinstance(value, ast.Call):
            maker = (
                value.func.value if isinstance(value.func, ast.Attribute) and value.func.attr == "__init__" else None
            )
            if isinstance(maker, ast.Call) and dotted(maker.func) == ["super"]:
                return
            if dotted(value.func)[-3:-1] == ["nn", "init"]:
                self.notes.append(f"line {statement.lineno}: nn.init changes no count, so it isn't kept")
                return
        raise Refused(statement, f"this can't be read: {_INIT}")
