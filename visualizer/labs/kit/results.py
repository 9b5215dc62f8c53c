"""Results that are kept, so that the same settings give the same result at once: the latest, up to a size."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock
from typing import Any

import numpy as np
from torch import Tensor

MOST_BYTES = 64 * 1024**2
_SMALL = 64


class Results:
    """Finished results by their settings. Any session may ask; nobody changes what it is handed."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any | None:
        """The result, or None where it isn't kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep a result; the ones that nobody asked for the longest go. One beyond all bounds is not kept."""
        size = size_of((key, result))
        with self._lock:
            if size > self._most or key in self._kept:
                return
            self._kept[key] = result, size
            self._bytes += size
            while self._bytes > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed

    def __len__(self) -> int:
        return len(self._kept)


def size_of(value: object) -> int:
    """The bytes of the arrays in a result, and a little for everything else."""
    if isinstance(value, Tensor | np.ndarray):
        return _SMALL + int(value.nbytes)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _SMALL + sum(size_of(getattr(value, each.name)) for each in dataclasses.fields(value))
    if isinstance(value, Mapping):
        return _SMALL + sum(size_of(each) for each in value.values())
    if isinstance(value, list | tuple):
        return _SMALL + sum(size_of(each) for each in value)
    return _SMALL + (len(value) if isinstance(value, str | bytes) else 0)
