"""The real player in a page of its own, without a server: any walk can be handed to it, and read line by line."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.shown_sums import fault, number
from visualizer.engine import Trace
from visualizer.player.assets import script, style
from visualizer.player.payload import pack
from visualizer.scenes import draw

Lines = list[list[str]]

_PAGE = """<!doctype html><meta charset="utf-8"><style>{style}</style><main id="walk"></main>
<script type="module">{script}
const host = document.getElementById("walk")
const player = playerIn(host, "data:font/woff2;base64,")
window.show = async (blob) => {{
  player.at = null
  await player.receive({{ blob, start: 0, editable: [], iterations: null }})
}}
const readToken = (token) => {{
  const copy = token.cloneNode(true)
  for (const label of copy.querySelectorAll("small")) label.remove()
  for (const fraction of copy.querySelectorAll(".fraction")) fraction.replaceWith("a fraction")
  return copy.textContent.trim()
}}
const tokensOf = (node) => [...node.children].flatMap((child) =>
  child.matches(".piece, .together") ? tokensOf(child) : child.matches("small, wbr") ? [] : [readToken(child)])
const linesOf = (host) => [...host.querySelectorAll(".line")].map(tokensOf).filter((line) => line.length)
window.read = (step) => {{
  player.go(step)
  return linesOf(player.board.numbers)
}}
const productsOf = (part) => [...part.querySelectorAll("text.number")].map((text) => text.textContent)
const rowsOf = (line) => {{
  const rows = [[]]
  let right = -Infinity
  for (const part of line.querySelectorAll(".token, .sign")) {{
    if (part.parentElement.closest(".token, .sign")) continue
    const box = part.getBoundingClientRect()
    if (box.left < right - 2) rows.push([])
    rows.at(-1).push(part.textContent.trim())
    right = box.right
  }}
  return rows
}}
window.readRows = (step) => {{
  player.go(step)
  const lines = [...player.root.querySelectorAll(".board .formula:not(.wide) .line")]
  return lines.filter((line) => line.offsetWidth).map(rowsOf)
}}
window.readNote = (step) => {{
  player.go(step)
  return player.board.note.textContent
}}
window.readUnpainted = async (blob, steps, digits) => {{
  chooseDigits(digits)
  const walk = await unpack(blob)
  const board = document.createElement("div")
  const mark = walk.scene.marks.find(({{ kind }}) => kind === "products")
  const products = mark && new Products(mark)
  return steps.map((number) => {{
    const step = walk.steps[number - 1]
    fillLines(board, numberLines(walk, step))
    products?.paint(walk, step, true)
    return [linesOf(board), products ? [...products.node.children].map(productsOf) : []]
  }})
}}
window.boardIsAsAfresh = (step) => {{
  player.go(step)
  const hosts = () => [player.board.symbols, player.board.numbers]
  const kept = hosts().map((each) => each.cloneNode(true))
  player.board.symbols.replaceChildren()
  player.board.numbers.replaceChildren()
  player.paint()
  return hosts().every((each, i) => each.isEqualNode(kept[i]))
}}
window.ready = true
</script>"""


class BarePlayer:
    """A page with the player alone."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        file = folder / "player.html"
        file.write_text(_PAGE.format(style=style(), script=script()), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_function("window.ready")

    def read(self, trace: Trace, steps: list[int]) -> list[Lines]:
        """The lines of numbers that the player shows at the given steps of a walk."""
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        found: list[Lines] = self._page.evaluate("(steps) => steps.map(read)", steps)
        return found

    def rows(self, trace: Trace, steps: list[int], width: int) -> list[Lines]:
        """The parts of each line of the formulas at the given steps, row by row as they stand at a window's width."""
        self._page.set_viewport_size({"width": width, "height": 900})
        self._page.evaluate("(blob) => show(blob)", pack(trace, draw(trace)))
        found: list[Lines] = self._page.evaluate("(steps) => steps.flatMap(readRows)", steps)
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
