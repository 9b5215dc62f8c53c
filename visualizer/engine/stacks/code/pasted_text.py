"""Pasted PyTorch code, statement by statement: through its syntax tree, nothing is ever run.

Read are imports of torch, names set to numbers, nn.Sequential(...) of known layers, a class with nn.Module whose
forward is a chain, a torch.zeros(...) that gives the input's shape, and the definitions that our own export writes.
Everything else is refused by its line.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from visualizer.engine.stacks.code.code import block_definition
from visualizer.engine.stacks.code.literals import Literal, Names, Refused, dotted, literal_of
from visualizer.engine.stacks.code.modules import BLOCKS
from visualizer.engine.stacks.code.network_class import read_network
from visualizer.engine.stacks.code.pasted_layers import PastedLayer
from visualizer.engine.stacks.code.sequence import is_sequence, read_module
from visualizer.engine.stacks.layers.layer import Shape
from visualizer.engine.stacks.stack import MAX_LAYERS

MAX_CHARACTERS = 20_000
_PACKAGES = ("torch", "torchvision", "collections", "__future__")
_INPUTS = ("zeros", "ones", "rand", "randn", "empty")
_READ = (
    "only imports of torch, names set to numbers, nn.Sequential(...), a class with nn.Module and an input such as "
    "torch.zeros(1, 3, 224, 224) are read"
)


@dataclass
class Pasted:
    """What a pasted text holds: its layers with their lines, and the input's shape where it says one.

    `notes` are about what was chosen, or passed over as it changes no count.
    """

    layers: list[PastedLayer] = field(default_factory=list)
    takes: Shape | None = None
    notes: list[str] = field(default_factory=list)


@dataclass
class _Text:
    """What the statements have said so far; of the definitions the last, and the calls that make a class's network."""

    names: dict[str, Literal] = field(default_factory=dict)
    takes: Shape | None = None
    definition: ast.Call | ast.ClassDef | None = None
    definitions: int = 0
    names_then: Names = field(default_factory=dict)
    made: dict[str, ast.Call | None] = field(default_factory=dict)
    networks: set[str] = field(default_factory=set)

    def define(self, node: ast.Call | ast.ClassDef) -> None:
        self.definition, self.definitions, self.names_then = node, self.definitions + 1, dict(self.names)


def read_code(code: str) -> Pasted:
    """Read pasted code.

    Raises: ValueError that names the line, what is wrong there and what is allowed.
    """
    if len(code) > MAX_CHARACTERS:
        raise ValueError(f"the text must have at most {MAX_CHARACTERS:,} characters, got {len(code):,}")
    if not code.strip():
        raise ValueError(
            "there is nothing in the field: paste nn.Sequential(...) with its layers, or a class with them"
        )
    try:
        found = _read(_parsed(code))
    except RecursionError:
        raise ValueError("the text is nested too deeply to be read") from None
    if not found.layers:
        raise ValueError("the network holds no layer: write at least one in it, such as nn.Flatten()")
    if len(found.layers) > MAX_LAYERS:
        raise ValueError(f"layers must be at most {MAX_LAYERS}, got {len(found.layers)}")
    return found


def _parsed(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise ValueError(f"line {error.lineno or 1}: this is not Python as it can be read ({error.msg})") from None
    except (ValueError, RecursionError, MemoryError):
        raise ValueError("the text is not Python as it can be read") from None


def _read(module: ast.Module) -> Pasted:
    text = _Text()
    for statement in module.body:
        _read_statement(statement, text)
    last = text.definition
    if last is None:
        raise ValueError(f"the text must hold nn.Sequential(...) or a class with nn.Module, there is none: {_READ}")
    notes: list[str] = []
    if text.definitions > 1:
        notes.append(f"of {text.definitions} networks in the text the last is taken, from line {last.lineno} on")
    if isinstance(last, ast.ClassDef):
        layers = read_network(last, text.made.get(last.name), text.names, notes)
    else:
        layers = [*read_module(last, notes, text.names_then)]
    return Pasted(layers, text.takes, notes)


def _read_statement(statement: ast.stmt, text: _Text) -> None:
    if isinstance(statement, ast.Import):
        _check_packages(statement, [each.name for each in statement.names])
    elif isinstance(statement, ast.ImportFrom):
        _check_packages(statement, [statement.module or ""])
    elif isinstance(statement, ast.ClassDef):
        _read_class(statement, text)
    else:
        name, value = _named_value(statement)
        _read_value(name, value, statement, text)


def _check_packages(statement: ast.stmt, names: list[str]) -> None:
    for name in names:
        if name.partition(".")[0] not in _PACKAGES:
            raise Refused(statement, f"import of {name[:40]}: {_READ}")


def _read_class(statement: ast.ClassDef, text: _Text) -> None:
    if statement.name not in BLOCKS:
        text.define(statement)
        text.made[statement.name] = None
    elif ast.dump(statement) != block_definition(statement.name):
        raise Refused(statement, f"class {statement.name} is not as the export here writes it, so it can't be read")


def _named_value(statement: ast.stmt) -> tuple[str, ast.expr]:
    """The name and the right side of `name = …`; without a name an expression that stands alone."""
    if isinstance(statement, ast.Expr):
        return "", statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    raise Refused(statement, _READ)


def _read_value(name: str, value: ast.expr, statement: ast.stmt, text: _Text) -> None:
    """Take in a network, an input, a number; a text, a print or a call of the network says nothing here."""
    if isinstance(value, ast.Call):
        text.names.pop(name, None)
        called = dotted(value.func)
        if is_sequence(value):
            text.define(value)
            text.networks.add(name)
        elif called and called[-1] in text.made and len(called) == 1:
            text.made[called[0]] = value
            text.networks.add(name)
        elif called[:1] == ["torch"] and called[1:] and called[1] in _INPUTS:
            text.takes = _read_input(value, text.names)
        elif not ((called == ["print"] and not name) or (len(called) == 1 and called[0] in text.networks)):
            raise Refused(statement, _READ)
    elif name and not isinstance(value, ast.Attribute | ast.Subscript):
        text.names[name] = literal_of(value, text.names)
    elif not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        raise Refused(statement, _READ)


def _read_input(call: ast.Call, names: Names) -> Shape:
    values = [literal_of(each, names) for each in call.args]
    sizes = values[0] if len(values) == 1 and isinstance(values[0], tuple) else tuple(values)
    whole = tuple(each for each in sizes if type(each) is int and each >= 1)
    if call.keywords or len(whole) != len(sizes) or len(sizes) not in (2, 4):
        raise Refused(call, "the input must be a batch of maps or of flat rows, such as torch.zeros(1, 3, 224, 224)")
    return whole[1:]
