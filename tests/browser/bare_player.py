"""The real player in a page of its own, without a server: any walk can be handed to it, and read line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.shown_sums import fault, number
from tools.bundle import bundle
from visualizer.engine import Trace
from visualizer.player.assets import style
from visualizer.player.payload import pack
from visualizer.scenes import draw

Lines = list[list[str]]

_PAGE = (
    """<!doctype html><meta charset="utf-8"><style>{style}</style><main id="walk"></main><script>{script}</script>"""
)


class BarePlayer:
    """A page with the player alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        bundle({"bare_player": Path(__file__).with_suffix(".js")}, folder)
        script = (folder / "bare_player.js").read_text(encoding="utf-8")
        file = folder / "player.html"
        file.write_text(_PAGE.format(style=style(), script=script), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def read(self, trace: Trace, steps: list[int]) -> list[Lines]:
        """The lines of numbers that the player shows at the given steps of a walk."""
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        found: list[Lines] = self._page.evaluate("(steps) => steps.map(read)", steps)
        return found

    def rows(self, trace: Trace, steps: list[int], widths: Sequence[int]) -> dict[int, list[Lines]]:
        """The parts of each line of the formulas at the given steps, row by row at each width of the window."""
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        found: dict[int, list[Lines]] = {}
        for width in widths:
            self._page.set_viewport_size({"width": width, "height": 900})
            found[width] = self._page.evaluate("(steps) => steps.flatMap(readRows)", steps)
        return found

    def note(self, trace: Trace, step: int) -> str:
        """What the board says on a step."""
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        words: str = self._page.evaluate("(step) => readNote(step)", step)
        return words

    def changed_by_drawing_afresh(self, trace: Trace, steps: list[int]) -> list[int]:
        """The steps at which formulas are other than they would be had no step come before."""
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        found: list[int] = self._page.evaluate("(steps) => steps.filter((step) => !boardIsAsAfresh(step))", steps)
        return found

    def faults(self, trace: Trace, steps: list[int], digits: int = 4) -> list[str]:
        """What does not add up at the given steps, in the formula and in the products that the figure shows.

        Both are written as in the player, but never painted: that is many times as quick.
        """
        written: list[tuple[Lines, Lines]] = self._page.evaluate(
            "([blob, steps, digits]) => readUnpainted(blob, steps, digits)", [pack(trace, draw(trace)), steps, digits]
        )
        found = []
        for step, (lines, parts) in zip(steps, written, strict=True):
            if wrong := fault(lines):
                found.append(f"step {step}: {wrong}")
            for *products, subtotal in parts:
                terms = [number(product.replace("−.", "−0.")) or 0 for product in products]
                if products and sum(terms) != number(subtotal.rpartition("Σ ")[2].split(" ")[0]):
                    found.append(f"step {step}: {products} are not {subtotal}")
        return found
