"""An experiment under way in one visitor's session: it goes on a little at each look, and stops where nobody looks."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Progress(Generic[R]):
    """How far an experiment is: the `share` that is done, 0 to 1, what goes on, and the result so far, if any."""

    share: float
    text: str
    result: R | None = None


@dataclass(eq=False)
class Run(Generic[R]):
    """An experiment with its settings. It is done when its generator has ended; its last report holds the result.

    A ValueError of the experiment ends it: `failure` says why.
    """

    settings: Hashable
    going: Iterator[Progress[R]]
    last: Progress[R] = field(default_factory=lambda: Progress(0.0, ""))
    result: R | None = None
    cancelled: bool = False
    finished: bool = False
    failure: str = ""
    seconds: float = 0.0
    """The time it has been worked on."""

    @property
    def done(self) -> bool:
        """Whether nothing more will come unless someone asks for it."""
        return self.finished or self.cancelled or bool(self.failure)

    def go_on(self, seconds: float) -> None:
        """Work for about so long; at least up to the next report."""
        begun = time.monotonic()
        while not self.done and (now := time.monotonic()) - begun < seconds:
            self._advance()
            self.seconds += time.monotonic() - now

    def _advance(self) -> None:
        try:
            self.last = next(self.going)
        except StopIteration:
            self.finished = True
        except ValueError as error:
            self.failure = str(error)
        else:
            if self.last.result is not None:
                self.result = self.last.result


def finished_run(settings: Hashable, result: R) -> Run[R]:
    """A run whose result is known already."""
    return Run(settings, iter(()), Progress(1.0, "", result), result, finished=True)
