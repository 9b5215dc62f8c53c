"""Lists the texts that a visitor can read, with their places: `python -m tools.list_strings visualizer/engine`.

A text is a string with a space and some letters that is no docstring. The fields of an f-string stay in braces.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("visualizer", "pages")
MIN_LETTERS = 7


def texts(source: str) -> list[tuple[int, str]]:
    """The texts of a Python file, each with the line that it starts on."""
    nodes = list(ast.walk(ast.parse(source)))
    skipped = {id(inner) for node in nodes for inner in _docstring_or_pieces(node)}
    strings = (node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in skipped)
    return sorted((node.lineno, _written(node)) for node in strings if _is_text(node))


def _docstring_or_pieces(node: ast.AST) -> Iterator[ast.AST]:
    """What is not listed by itself: a docstring, and what an f-string consists of."""
    if isinstance(node, ast.Expr):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (inner for piece in node.values for inner in ast.walk(piece))


def _written(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(
        str(piece.value) if isinstance(piece, ast.Constant) else ast.unparse(ast.JoinedStr([piece]))[2:-1]
        for piece in node.values
    )


def _is_text(node: ast.Constant | ast.JoinedStr) -> bool:
    pieces = node.values if isinstance(node, ast.JoinedStr) else [node]
    fixed = "".join(p.value for p in pieces if isinstance(p, ast.Constant) and isinstance(p.value, str))
    return " " in fixed.strip() and sum(map(str.isalpha, fixed)) >= MIN_LETTERS and not fixed.startswith("<")


def main(folders: list[str]) -> None:
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for line, text in texts(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(ROOT)}:{line}: {text!r}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(FOLDERS))
