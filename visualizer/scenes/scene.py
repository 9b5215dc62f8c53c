"""What a scene is made of: marks with coordinates, each bound to numbers of a trace.

Coordinates are in units of the scene's own width and height; the player scales them. A Ref is given as text
("h1[0,2]"); where the scene shows one of several frames, "@" stands for the one that is shown and "@-1" for the one
before, and "c[@-1,0]|c0[0]" for the first of both that the trace has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["value", "sum", "inner", "gradient", "inner-gradient", "update"]
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
    pane: str = ""
    frame: int | None = None
    folds: bool = False
    kind: Literal["box"] = "box"


@dataclass(frozen=True)
class Wire:
    """A connection; its thickness and colour show the number `refs[0]`, and it is lit with any of `refs`."""

    x1: float
    y1: float
    x2: float
    y2: float
    refs: tuple[str, ...]
    pane: str = ""
    frame: int | None = None
    folds: bool = False
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
    pane: str = ""
    frame: int | None = None
    folds: bool = False
    kind: Literal["number"] = "number"


@dataclass(frozen=True)
class Factor:
    """What the step multiplies the number `ref` with in a sum, beside that number; blank in all other steps."""

    x: float
    y: float
    ref: str
    size: float
    shrink: float
    pane: str = ""
    frame: int | None = None
    folds: bool = False
    kind: Literal["factor"] = "factor"


@dataclass(frozen=True)
class Lane:
    """A state's way from one time step to the next: as thick as its share `gate`, from 0 to 1, once that is known.

    A step that takes the state `before` across lights it, and one that takes its gradient back turns it into an arrow.
    """

    x1: float
    x2: float
    y: float
    thickness: float
    before: str
    gate: str = ""
    pane: str = ""
    frame: int | None = None
    folds: bool = False
    kind: Literal["lane"] = "lane"


Sides = tuple[int, int, int, int]
Span = tuple[float, float]
Tint = Literal["", "red", "green", "blue", "grey", "signed"]


@dataclass(frozen=True)
class Window:
    """How the windows of a layer lie on a grid: where the one that makes a number of `target` begins, and its reach."""

    target: str
    kernel: tuple[int, int]
    stride: tuple[int, int]
    dilation: tuple[int, int]
    padding: tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """Rows and columns of numbers, coloured by value: the last two axes of `array` at the fixed index `at`.

    `cell` is a cell's width, and its height unless `height` says other; `transposed` has columns run down the array's
    rows, `gap` apart; an array of one axis stands as a column. Numbers stand in cells with room for them. `padding` is
    drawn around it (top, bottom, left, right, in cells). `unseen` rows and columns are those that no window covers. A
    "@" in `at` is the frame that is shown. `winners` names the pooled array: what won its windows is marked.
    `span`: the values at the two ends of the colours, but for signed ones, which end at the largest size.
    """

    x: float
    y: float
    cell: float
    array: str
    at: tuple[int | str, ...]
    rows: int
    columns: int
    tint: Tint = "signed"
    span: Span = (0.0, 1.0)
    padding: Sides = (0, 0, 0, 0)
    window: Window | None = None
    unseen: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    winners: str = ""
    chapters: tuple[str, ...] = ()
    height: float = 0
    transposed: bool = False
    gap: float = 0
    pane: str = ""
    folds: bool = False
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Products:
    """The products that a step adds up, laid out as the block that they come from; room of `width` × `height`."""

    x: float
    y: float
    width: float
    height: float
    kind: Literal["products"] = "products"


@dataclass(frozen=True)
class Label:
    """A fixed text, or (where `ref` is set) the symbol of a number, with `text` before it.

    A mark with `chapters` shows in those alone.
    """

    x: float
    y: float
    size: float
    text: str = ""
    ref: str = ""
    anchor: Anchor = "middle"
    chapters: tuple[str, ...] = ()
    pane: str = ""
    frame: int | None = None
    folds: bool = False
    kind: Literal["label"] = "label"


@dataclass(frozen=True)
class Loop:
    """A line from x1 over `top` back to x2, with a text: how a cell feeds itself, shown while the scene is folded."""

    x1: float
    x2: float
    y: float
    top: float
    text: str
    kind: Literal["loop"] = "loop"


Mark = Box | Wire | Lane | Number | Factor | Label | Grid | Products | Loop


@dataclass(frozen=True)
class Scene:
    """Marks on a surface of `width` × `height`.

    It may show one of several `frames` at a time (examples, filters, channels: `frame_name` says which); `frame_axes`
    names the axis that counts them, by array. A step brings its own frame into view.

    A mark may stand in one of several `panes` only (`pane_names` for people; `pane_of`, by chapter, is where a step
    looks, else the first), or in one `frame` only. Marks that fold (`folds`) make room for a scene's loops on demand.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    frames: int = 1
    frame_name: str = ""
    frame_axes: Mapping[str, int] = field(default_factory=dict)
    description: str = ""
    panes: tuple[str, ...] = ()
    pane_names: tuple[str, ...] = ()
    pane_of: Mapping[str, str] = field(default_factory=dict)
    folds: bool = False
