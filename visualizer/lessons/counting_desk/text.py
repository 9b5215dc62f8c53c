"""Numbers and layers as the lesson writes them."""

from __future__ import annotations

from visualizer.engine.stacks.fields import SwitchField
from visualizer.engine.stacks.layers.layer import Layer, fields_of


def rounded(count: int) -> str:
    """A count as people say it: 7,850, 61.6 million, 16 billion."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            value = count / size
            decimals = 0 if value >= 100 or count % size == 0 else 1 if value >= 10 else 2
            return f"{value:.{decimals}f} {name}"
    return f"{count:,}"


def short_count(count: float) -> str:
    """A count in a few characters: 208, 34.9K, 61.6M."""
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "K")):
        if count >= 0.9995 * size:
            return f"{count / size:.3g}{letter}"
    return f"{count:.0f}"


def bytes_text(count: int) -> str:
    """A size of memory: 40 B, 25.1 kB, 115 MB; a kB is 1,000 bytes."""
    for size, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= size:
            return f"{count / size:.3g} {name}"
    return f"{count} B"


def settings_text(layer: Layer) -> str:
    """A layer's numbers in words, without what changes nothing: 8 maps, 5×5, padding 2."""
    forms = fields_of(type(layer))
    parts = []
    for name, form in forms.items():
        value = getattr(layer, name)
        text = form.text(value).replace("x", "×")
        if form.label in ("maps", "units", "channels"):
            parts.append(f"{value:,} {form.label}" if value != 1 else f"1 {form.label[:-1]}")
        elif name in ("kernel", "size") and form.label in ("kernel", "window", "output size"):
            parts.append(text if "×" in text else f"{text}×{text}")
        elif isinstance(form, SwitchField):
            parts += ["no bias"] if name == "bias" and not value else [form.label] if name == "ceil" and value else []
        elif text not in _NOTHING.get(name, ()):
            parts.append(f"{form.label} {text}")
    return ", ".join(parts)


_NOTHING = {"stride": ("1",), "padding": ("0",), "dilation": ("1",), "groups": ("1",)}


def short_name(layer: Layer) -> str:
    """A layer's name in an image: conv 5×5."""
    word = layer.short or layer.word
    kernel = getattr(layer, "kernel", None)
    if kernel is None:
        return word
    rows, columns = (kernel, kernel) if isinstance(kernel, int) else kernel
    return f"{word} {rows}×{columns}"
