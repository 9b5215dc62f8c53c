"""Results that are kept, up to a size."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread

import numpy as np
import torch

from visualizer.labs.kit.results import Results, size_of

KILOBYTE = torch.zeros(1024, dtype=torch.uint8)


@dataclass(frozen=True, eq=False)
class Found:
    losses: torch.Tensor
    names: tuple[str, ...]


def test_a_result_is_handed_back_as_it_is() -> None:
    results, found = Results(), Found(KILOBYTE, ("a",))
    assert results.get(("lab", 1)) is None
    results.keep(("lab", 1), found)
    assert results.get(("lab", 1)) is found
    assert results.get(("lab", 2)) is None


def test_the_one_that_nobody_asked_for_goes_first() -> None:
    results = Results(most_bytes=2 * size_of(("a", KILOBYTE)) + 10)
    results.keep("a", KILOBYTE)
    results.keep("b", KILOBYTE)
    assert results.get("a") is not None
    results.keep("c", KILOBYTE)
    assert [results.get(key) is not None for key in "abc"] == [True, False, True]
    assert len(results) == 2


def test_one_beyond_all_bounds_is_not_kept_and_drives_nobody_out() -> None:
    results = Results(most_bytes=2000)
    results.keep("small", KILOBYTE)
    results.keep("large", torch.zeros(10_000))
    assert results.get("large") is None and results.get("small") is not None


def test_the_first_result_for_a_key_stays() -> None:
    results = Results()
    results.keep("a", "first")
    results.keep("a", "second")
    assert results.get("a") == "first" and len(results) == 1


def test_sizes_count_what_is_within() -> None:
    assert size_of(Found(KILOBYTE, ("ab", "c"))) >= 1024 + 3
    assert size_of({"a": np.zeros(100), "b": [KILOBYTE]}) >= 800 + 1024
    assert size_of(3) < 100


def test_many_sessions_at_once_leave_it_whole() -> None:
    results = Results(most_bytes=20 * 1100)

    def use(start: int) -> None:
        for number in range(200):
            results.keep(start + number % 50, KILOBYTE)
            results.get(start + number % 7)

    threads = [Thread(target=use, args=(start,)) for start in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < len(results) <= 20
