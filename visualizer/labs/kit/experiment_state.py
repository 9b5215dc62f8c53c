"""What a session keeps of one experiment: the run, what it showed last, and the results of its own data."""

from __future__ import annotations

import dataclasses
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from threading import Lock
from typing import Any

import numpy as np
from torch import Tensor

from visualizer.ui.run import Progress, Run, finished_run
from visualizer.ui.shipped import shipped

_FIRST = 0.03
"""Seconds of work before the first look."""
_REPAINTED = 0.7
"""Seconds at least between two figures of one run: each is built anew in the browser."""
_OWN_BYTES = 8 * 1024**2


class Bench:
    """The place of one experiment in one visitor's session.

    `shown` is what the page showed last (settings, result); `timed` says whether the page comes back by itself;
    `start` begins the run anew.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.run: Run[Any] | None = None
        self.start: Callable[[], Iterator[Progress[Any]]] = lambda: iter(())
        self.shown: tuple[Any, Any] | None = None
        self.timed = False
        self.kept = Results(_OWN_BYTES)
        self._results: Results = self.kept
        self._painted: tuple[Any, float] | None = None

    def open(self, settings: Hashable, start: Callable[[], Iterator[Progress[Any]]], results: Results) -> Run[Any]:
        """The run with these settings: the one under way, one from `results`, one that comes with the app, or a new one
        that begins at once."""
        if self.run is None or self.run.settings != settings:
            self.start, self._results, self._painted = start, results, None
            known = results.get((self.name, settings))
            if known is None and (known := shipped(self.name, settings)) is not None:
                results.keep((self.name, settings), known)
            self.run = Run(settings, start()) if known is None else finished_run(settings, known)
            self._work(self.run, _FIRST)
        return self.run

    def go_on(self, seconds: float) -> None:
        """Work on the run for about so long."""
        if self.run:
            self._work(self.run, seconds)

    def painted(self) -> Any:
        """The result to show: the newest, but not a new one at every look while the run goes on."""
        if self.run is None:
            return None
        now = time.monotonic()
        if self._painted is None or self.run.done or now - self._painted[1] >= _REPAINTED:
            self._painted = self.run.result, now
        return self._painted[0]

    def _work(self, run: Run[Any], seconds: float) -> None:
        was_finished = run.finished
        run.go_on(seconds)
        if run.finished and not was_finished and run.result is not None:
            self._results.keep((self.name, run.settings), run.result)


MAX_BYTES = 64 * 1024**2
_SMALL = 64


class Results:
    """Finished results by their settings. Any session may ask; nobody changes what it is handed."""

    def __init__(self, most_bytes: int = MAX_BYTES) -> None:
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
