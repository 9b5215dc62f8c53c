// A grid of numbers: a small canvas coloured by value, digits where a cell has room, and outlines of what is lit.

import { MARKS } from "./marks.js"
import { clamp, svg } from "../../web/dom.js"

const DIGITS_FROM = 19
const ROOMY = 40
const SMALLEST = 10
const DIGITS = 3
const FINE = 100
const HTML = "http://www.w3.org/1999/xhtml"

// Whether a grid's digits have little room: then the whole figure writes .45 for 0.45.
export function isTight({ kind, cell, height, gap }) {
  return kind === "grid" && Math.min(cell, height || cell) >= DIGITS_FROM && cell - gap < ROOMY
}

export class Grid {
  /** @type {number} */ x
  /** @type {number} */ y
  /** @type {number} */ cell
  /** @type {number} */ height
  /** @type {number} */ rows
  /** @type {number} */ columns
  /** @type {number} */ gap
  /** @type {number} */ first
  /** @type {any} */ array
  /** @type {any} */ at
  /** @type {any} */ tint
  /** @type {any} */ span
  /** @type {any} */ padding
  /** @type {any} */ window
  /** @type {any} */ unseen
  /** @type {any} */ winners
  /** @type {any} */ transposed
  /** @type {any} */ block
  /** @type {any} */ largest
  /** @type {any} */ figure
  /** @type {any} */ walk

  constructor(figure, mark, frame) {
    Object.assign(this, mark, { first: mark.first ?? 0, figure, walk: figure.walk, height: mark.height || mark.cell })
    this.lead = mark.at.map((part) => (part === "@" ? frame : part))
    this.flat = this.walk.arrays[mark.array].shape.length === this.lead.length + 1 // a vector stands as a column
    this.canvas = /** @type {HTMLCanvasElement} */ (document.createElementNS(HTML, "canvas"))
    this.fine = mark.gap ? FINE : 1 // pixels of the canvas that make a column, those of the gaps empty
    Object.assign(this.canvas, { width: mark.columns * this.fine, height: mark.rows, className: "pixels" })
    const { x, y, cell, rows, columns, height } = this
    const holder = svg("foreignObject", { x, y, width: cell * columns, height: height * rows }, this.canvas)
    this.lit = { reads: svg("path", { class: "cells reads" }), writes: svg("path", { class: "cells writes" }) }
    this.twin = svg("path", { class: "cells twin" }) // the number whose gradient is worked out
    this.linked = svg("path", { class: "cells linked-cells" })
    this.won = svg("path", { class: "winners" })
    this.reach = svg("rect", { class: "window", visibility: "hidden" })
    this.field = svg("rect", { class: "window field", visibility: "hidden" }) // the receptive field of what is pointed at
    this.digits = Math.min(cell, height) >= DIGITS_FROM ? this.makeDigits() : []
    this.node = svg("g", { class: "grid" }, this.paddingCells(), holder, this.lines(), this.shade(), ...Object.values(this.lit), this.twin, this.won, this.reach, this.field, ...this.digits, this.linked)
  }

  ref(row, column) {
    const place = this.flat ? [this.first + row] : this.transposed ? [column, row] : [this.first + row, column]
    return `${this.array}[${[...this.lead, ...place].join(",")}]`
  }

  makeDigits() {
    const { cell, height, rows, columns } = this
    const [short, room] = [cell - this.gap < ROOMY, cell - this.gap - 3]
    const refs = Array.from({ length: rows * columns }, (_, i) => this.ref(Math.floor(i / columns), i % columns))
    const size = this.digitSize(refs, short, room)
    const role = this.array.startsWith("grad_") ? "plain-gradient" : "value"
    return refs.map((ref, i) => {
      const [x, y] = [this.x + ((i % columns) + 0.5) * cell, this.y + (Math.floor(i / columns) + 0.5) * height]
      return MARKS.number(this.figure, { x, y, size, role, anchor: "middle", shrink: room, significant: DIGITS, cell: true, short, decimals: undefined }, [ref])
    })
  }

