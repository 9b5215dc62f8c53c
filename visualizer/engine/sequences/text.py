"""The text that the character model learns from: the prose of Python's own reference, in 31 characters."""

from __future__ import annotations

import math
import re
from functools import cache

import torch
from torch import Tensor

from visualizer.engine.sequences.model import SequenceModel, run_model
from visualizer.engine.sequences.tasks import Task, characters

VOCABULARY = " abcdefghijklmnopqrstuvwxyz.,()"
LEARNED, TESTED = 72_000, 8_000
"""How many characters are learned from and tested with, at most."""

# Prose rather than tables and code, and topics that every Python since 3.11 has.
TOPICS = (
    "execmodel", "objects", "types", "naming", "import", "try", "class", "function", "customization", "assignment",
    "calls", "typesmapping",
)  # fmt: skip
TEST_TOPIC = "attribute-access"


def training_text() -> tuple[str, str]:
    """The text to learn from and the text to test with, which is another topic.

    The topics differ a little between versions of Python, and so does the text; its characters do not.

    Source: the standard library's `pydoc_data.topics`, © Python Software Foundation, PSF licence version 2. We keep
    paragraphs of prose, in lower case, and drop every character that is not in the vocabulary.
    """
    from pydoc_data.topics import topics  # half a megabyte, which only training needs

    learned = " ".join(clean_text(topics[name]) for name in TOPICS)
    return learned[:LEARNED], clean_text(topics[TEST_TOPIC])[:TESTED]


@cache
def character_tasks() -> tuple[Task, Task]:
    """The task of the next character, to learn from and to test with."""
    learning, testing = training_text()
    return characters(learning, VOCABULARY), characters(testing, VOCABULARY)


def clean_text(text: str) -> str:
    """The paragraphs of prose in a topic, on one line and in the vocabulary's characters."""
    paragraphs = (paragraph for paragraph in re.split(r"\n\s*\n", text) if _is_prose(paragraph))
    return " ".join(filter(None, map(fitting_text, paragraphs)))


def fitting_text(text: str) -> str:
    """A text in lower case with what is not in the vocabulary dropped, and one space where there were several."""
    small = re.sub(r"[\s\-—–/]+", " ", text.lower())
    return re.sub(r" +", " ", "".join(character for character in small if character in VOCABULARY)).strip()


def _is_prose(paragraph: str) -> bool:
    """Whether it is long enough, ends as a sentence, and is neither code nor grammar."""
    code = ("::=", ">>>", "==", "+--", "|")
    return len(paragraph) > 80 and paragraph.rstrip()[-1] in ".:" and not any(mark in paragraph for mark in code)


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
