"""Pasted PyTorch code read as a stack: through its syntax tree, nothing is ever run.

Read are imports of torch, nn.Sequential(...) of known layers with literal arguments, a torch.zeros(...) that gives the
input's shape, and the definitions that our own export writes. Everything else is refused by its line. The layers then
stand on an input that fits them: what each call says it takes must be what the layer before gives.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from visualizer.engine.stacks.code.code import block_definition
from visualizer.engine.stacks.code.modules import BLOCKS
from visualizer.engine.stacks.code.pasted_layers import KNOWN, PastedLayer, Refused, literal_of, read_layer
from visualizer.engine.stacks.layers.layer import Shape, shape_text
from visualizer.engine.stacks.stack import MAX_LAYERS, Stack

MAX_CHARACTERS = 20_000
COMMON_SIDES = (28, 32, 64, 96, 128, 224, 227, 256, 299, 384)
MAX_SIDE = 512
"""Sides of square inputs that are tried."""
_MODULES = ("torch", "torch.nn", "torch.nn.functional", "collections")
_INPUTS = ("zeros", "ones", "rand", "randn", "empty")
_READ = "only imports of torch, nn.Sequential(...) and an input such as torch.zeros(1, 3, 224, 224) are read"


@dataclass
class Pasted:
    """What a pasted text holds: its layers with their lines, and the input's shape where it says one.

    `notes` are about what was passed over, as it changes no count.
    """

    layers: list[PastedLayer] = field(default_factory=list)
    takes: Shape | None = None
    notes: list[str] = field(default_factory=list)


def pasted_stack(code: str, takes: Shape) -> tuple[Stack, list[str]]:
    """The stack in a pasted text, and notes on what was chosen or passed over.

    `takes` is the input that the layers are tried on first, unless the text says one; if its size does not fit, square
    ones up to 512 × 512 are tried.
    Raises: ValueError that names the line, what is wrong there and what is allowed.
    """
    found = read_code(code)
    layers = tuple(each.layer for each in found.layers)
    if found.takes:
        if words := _mismatch(found, found.takes):
            raise ValueError(f"{words}, for the input of {shape_text(found.takes)} that the text gives")
        return Stack(found.takes, layers), found.notes
    tried = list(_inputs(found, takes))
    faults = set()
    for shape in tried:
        words = _mismatch(found, shape)
        if not words:
            return Stack(shape, layers), [*found.notes, f"the input is taken to be {shape_text(shape)}"]
        faults.add(words)
    words = _mismatch(found, tried[0])
    asked, by_size, _ = words.rpartition(" inputs, but gets")
    depends = by_size and sum(each.startswith(asked) for each in faults) > 1
    other = f"; no square one up to {MAX_SIDE} × {MAX_SIDE} fits either" if depends else ""
    raise ValueError(f"{words}, for an input of {shape_text(tried[0])}{other}")


def _inputs(found: Pasted, takes: Shape) -> Iterator[Shape]:
    """Shapes to try: the one at hand, with as many channels as the first layer takes, then square ones."""
    first = next((each for each in found.layers if each.takes is not None), None)
    if first is not None and first.name in ("Linear", "BatchNorm1d") and not _flattens_before(found, first):
        yield (first.takes or 1,)
        return
    channels = first.takes if first is not None and first.takes and not _flattens_before(found, first) else takes[0]
    size = takes[1:] if len(takes) == 3 else (COMMON_SIDES[0], COMMON_SIDES[0])
    yield (channels, *size)
    for side in (*COMMON_SIDES, *range(1, MAX_SIDE + 1)):
        yield (channels, side, side)


def _flattens_before(found: Pasted, layer: PastedLayer) -> bool:
    return any(each.name == "Flatten" for each in found.layers[: found.layers.index(layer)])


def _mismatch(found: Pasted, shape: Shape) -> str:
    """What does not fit on an input of this shape; nothing where all does."""
    for each in found.layers:
        if each.takes is not None and each.takes != shape[0]:
            what = "inputs" if each.name == "Linear" else "channels"
            return f"line {each.line}: {each.name} takes {each.takes:,} {what}, but gets {shape[0]:,}"
        try:
            shape = each.layer.output_shape(shape)
        except ValueError as error:
            return f"line {each.line}: {each.name}: {error}"
    return ""


def read_code(code: str) -> Pasted:
    """Read pasted code.

    Raises: ValueError that names the line, what is wrong there and what is allowed.
    """
    if len(code) > MAX_CHARACTERS:
        raise ValueError(f"the text must have at most {MAX_CHARACTERS:,} characters, got {len(code):,}")
    if not code.strip():
        raise ValueError("there is nothing in the field: paste nn.Sequential(...) with its layers")
    found = Pasted()
    sequences = 0
    for statement in _parsed(code).body:
        sequences += _read_statement(statement, found)
    if sequences != 1:
        many = f"there are {sequences}" if sequences else "there is none"
        raise ValueError(f"the text must hold one nn.Sequential(...), {many}: {_READ}")
    if not found.layers:
        raise ValueError("nn.Sequential(...) holds no layer: write at least one in it, such as nn.Flatten()")
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


def _read_statement(statement: ast.stmt, found: Pasted) -> int:
    """Take a statement in; returns how many sequences it held."""
    if isinstance(statement, ast.Import):
        _check_modules(statement, [each.name for each in statement.names])
        return 0
    if isinstance(statement, ast.ImportFrom):
        _check_modules(statement, [statement.module or ""])
        return 0
    if isinstance(statement, ast.ClassDef) and statement.name in BLOCKS:
        if ast.dump(statement) != block_definition(statement.name):
            raise Refused(statement, f"class {statement.name} is not as the export here writes it, so it can't be read")
        return 0
    value = _value_of(statement)
    if isinstance(value, ast.Call):
        name = _dotted(value.func)
        if name[-1:] == ["Sequential"]:
            found.layers += _read_sequence(value, found.notes)
            return 1
        if name[:1] == ["torch"] and name[1:] and name[1] in _INPUTS:
            found.takes = _read_input(value)
            return 0
    raise Refused(statement, _READ)


def _value_of(statement: ast.stmt) -> ast.expr | None:
    """The right side of `name = …`, or an expression that stands alone."""
    if isinstance(statement, ast.Expr):
        return statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.value
    return None


def _check_modules(statement: ast.stmt, names: list[str]) -> None:
    for name in names:
        if name not in _MODULES:
            raise Refused(statement, f"import of {name[:40]}: {_READ}")


def _read_sequence(call: ast.Call, notes: list[str]) -> Iterator[PastedLayer]:
    """The layers of a Sequential, those of Sequentials within it too."""
    if call.keywords:
        raise Refused(call, "nn.Sequential takes layers, nothing by name")
    for argument in _members(call):
        if not isinstance(argument, ast.Call):
            raise Refused(argument, f"a layer must be a call such as nn.ReLU(): {_allowed()}")
        name = _dotted(argument.func)
        if name[-1:] == ["Sequential"]:
            yield from _read_sequence(argument, notes)
        elif len(name) == 0 or name[:-1] not in ([], ["nn"], ["torch", "nn"]) or name[-1] not in KNOWN:
            raise Refused(argument, f"there is no layer {'.'.join(name)[:40] or 'of that kind'} here: {_allowed()}")
        else:
            yield read_layer(name[-1], argument, notes)


def _members(call: ast.Call) -> list[ast.expr]:
    """The layers as they are written, or out of OrderedDict([("name", layer), ...])."""
    if (
        len(call.args) != 1
        or not isinstance(call.args[0], ast.Call)
        or _dotted(call.args[0].func)[-1:] != ["OrderedDict"]
    ):
        return call.args
    inner = call.args[0]
    pairs = inner.args[0] if len(inner.args) == 1 and not inner.keywords else None
    if not isinstance(pairs, ast.List | ast.Tuple):
        raise Refused(inner, 'OrderedDict must hold a list of pairs such as ("conv1", nn.Conv2d(1, 8, 5))')
    members = []
    for pair in pairs.elts:
        if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2:
            raise Refused(pair, 'OrderedDict must hold a list of pairs such as ("conv1", nn.Conv2d(1, 8, 5))')
        members.append(pair.elts[1])
    return members


def _read_input(call: ast.Call) -> Shape:
    values = [literal_of(each) for each in call.args]
    sizes = values[0] if len(values) == 1 and isinstance(values[0], tuple) else tuple(values)
    whole = tuple(each for each in sizes if type(each) is int and each >= 1)
    if call.keywords or len(whole) != len(sizes) or len(sizes) not in (2, 4):
        raise Refused(call, "the input must be a batch of maps or of flat rows, such as torch.zeros(1, 3, 224, 224)")
    return whole[1:]


def _dotted(node: ast.expr) -> list[str]:
    """["torch", "nn", "ReLU"] for torch.nn.ReLU; empty for anything but names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def _allowed() -> str:
    return f"layers are {', '.join(KNOWN)}"
