// The products of a step, laid out as the block of numbers that they come from, with a sum below each part.

import { longSum } from "./long_sums.js"
import { digitsToTry, withoutZero } from "./numbers.js"
import { svg } from "./svg.js"

const LEAST_SIZE = 8.5
const READABLE = 10.5 // more digits than the fewest are written where they are at least so large
const GAP = 30

export class Products {
  constructor({ x, y, width, height }) {
    Object.assign(this, { x, y, width, height })
    this.node = svg("g", { class: "products" })
  }

  paint(walk, step, terse) {
    this.written = terse ? withoutZero : (text) => text
    const drawn = step ? this.drawn(walk, step) : null
    this.node.replaceChildren(...(drawn ? this.parts(drawn) : []))
  }

  // The sum at the most digits that can be read, with the size of its cells and of its type; null where it is none.
  drawn(walk, step) {
    let drawn = null
    for (const digits of digitsToTry()) {
      const sum = longSum(walk, step, digits)
      if (!sum) return null
      const [texts, subtotals] = [sum.cells, sum.subtotals].map((each) => each.map(this.written))
      const cell = Math.min(52, this.width / sum.columns, (this.height / sum.parts - GAP) / sum.rows)
      drawn = { ...sum, texts, subtotals, cell, size: sizeOf(texts, cell) }
      if (drawn.size >= READABLE) break
    }
    return drawn
  }

  parts({ parts, rows, columns, names, texts, subtotals, cell, size }) {
    const pitch = this.height / parts
    const left = this.x + (this.width - cell * columns) / 2
    return Array.from({ length: parts }, (_, part) => {
      const top = this.y + pitch * (part + 0.5) - 13 - (cell * rows) / 2
      const own = texts.slice(part * rows * columns, (part + 1) * rows * columns)
      const subtotal = svg("text", { class: "number reads", x: this.x + this.width / 2, y: top + cell * rows + 15, "text-anchor": "middle", "font-size": 15 }, `${names[part]} Σ ${subtotals[part]}`.trim())
      return svg("g", {}, ...own.flatMap((text, i) => this.cell(text, left + (i % columns) * cell, top + Math.floor(i / columns) * cell, cell, size)), subtotal)
    })
  }

  // One product; its digits where all of them can be read.
  cell(text, x, y, cell, size) {
    const box = svg("rect", { class: "product", x: x + 1, y: y + 1, width: cell - 2, height: cell - 2, rx: 3 })
    if (size < LEAST_SIZE) return [box]
    return [box, svg("text", { class: "number", x: x + cell / 2, y: y + cell / 2, "text-anchor": "middle", "dominant-baseline": "central", "font-size": size }, text)]
  }
}

// One size for all, so that the largest number has room.
function sizeOf(texts, cell) {
  const longest = Math.max(...texts.map((text) => text.length))
  return Math.min(15, cell * 0.42, ((cell - 4) / longest) * 1.75)
}
