"""The counts of a stack as the table in the browser takes them: every text is ready to be shown."""

from __future__ import annotations

from typing import Any

from visualizer.engine.stacks.counts import LayerCount, StackCounts
from visualizer.engine.stacks.fields import Field, SwitchField
from visualizer.engine.stacks.layers import KINDS
from visualizer.engine.stacks.layers.layer import BYTES, Layer, fields_of, shape_text
from visualizer.engine.stacks.receptive_field import field_text
from visualizer.lessons.counting_desk.changes import FLAT_FORMS, INPUT, INPUT_FORMS
from visualizer.lessons.counting_desk.text import bytes_text, settings_text

Row = dict[str, Any]
_AXES = {1: "numbers", 3: "channels × rows × columns"}


def table_rows(counts: StackCounts) -> Row:
    """The input, the layers with their counts, those beyond a fault without, and the totals."""
    layers: list[Row] = []
    for at, layer in enumerate(counts.stack.layers):
        counted = counts.layers[at] if at < len(counts.layers) else None
        layers.append(_layer(at, layer, counted, counts))
    return {
        "input": _input(counts),
        "layers": layers,
        "fault": counts.fault and {"at": counts.fault.at, "words": _sentence(counts.fault.words)},
        "kinds": [{"word": kind.word, "label": kind.label} for kind in KINDS],
        "totals": {
            "parameters": f"{counts.parameters:,}",
            "multiplyAdds": f"{counts.multiply_adds:,}",
            "memory": bytes_text(counts.memory),
            "partial": counts.fault is not None,
        },
    }


def _input(counts: StackCounts) -> Row:
    takes = counts.stack.takes
    forms = INPUT_FORMS if len(takes) == 3 else FLAT_FORMS
    memory = f"{' · '.join(f'{size:,}' for size in takes)} · {BYTES} = {counts.input_memory:,}"
    return {
        "at": INPUT,
        "label": "input",
        "settings": "one example",
        "shape": shape_text(takes),
        "memory": bytes_text(counts.input_memory),
        "fields": [_field(form.label, form, str(size)) for form, size in zip(forms, takes, strict=True)],
        "formulas": [_formula("Memory", f"numbers of the input · {BYTES} bytes", memory)],
    }


def _layer(at: int, layer: Layer, counted: LayerCount | None, counts: StackCounts) -> Row:
    fields = [_field(name, form, form.text(getattr(layer, name))) for name, form in fields_of(type(layer)).items()]
    row: Row = {"at": at, "label": layer.label, "settings": settings_text(layer), "fields": fields}
    if counted is None:
        return row
    row |= _counts(counted)
    row["parametersShare"] = _share(counted.parameters.value, counts.parameters)
    row["multiplyAddsShare"] = _share(counted.multiply_adds.value, counts.multiply_adds)
    row["formulas"] = [
        _formula("Output shape", _AXES[len(counted.gives)], counted.shape),
        _formula("Parameters", counted.parameters.symbols, counted.parameters.numbers),
        _formula("Multiply-adds", counted.multiply_adds.symbols, counted.multiply_adds.numbers),
        _formula("Memory, bytes", counted.memory.symbols, counted.memory.numbers),
        _formula("Receptive field", "field before + (kernel − 1) · jump before", counted.field),
    ]
    row["parts"] = [_part(part) for part in counted.parts]
    return row


def _counts(counted: LayerCount) -> Row:
    return {
        "shape": shape_text(counted.gives),
        "parameters": f"{counted.parameters.value:,}",
        "multiplyAdds": f"{counted.multiply_adds.value:,}",
        "memory": bytes_text(counted.memory.value),
        "reach": field_text(counted.reach),
    }


def _part(part: LayerCount) -> Row:
    """A part of a block: its name with its numbers, and where in the block it stands."""
    settings = settings_text(part.layer) if part.layer else ""
    name = f"{part.name}, {settings}" if settings else part.name
    return {"name": f"{part.place}: {name}" if part.place == "shortcut" else name} | _counts(part)


def _field(name: str, form: Field[Any], text: str) -> Row:
    return {
        "name": name,
        "label": form.label,
        "text": text,
        "switch": isinstance(form, SwitchField),
        "wanted": form.wanted,
    }


def _formula(name: str, symbols: str, numbers: str) -> Row:
    return {"name": name, "symbols": symbols, "numbers": numbers}


def _share(count: int, total: int) -> float:
    return count / total if total else 0.0


def _sentence(words: str) -> str:
    text = words.removeprefix("kernel: ").removeprefix("window: ")
    return f"{text[0].upper()}{text[1:]}."
