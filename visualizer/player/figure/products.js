// The products of a step, laid out as the block of numbers that they come from, with a sum below each part; where their
// digits could not be read there, row by row: the sum of each row, and the products of one.

import { longSum } from "../formula/long_sums.js"
import { svg } from "../../web/dom.js"
import { digitsToTry, withoutZero } from "../../web/numbers.js"

const LEAST_SIZE = 8.5
const READABLE = 13.5
const LARGEST_CELL = { width: 60, height: 52 }
const SUM_ROOM = 30
const LINE = 34 // at most, of a row in a list

/** @type {(row: number) => Record<string, string | number>} */
const rowless = () => ({})

export class Products {
  constructor({ x, y, width, height }) {
    this.x = x
    this.y = y
    this.width = width
    this.height = height
    this.row = 0
    this.node = svg("g", { class: "products" })
    this.node.onclick = ({ target }) => this.open(target)
    this.node.onkeydown = (event) => event.key === "Enter" && this.open(event.target)
  }

  paint(walk, step, terse) {
    this.written = terse ? withoutZero : (text) => text
    const sum = step ? this.fitting(walk, step) : null
    const inLists = sum && sum.size < READABLE && sum.parts === 1 && sum.rows > 1
    this.draw = () => this.node.replaceChildren(...(inLists ? this.lists(longSum(walk, step)) : sum ? this.blocks(sum) : []))
    const layout = sum && !inLists ? [sum.parts, sum.rows, sum.columns, sum.size < LEAST_SIZE].join() : ""
    if (layout && layout === this.layout) this.rewrite(sum)
    else this.draw()
    this.layout = layout
  }

  // As many products as the step before had, in the same places: other texts, and perhaps of another size.
  rewrite(sum) {
    const { texts, size } = sum
    this.node.querySelectorAll(".product-text").forEach((node, i) => {
      write(node, texts[i])
      if (Number(node.getAttribute("font-size")) !== size) node.setAttribute("font-size", size)
    })
    this.node.querySelectorAll(".reads").forEach((node, part) => write(node, this.totalOf(sum, part)))
  }

  totalOf({ names, subtotals, roundings }, part) {
    return `${names[part]} Σ ${this.written(subtotals[part])}${roundings[part]}`.trim()
  }

  // The sum at the most digits that can be read, with the size of its cells and of its type; null where it is none.
  fitting(walk, step) {
    let sum = null
    for (const digits of digitsToTry()) {
      const found = longSum(walk, step, digits)
      if (!found) return null
      const { rows, columns, parts } = found
      const texts = found.cells.map(this.written)
      const width = Math.min(LARGEST_CELL.width, this.width / columns)
      const height = Math.min(LARGEST_CELL.height, (this.height / parts - SUM_ROOM) / rows)
      sum = { ...found, rows, columns, parts, texts, width, height, size: sizeOf(texts, width, height) }
      if (sum.size >= READABLE) break
    }
    return sum
  }

  blocks(sum) {
    const { parts, rows, columns, texts, width, height, size } = sum
    const pitch = this.height / parts
    const left = this.x + (this.width - width * columns) / 2
    return Array.from({ length: parts }, (_, part) => {
      const top = this.y + pitch * (part + 0.5) - 13 - (height * rows) / 2
      const own = texts.slice(part * rows * columns, (part + 1) * rows * columns)
      const cells = own.flatMap((text, i) => productCell(text, left + (i % columns) * width, top + Math.floor(i / columns) * height, width, height, size))
      return svg("g", {}, ...cells, this.total(this.totalOf(sum, part), this.x + this.width / 2, top + height * rows + 15))
    })
  }

  // Two lists: the products of one row with their sum, and the sums of all rows, in which another row can be chosen.
  lists({ rows, columns, cells, subtotals, sumOf }) {
    const texts = cells.map(this.written)
    const [row, half] = [Math.min(this.row, rows - 1), this.width / 2]
    const sums = Array.from({ length: rows }, (_, each) => this.written(sumOf(each * columns, (each + 1) * columns)))
    const products = this.list(this.x, half, `row ${row + 1}`, texts.slice(row * columns, (row + 1) * columns), sums[row])
    const choices = this.list(this.x + half, half, "rows", sums, this.written(subtotals[0]), (each) => ({
      "data-row": each, role: "button", tabindex: 0, "aria-label": `row ${each + 1}: show its products`, class: each === row ? "product-row now" : "product-row",
    }))
    return [products, choices]
  }

  list(x, width, title, texts, sum, attributes = rowless) {
    const line = Math.min(LINE, (this.height - 2 * SUM_ROOM) / texts.length)
    const top = this.y + (this.height - line * texts.length) / 2
    const size = Math.min(15, sizeOf(texts, width - 8, line))
    const head = svg("text", { class: "label", x: x + width / 2, y: top - 10, "text-anchor": "middle", "font-size": 15 }, title)
    const lines = texts.map((text, i) => svg("g", attributes(i), ...productCell(text, x + 4, top + line * i, width - 8, line, size)))
    return svg("g", {}, head, ...lines, this.total(`Σ ${sum}`, x + width / 2, top + line * texts.length + 15))
  }

  total(text, x, y) {
    return svg("text", { class: "number reads", x, y, "text-anchor": "middle", "font-size": 15 }, text)
  }

  open(target) {
    const { row } = target.closest("[data-row]")?.dataset ?? {}
    if (row === undefined) return
    this.row = Number(row)
    this.draw()
    /** @type {SVGElement | null} */
    const again = this.node.querySelector(`[data-row="${row}"]`)
    again?.focus()
  }
}

function write(node, text) {
  if (node.firstChild.data !== text) node.firstChild.data = text
}

// One product; its digits where all of them can be read.
function productCell(text, x, y, width, height, size) {
  const box = svg("rect", { class: "product", x: x + 1, y: y + 1, width: width - 2, height: height - 2, rx: 3 })
  if (size < LEAST_SIZE) return [box]
  return [box, svg("text", { class: "number product-text", x: x + width / 2, y: y + height / 2, "text-anchor": "middle", "dominant-baseline": "central", "font-size": size }, text)]
}

// One size for all, so that the largest number has room.
function sizeOf(texts, width, height) {
  const longest = Math.max(...texts.map((text) => text.length))
  return Math.min(15, height * 0.58, ((width - 4) / longest) * 1.75)
}