  // One size for all of a grid's numbers; those that would make it too small for the others have a smaller one alone.
  digitSize(refs, short, room) {
    const most = Math.min(16, this.cell * 0.52, this.height * 0.8)
    const fitting = refs.map((ref) => room / this.figure.widthOf(this.figure.written(this.walk.value(ref), { short, significant: DIGITS, terse: this.figure.terse })))
    return Math.min(most, Math.max(SMALLEST, Math.min(...fitting)))
  }

  // Cells of padding are empty and dashed: there is nothing in them but zeros.
  paddingCells() {
    const [top, bottom, left, right] = this.padding
    const cells = []
    for (let row = -top; row < this.rows + bottom; row++) {
      for (let column = -left; column < this.columns + right; column++) {
        const inside = row >= 0 && row < this.rows && column >= 0 && column < this.columns
        if (!inside) cells.push(this.square(row, column))
      }
    }
    return svg("path", { class: "padding-cells", d: cells.join("") })
  }

  lines() {
    const { x, y, cell, height, rows, columns } = this
    const inner = cell < 8 ? [] : [
      ...Array.from({ length: rows - 1 }, (_, i) => `M${x},${y + (i + 1) * height}h${columns * cell}`),
      ...Array.from({ length: this.gap ? 0 : columns - 1 }, (_, i) => `M${x + (i + 1) * cell},${y}v${rows * height}`),
    ]
    const around = Array.from({ length: this.gap ? columns : 0 }, (_, i) => `M${x + i * cell + this.gap / 2},${y}h${cell - this.gap}v${rows * height}h${this.gap - cell}z`)
    const border = this.gap ? svg("path", { class: "grid-border", d: around.join("") }) : svg("rect", { class: "grid-border", x, y, width: columns * cell, height: rows * height })
    return svg("g", {}, svg("path", { class: "grid-lines", d: inner.join("") }), border)
  }

  // Rows and columns that no window reaches.
  shade() {
    const { x, y, cell, rows, columns } = this
    const [unseenRows, unseenColumns] = this.unseen
    const stripes = [
      ...unseenRows.map((row) => `M${x},${y + row * cell}h${columns * cell}v${cell}h${-columns * cell}z`),
      ...unseenColumns.map((column) => `M${x + column * cell},${y}h${cell}v${rows * cell}h${-cell}z`),
    ]
    return svg("path", { class: "unseen", d: stripes.join("") })
  }

  square(row, column) {
    const { x, y, cell, height, gap } = this
    return `M${x + column * cell + gap / 2},${y + row * height}h${cell - gap}v${height}h${gap - cell}z`
  }

  // Row and column of one of the grid's numbers; null for others.
  placeOf(ref) {
    const { name, index } = this.walk.ref(ref)
    if (name !== this.array || !this.lead.every((part, axis) => index[axis] === part)) return null
    const [down, across = 0] = index.slice(this.lead.length)
    const [row, column] = this.transposed ? [across, down] : [down - this.first, across]
    return row >= 0 && row < this.rows ? [row, column] : null
  }

  outline(refs) {
    const places = refs.filter((ref) => this.walk.has(ref)).map((ref) => this.placeOf(ref)).filter((place) => place && place.every(Number.isInteger))
    return places.map(([row, column]) => this.square(row, column)).join("")
  }

  // `lit` has the numbers that the step reads and writes, by their array; a grid whose array is not among them is done at once.
  paint(step, at, colours, lit) {
    this.paintPixels(at, colours)
    this.paintWinners(at)
    draw(this.lit.reads, this.outline(lit.reads.get(this.array) ?? []))
    draw(this.lit.writes, this.outline(lit.writes.get(this.array) ?? []))
    draw(this.twin, this.outline((lit.writes.get(`grad_${this.array}`) ?? []).map((ref) => ref.replace("grad_", ""))))
    this.placeWindow(this.reach, step?.target)
  }

  // The places that won the windows worked out so far.
  paintWinners(at) {
    if (!this.winners || !this.walk.arrays.switches) return
    const frame = this.walk.ref(`${this.winners}[${[...this.lead, ":", ":"].join(",")}]`)
    const { data } = this.walk.arrays.switches
    const known = frame.offsets.filter((offset) => frame.array.writers[offset] < at).map((offset) => data[offset])
    const corner = (place) => {
      const x = this.x + (place % this.columns) * this.cell
      const y = this.y + Math.floor(place / this.columns) * this.cell
      const size = Math.max(3, this.cell * 0.34)
      return `M${x},${y}h${size}l${-size},${size}z`
    }
    draw(this.won, known.map(corner).join(""))
  }

