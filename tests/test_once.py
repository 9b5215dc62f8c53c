"""What is computed once for a thing is kept with it, and goes with it."""

from __future__ import annotations

import gc
import weakref

from visualizer.once import once


class Thing:
    """Something that things are computed of."""


def test_it_is_worked_out_for_the_first_who_asks() -> None:
    thing, made = Thing(), []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [once(thing, "count", make) for _ in range(3)] == [1, 1, 1]
    assert once(thing, "count", make, of="another") == 2
    assert once(thing, "other", make) == 3
    assert once(Thing(), "count", make) == 4


def test_the_last_few_are_kept() -> None:
    thing = Thing()
    for number in range(5):
        assert once(thing, "square", lambda number=number: number**2, of=number, most=3) == number**2
    assert once(thing, "square", lambda: -1, of=4, most=3) == 16
    assert once(thing, "square", lambda: -1, of=1, most=3) == -1


def test_it_goes_with_the_thing_even_where_it_refers_to_it() -> None:
    gone = weakref.ref(a_thing_that_keeps_itself())
    gc.collect()
    assert gone() is None


def a_thing_that_keeps_itself() -> Thing:
    thing = Thing()
    once(thing, "itself", lambda: [thing])
    return thing
