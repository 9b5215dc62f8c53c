"""What a scene is made of: marks with coordinates, each bound to numbers of a trace.

Coordinates are in units of the scene's own width and height; the player scales them. A Ref is given as text
("h1[0,2]"); where the scene shows one of several examples, "@" stands for the one that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["value", "sum", "gradient", "update"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rounded rectangle, lit when one of the numbers `refs` is read or written; `plain` ones show only then."""

    x: float
    y: float
    width: float
    height: float
    refs: tuple[str, ...] = ()
    radius: float = 8
    plain: bool = False
    kind: Literal["box"] = "box"


@dataclass(frozen=True)
class Wire:
    """A connection; its thickness and colour show the number `refs[0]`, and it is lit with any of `refs`."""

    x1: float
    y1: float
    x2: float
    y2: float
    refs: tuple[str, ...]
    kind: Literal["wire"] = "wire"


@dataclass(frozen=True)
class Number:
    """A number at a place, with `significant` digits; blank until it is known. `shrink`: the width it may take."""

    x: float
    y: float
    ref: str
    size: float
    role: Role = "value"
    anchor: Anchor = "middle"
    shrink: float = 0
    significant: int = 4
    kind: Literal["number"] = "number"


@dataclass(frozen=True)
class Label:
    """A fixed text, or (where `ref` is set) the symbol of a number, with `text` before it."""

    x: float
    y: float
    size: float
    text: str = ""
    ref: str = ""
    anchor: Anchor = "middle"
    kind: Literal["label"] = "label"


Mark = Box | Wire | Number | Label


@dataclass(frozen=True)
class Scene:
    """Marks on a surface of `width` × `height`; `frames` examples of which one is shown at a time."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    frames: int = 1
    description: str = ""
