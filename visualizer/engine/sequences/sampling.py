"""Text that a recurrent net writes, character by character."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel, run_model


def sample_text(
    model: SequenceModel, vocabulary: str, start: str, length: int, temperature: float, generator: torch.Generator
) -> str:
    """Text that goes on after `start`: each character is drawn from softmax(z / temperature) and read next.

    With a temperature of 0 the likeliest character is taken. Returns the `length` new characters.

    Raises: ValueError naming the argument, its value and the limit.
    """
    _check_sample(model, vocabulary, start, length, temperature)
    symbols = torch.eye(len(vocabulary), dtype=model.weight_ih.dtype)
    with torch.no_grad():
        states = run_model(model, symbols[[vocabulary.index(character) for character in start]])
        text = ""
        while len(text) < length:
            index = _drawn(states["z"][-1], temperature, generator)
            text += vocabulary[index]
            states = run_model(model, symbols[[index]], states["h"][-1], states["c"][-1] if "c" in states else None)
    return text


def _check_sample(model: SequenceModel, vocabulary: str, start: str, length: int, temperature: float) -> None:
    if model.inputs != len(vocabulary) or model.outputs != len(vocabulary):
        raise ValueError(f"vocabulary must have as many characters as the model has inputs, got {len(vocabulary)}")
    if not start:
        raise ValueError("start must have at least 1 character, got none")
    if unknown := [character for character in start if character not in vocabulary]:
        raise ValueError(f"start must hold characters of the vocabulary only, got {unknown[0]!r}")
    if length < 0:
        raise ValueError(f"length must be at least 0, got {length}")
    if not (temperature >= 0 and math.isfinite(temperature)):
        raise ValueError(f"temperature must be finite and at least 0, got {temperature}")


def _drawn(z: Tensor, temperature: float, generator: torch.Generator) -> int:
    if temperature == 0:
        return int(z.argmax())
    # Without the largest, as a small temperature would make it infinite.
    return int(torch.multinomial(torch.softmax((z - z.max()) / temperature, -1), 1, generator=generator))
