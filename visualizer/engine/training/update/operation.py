"""Operations on tensors that stay where they are: prepared once, then repeated at no more than their own cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

Operation: TypeAlias = Callable[[], object]
"""Reads and writes tensors that were named when it was made, as `partial(torch.mm, a, b, out=c)` does."""


def run(operations: Iterable[Operation]) -> None:
    """Does one after the other."""
    for operation in operations:
        operation()
