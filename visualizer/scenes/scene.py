"""What a scene is made of: marks with coordinates, each bound to numbers of a trace.

Coordinates are in units of the scene's own width and height; the player scales them. A Ref is given as text
("h1[0,2]"); where the scene shows one of several frames, "@" stands for the one that is shown and "@-1" for the one
before, and "c[@-1,0]|c0[0]" for the first of both that the trace has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = Literal[
    "value", "sum", "inner", "squashed", "score", "target", "update", "power", "largest", "total", "log-sum-exp"
]
Role = Value | Literal["gradient", "inner-gradient", "plain-gradient", "above"]
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
    chapters: tuple[str, ...] = ()
    pane: str = ""
    frame: int | None = None
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
    kind: Literal["wire"] = "wire"


@dataclass(frozen=True)
class Number:
    """A number at a place, with `significant` digits; blank until it is known. `shrink`: the width it may take.

    With `decimals` it has at most so many of them, whatever its size.
    """

    x: float
    y: float
    ref: str
    size: float
    role: Role = "value"
    anchor: Anchor = "middle"
    shrink: float = 0
    significant: int = 4
    decimals: int | None = None
    chapters: tuple[str, ...] = ()
    pane: str = ""
    frame: int | None = None
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
    kind: Literal["factor"] = "factor"


@dataclass(frozen=True)
class Bar:
    """A bar that is as long as its number is large, at most 1, in the colour of its sign; blank until it is known."""

    x: float
    y: float
    width: float
    height: float
    ref: str
    pane: str = ""
    frame: int | None = None
    kind: Literal["bar"] = "bar"


@dataclass(frozen=True)
class Line:
    """A thin connection along `path` (SVG's notation), lit when one of the numbers `refs` is read or written."""

    path: str
    refs: tuple[str, ...] = ()
    pane: str = ""
    frame: int | None = None
    kind: Literal["line"] = "line"


@dataclass(frozen=True)
class Lane:
    """A state's way from one time step to the next, along `path`: as thick as its share `gate` (0 to 1), once known.

    A step that takes the state `before` across lights it. One that leads `back` is an arrow that shows for the step
    alone that takes the gradient of `before` back.
    """

    path: str
    thickness: float
    before: str
    gate: str = ""
    back: bool = False
    pane: str = ""
    frame: int | None = None
    kind: Literal["lane"] = "lane"


@dataclass(frozen=True)
class Column:
    """One frame's part of a figure that shows all of them: its ground, lit while the frame is the one at hand.

    A click on its heading shows the frame alone, in the scene's pane `opens`.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    at: int
    opens: str
    pane: str = ""
    frame: int | None = None
    kind: Literal["column"] = "column"


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
    "@" in `at` is the frame that is shown; `first` is the array's row that it begins with. `winners` names the pooled
    array: what won its windows is marked. `span`: the values at the two ends of the colours, but for signed ones, which
    end at the largest size.
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
    first: int = 0
    pane: str = ""
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Products:
    """The products that a step adds up, laid out as the block that they come from; room of `width` × `height`."""

    x: float
    y: float
    width: float
    height: float
    pane: str = ""
    frame: int | None = None
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
    kind: Literal["label"] = "label"


@dataclass(frozen=True)
class Loop:
    """A line along `path` with a text at x, y: how a cell feeds itself, shown while the scene is folded."""

    path: str
    x: float
    y: float
    text: str
    pane: str = ""
    frame: int | None = None
    kind: Literal["loop"] = "loop"


Mark = Box | Wire | Bar | Line | Lane | Column | Number | Factor | Label | Grid | Products | Loop


@dataclass(frozen=True)
class Scene:
    """Marks on a surface of `width` × `height`.

    It may show one of several `frames` at a time (examples, filters, channels: `frame_name` says which); `frame_axes`
    names the axis that counts them, by array. A step brings its own frame into view.

    A mark may stand in one of several `panes` only (`pane_names` for people; `pane_of`, by chapter, is where a step
    looks, else the first), or in one `frame` only. A pane may have a size of its own (`pane_sizes`); `least_scale` is
    how many pixels a unit takes at least, and what does not fit then is scrolled. A scene of time folds into one pane
    (`folds_to`), where its loops show. With `short_sums` the formula cuts long sums short: the figure has them.
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
    pane_sizes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    least_scale: float = 0
    folds_to: str = ""
    short_sums: bool = False
