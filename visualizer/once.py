"""What is computed once for a thing, and is forgotten with it: an image's file, a walk packed for the browser."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


def once(owner: object, name: str, make: Callable[[], T], *, of: Hashable = None, most: int = 16) -> T:
    """What `make` gives for this owner, name and `of`: computed for the first who asks, and kept with the owner.

    Of a name the `most` that were computed last are kept. Visitors who share the owner, as an image of the app's
    own, share what was made of it; of a visitor's own nothing stays when it goes. Neither is ever changed.
    """
    names: dict[str, OrderedDict[Hashable, T]] = vars(owner).setdefault("_once", {})
    kept = names.setdefault(name, OrderedDict())
    if of not in kept:
        kept[of] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    return kept[of]
