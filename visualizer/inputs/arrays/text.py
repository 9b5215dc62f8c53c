"""The notations in which people write an array, taken apart into cells: nothing of them is ever run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from visualizer.inputs.numbers import stripped
from visualizer.text.plain import shown

Cells = list["Cells"] | str
"""A cell as it is written, or a list of cells, of rows, of matrices."""
Rows = list[list[str]]
MAX_DIMENSIONS = 4


class ArrayError(ValueError):
    """Why a text is no array that can be used, in words for the person who brought it."""


@dataclass(frozen=True)
class Layout:
    """One way to take a text apart; `marks` are the decimal marks that its cells may be written with."""

    cells: Cells
    marks: str = ".,"


# Not the no-break and thin spaces, which may stand between thousands.
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_EXAMPLES = "Write a row of the matrix in each line, or [[1, 2], [3, 4]]."
_LEFT_OUT = "Numbers are left out where it says “…”. Print the whole array: np.set_printoptions(threshold=sys.maxsize)."
_ASSIGNED = re.compile(r"^\s*[A-Za-z_][\w.]*\s*:?=(?!=)")
_CALLED = re.compile(r"^\s*[A-Za-z_][\w.]*\s*\(")
# What may follow the brackets of an array that a program printed: dtype=float32), grad_fn=<AddBackward0>); a full stop.
_AFTER = re.compile(r"""(\s*,\s*(\w+\s*=\s*)?[\w.<>'":()]+)*[\s)\]]*[;.,]?\s*""")
_OPEN, _CLOSE = "[({", "])}"
_LATEX = re.compile(r"\\begin\b|\\\\|&|\\[dt]?frac\b|\\left\b")
_LATEX_MODE = re.compile(r"\$+|(?<!\\)\\[][()]")
_LATEX_WRAPPING = re.compile(
    r"\\begin\s*\{array\}\s*\{[^{}]*\}|\\(begin|end)\s*\{[A-Za-z]+\*?\}|\\(left|right|[bB]igg?[lr]?)\s*(\\[{}|]|[][().|])"
    r"|\\(hline|displaystyle|quad|qquad|mathbf|,|;|:|!|\s)|~"
)
_LATEX_FRACTION = re.compile(r"\\[dt]?frac\s*(?:\{([^{}]*)\}|(\d))\s*(?:\{([^{}]*)\}|(\d))")
_LATEX_POWER = re.compile(r"\s*\\(?:cdot|times)\s*10\s*\^\s*(?:\{([^{}]*)\}|(\d))")


def layouts(text: str) -> list[Layout]:
    """The ways in which a text can be taken apart, the likeliest first. Raises: ArrayError where there is none.

    Understood are lines with tabs, semicolons, commas or white space between numbers (empty lines between matrices),
    nested lists as NumPy, PyTorch and JSON have them, MATLAB's [1 2; 3 4], and matrices in LaTeX.
    """
    bare = stripped(_ASSIGNED.sub("", _LATEX_MODE.sub(" ", text)))
    if not bare:
        raise ArrayError(f"There is nothing in it. {_EXAMPLES}")
    if "..." in bare or "…" in bare:
        raise ArrayError(_LEFT_OUT)
    if _LATEX.search(bare):
        return [Layout(_latex_rows(bare))]
    bare = re.sub(r" */ *", "/", bare)
    if bare[0] in _OPEN or _CALLED.match(bare):
        return _bracketed(bare)
    return list(_plain(bare))


def _latex_rows(text: str) -> Cells:
    text = _LATEX_FRACTION.sub(lambda match: "/".join(filter(None, match.groups())), text)
    text = _LATEX_POWER.sub(lambda match: "e" + (match[1] or match[2]), text.replace("{,}", "."))
    rows = [_LATEX_WRAPPING.sub(" ", row) for row in re.split(r"\\\\(?:\s*\[[^\]]*\])?|\\cr\b", text)]
    # A minus stands apart from its number in many a source.
    return [[re.sub(r"^([-−+])\s+", r"\1", stripped(cell)) for cell in row.split("&")] for row in rows if stripped(row)]


def _bracketed(text: str) -> list[Layout]:
    """Lists in lists; the innermost may hold the rows of MATLAB."""
    start = min((at for at in map(text.find, _OPEN if text[0] in _OPEN else "[{") if at >= 0), default=-1)
    if start < 0:
        raise ArrayError(f"No matrix is found in it. {_EXAMPLES}")
    tree, end = _tree(text, start)
    if not _AFTER.fullmatch(text, end):
        raise ArrayError("It goes on after its last bracket. Paste one array at a time.")
    ways: list[tuple[Callable[[str], Rows], str]] = [
        (lambda leaf: [_numbers_in(row) for row in re.split(r"(?<!,)[;\n](?:\s*[;\n])*", leaf.strip("; \t\n"))], "."),
        (lambda leaf: [_numbers_in(leaf)], "."),
    ]
    if ";" in text:
        ways.append((lambda leaf: [[stripped(cell) for cell in leaf.strip("; \t\n").split(";")]], ","))
    return [Layout(_leaves(tree, way), marks) for way, marks in ways]


def _numbers_in(text: str) -> list[str]:
    """What stands between commas or white space; an empty place between two commas is an empty cell."""
    return [cell for part in re.sub(r",\s*$", "", text.strip()).split(",") for cell in _BLANKS.split(part.strip())]


def _tree(text: str, start: int, depth: int = 1) -> tuple[Cells, int]:
    """The list that opens at `start`, its innermost lists as text, and where it ends."""
    if depth > MAX_DIMENSIONS:
        raise ArrayError(f"It has more than {MAX_DIMENSIONS} dimensions.")
    inside: list[Cells] = []
    at = here = start + 1
    while at < len(text):
        if text[at] in _OPEN:
            if text[here:at].strip(", ;\n\t\r"):
                raise ArrayError(f"“{shown(stripped(text[here:at].strip(', ;')))}” stands beside a bracket.")
            child, at = _tree(text, at, depth + 1)
            inside.append(child)
            here = at
        elif text[at] in _CLOSE:
            if _OPEN.index(text[start]) != _CLOSE.index(text[at]):
                raise ArrayError(f"A bracket opens with “{text[start]}” and closes with “{text[at]}”.")
            rest = text[here:at]
            if inside and rest.strip(", ;\n\t\r"):
                raise ArrayError(f"“{shown(stripped(rest.strip(', ;')))}” stands beside a bracket.")
            if not inside and not rest.strip():
                raise ArrayError("A pair of brackets is empty.")
            return inside or rest, at + 1
        else:
            at += 1
    raise ArrayError("A bracket is not closed: the end is missing.")


def _leaves(tree: Cells, way: Callable[[str], Rows]) -> Cells:
    if isinstance(tree, str):
        rows = way(tree.replace("\r\n", "\n").replace("\r", "\n"))
        return list(rows[0]) if len(rows) == 1 else [list(row) for row in rows]
    return [_leaves(child, way) for child in tree]


def _plain(text: str) -> Iterator[Layout]:
    """Lines without brackets; empty lines stand between matrices."""
    blocks = [block for block in re.split(r"\n[ ]*\n\s*", "\n".join(text.splitlines())) if block.strip()]
    lines = [[stripped(line) if "\t" not in line else line for line in block.split("\n")] for block in blocks]
    for split, marks in _line_ways(text, lines):
        matrices = [[cells for line in block for cells in split(line)] for block in lines]
        yield Layout(_nested(matrices), marks)


def _line_ways(text: str, lines: Sequence[Sequence[str]]) -> Iterator[tuple[Callable[[str], Rows], str]]:
    """What may stand between the numbers of a line, and the decimal mark that goes with it."""
    if "\t" in text:
        yield lambda line: [[stripped(cell) for cell in line.split("\t")]], ".,"
    elif ";" in text:
        # 1,5; 2,5 is a list with decimal commas, or else two rows.
        yield lambda line: [[stripped(cell) for cell in line.rstrip("; ").split(";")]], ".,"
        yield lambda line: [_numbers_in(row) for row in line.rstrip("; ").split(";")], "."
        yield lambda line: [_BLANKS.split(row.strip()) for row in line.rstrip("; ").split(";")], ","
    elif "," in text:
        yield lambda line: [[stripped(cell) for cell in line.rstrip(", ").split(",")]], "."
        yield lambda line: [[stripped(cell) for cell in re.split(r",\s+", line.rstrip(", "))]], ","
        yield lambda line: [_BLANKS.split(line)], ","
    else:
        yield lambda line: [_BLANKS.split(line)], "."


def _nested(matrices: Sequence[Rows]) -> Cells:
    """One matrix as it is, several as a list."""
    found: list[Cells] = [[list(row) for row in rows] for rows in matrices]
    return found[0] if len(found) == 1 else found
