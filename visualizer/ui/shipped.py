"""Results that come with the app, so that a page opens with them: the runs of its default settings, made once.

`tools/make_results.py` makes the files (`make results`), and a test holds each against a fresh run. A file is found by
its experiment's name and its settings; one whose dataclasses have other fields by now is as good as none, and the page
runs. Files are compressed NumPy archives without pickled objects: the arrays by their place in the result, and
"structure", a JSON text with everything else.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Hashable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from visualizer import FOLDER as APP

FOLDER = APP / "results"
_STRUCTURE, _OWN = "structure", "visualizer."


def shipped(name: str, settings: Hashable) -> Any | None:
    """The result of an experiment with these settings as it comes with the app; None where none does."""
    path = _path(name, settings)
    if not path.exists():
        return None
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            return _value(json.loads(str(file[_STRUCTURE]))["result"], lambda at: torch.from_numpy(file[at]))
    except (OSError, EOFError, KeyError, TypeError, ValueError, AttributeError, ImportError, zipfile.BadZipFile):
        return None


def ship(name: str, settings: Hashable, result: object) -> Path:
    """Write a result of tensors, dataclasses of the app, tuples, lists, dicts, texts and numbers.

    Raises: TypeError for anything else.
    """
    arrays: dict[str, np.ndarray] = {}
    structure = {"settings": settings_text(settings), "result": _written(result, name, arrays)}
    path = _path(name, settings)
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays, **{_STRUCTURE: np.array(json.dumps(structure))})
    return path


def settings_text(settings: object) -> str:
    """Everything in settings that makes two of them differ, as a text."""
    if dataclasses.is_dataclass(settings) and not isinstance(settings, type):
        compared = [field.name for field in dataclasses.fields(settings) if field.compare]
        parts = (f"{each}={settings_text(getattr(settings, each))}" for each in compared)
        return f"{type(settings).__name__}({', '.join(parts)})"
    if isinstance(settings, tuple):
        return f"({', '.join(map(settings_text, settings))})"
    return repr(settings)


def _path(name: str, settings: Hashable) -> Path:
    return FOLDER / f"{name}-{sha256(settings_text(settings).encode()).hexdigest()[:12]}.npz"


def _written(value: object, at: str, arrays: dict[str, np.ndarray]) -> Any:
    """A value as JSON has it; a tensor goes into `arrays` under its place `at`. What is no plain value is tagged."""
    if isinstance(value, Tensor):
        arrays[at] = value.detach().numpy()
        return {"array": at}
    if isinstance(value, torch.dtype):
        return {"dtype": str(value).removeprefix("torch.")}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        fields = {name: _written(getattr(value, name), f"{at}.{name}", arrays) for name in names}
        return {"class": f"{type(value).__module__}:{type(value).__qualname__}", "fields": fields}
    if isinstance(value, dict):
        items = ((key, each, f"{at}.{key}") for key, each in value.items())
        return {"dict": [[_written(key, place, arrays), _written(each, place, arrays)] for key, each, place in items]}
    if isinstance(value, list | tuple):
        parts = [_written(each, f"{at}.{place}", arrays) for place, each in enumerate(value)]
        return {"tuple": parts} if isinstance(value, tuple) else parts
    if isinstance(value, str | int | float | None):
        return value
    raise TypeError(f"{at} must be of plain values, tensors and dataclasses, got {type(value).__name__}")


def _value(written: Any, array: Callable[[str], Tensor]) -> Any:
    """What `_written` wrote."""
    if isinstance(written, list):
        return [_value(each, array) for each in written]
    if not isinstance(written, dict):
        return written
    if "array" in written:
        return array(written["array"])
    if "dtype" in written:
        return getattr(torch, written["dtype"])
    if "tuple" in written:
        return tuple(_value(each, array) for each in written["tuple"])
    if "dict" in written:
        return {_value(key, array): _value(each, array) for key, each in written["dict"]}
    return _class(written["class"])(**{name: _value(each, array) for name, each in written["fields"].items()})


def _class(name: str) -> Any:
    """A dataclass of the app, by its module and name."""
    module, _, qualified = name.partition(":")
    found = getattr(import_module(module), qualified) if module.startswith(_OWN) else None
    if not dataclasses.is_dataclass(found):
        raise ValueError(f"a result must be of the app's own dataclasses, got {name}")
    return found