  // The window that makes an output, its part over the padding included; none for other numbers.
  placeWindow(rect, ref) {
    const shown = ref && this.window && this.walk.ref(ref).name === this.window.target
    const visibility = shown ? "visible" : "hidden"
    if (rect.getAttribute("visibility") !== visibility) rect.setAttribute("visibility", visibility)
    if (!shown) return
    const place = this.walk.ref(ref).index.slice(-2)
    const { kernel, stride, dilation, padding } = this.window
    const start = (axis) => place[axis] * stride[axis] - padding[axis]
    const reach = (axis) => (kernel[axis] - 1) * dilation[axis] + 1
    const box = { x: this.x + start(1) * this.cell, y: this.y + start(0) * this.cell, width: reach(1) * this.cell, height: reach(0) * this.cell }
    for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value)
  }

  paintPixels(at, colours) {
    const { array, offsets } = this.block ??= this.walk.ref(`${this.array}[${[...this.lead, this.transposed ? ":" : `${this.first}:${this.first + this.rows}`, ...(this.flat ? [] : [":"])].join(",")}]`)
    let known = 0
    for (const offset of offsets) if (array.writers[offset] < at) known++
    if (known === this.knownPixels) return
    this.knownPixels = known
    const image = new ImageData(this.columns * this.fine, this.rows)
    const edge = Math.round((this.fine * this.gap) / this.cell / 2)
    this.largest ??= array.data.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1
    const [least, most] = this.span
    const signed = !this.tint || this.tint === "signed"
    const paint = colours[this.tint || "signed"]
    offsets.forEach((offset, i) => {
      if (array.writers[offset] >= at) return
      const pixel = this.transposed ? (i % this.rows) * this.columns + Math.floor(i / this.rows) : i
      const value = array.data[offset]
      const colour = signed ? paint(value, this.largest) : paint(most > least ? (value - least) / (most - least) : 0.5)
      for (let part = edge; part < this.fine - edge; part++) image.data.set(colour, (pixel * this.fine + part) * 4)
    })
    this.canvas.getContext("2d").putImageData(image, 0, 0)
  }

  // The number under a point of the screen.
  refAt({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect()
    const column = clamp(Math.floor(((clientX - left) / width) * this.columns), 0, this.columns - 1)
    const row = clamp(Math.floor(((clientY - top) / height) * this.rows), 0, this.rows - 1)
    return this.ref(row, column)
  }

  link(ref) {
    this.linked.setAttribute("d", ref ? this.outline(this.walk.ref(ref).elements) : "")
    this.placeWindow(this.field, ref?.replace(/^grad_/, "")) // an output and its gradient have the same window
  }
}

// An outline that stays costs the browser nothing.
function draw(path, d) {
  if (path.drawn !== d) path.setAttribute("d", (path.drawn = d))
}

// Colours by value, as red, green, blue and opacity, for the theme that is on.
export function gridColours(root) {
  const style = getComputedStyle(root)
  const rgb = (name) => {
    const hex = style.getPropertyValue(name).trim()
    return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16))
  }
  const tinted = (colour) => (value) => [...colour, 30 + 150 * clamp(value, 0, 1)]
  const [plus, minus] = [rgb("--plus"), rgb("--minus")]
  const dark = root.closest("[data-theme=dark]")
  return {
    red: tinted(dark ? [240, 100, 100] : [200, 40, 40]),
    green: tinted(dark ? [90, 200, 110] : [40, 140, 60]),
    blue: tinted(dark ? [110, 140, 255] : [50, 80, 200]),
    // A bright pixel is bright in either theme; no darker, or lighter, than digits can stand on.
    grey: (value) => (dark ? [220, 225, 235, 10 + 90 * clamp(value, 0, 1)] : [40, 50, 65, 6 + 100 * (1 - clamp(value, 0, 1))]),
    signed: (value, largest) => [...(value < 0 ? minus : plus), 12 + 100 * Math.min(1, Math.abs(value) / largest)],
  }
}
