// Paint grey levels on a small grid, with a mouse, a pen, a finger or the keys.

import { component } from "../../web/component.js"

const REST = 300
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const STROKES = { " ": "brush", Enter: "brush", Delete: "eraser", Backspace: "eraser" }
const LABEL = "The grid. Arrow keys move, space paints, Delete erases."

const clamp = (value, low, high) => Math.max(low, Math.min(high, value))

function element(name, properties = {}, attributes = {}) {
  const node = Object.assign(document.createElement(name), properties)
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value)
  return node
}

class PaintTool {
  /** @type {any} */ server = null
  /** @type {any} what was sent so far, counted */ serial = null

  constructor(host) {
    this.level = 255
    this.eraser = false
    this.cursor = [0, 0]
    this.root = element("div", { className: "paint-tool" })
    this.grid = element("div", { className: "grid", tabIndex: 0 }, { role: "application", "aria-label": LABEL, "data-testid": "paint" })
    this.canvas = element("canvas")
    this.mark = element("div", { className: "mark" })
    this.grid.append(this.canvas, element("div", { className: "lines" }), this.mark)
    this.root.append(this.grid, this.tools())
    this.grid.onpointerdown = (event) => this.begin(event)
    this.grid.onpointermove = (event) => this.move(event)
    this.grid.onpointerup = this.grid.onpointercancel = (event) => this.end(event)
    this.grid.onkeydown = (event) => this.press(event)
    host.append(this.root)
  }

  tools() {
    const tools = element("div", { className: "tools" })
    const button = (text, name, onclick) => element("button", { type: "button", textContent: text, onclick }, { "data-testid": `paint-${name}` })
    this.brush = button("Brush", "brush", () => this.choose(false))
    this.rubber = button("Eraser", "eraser", () => this.choose(true))
    this.grey = element("input", { type: "range", min: 0, max: 255, value: this.level }, { "data-testid": "paint-level", "aria-label": "Grey level of the brush" })
    this.grey.oninput = () => this.take(Number(this.grey.value))
    this.swatch = element("span", { className: "swatch" }, { "aria-hidden": "true" })
    this.number = element("output", { className: "level" })
    const level = element("label", { className: "row" })
    level.append(element("span", { textContent: "Grey" }), this.grey, this.swatch, this.number)
    const row = element("div", { className: "row" })
    row.append(this.brush, this.rubber, button("Clear", "clear", () => this.clear()))
    this.words = element("div", { className: "words" }, { "aria-live": "polite" })
    tools.append(row, level, this.words)
    return tools
  }

  // What was painted here stands until the server has heard of it.
  receive({ size, pixels, serial }) {
    const other = size !== this.size
    this.serial ??= serial
    if (other || (!this.stroke && !this.timer && serial >= this.serial)) this.pixels = Uint8ClampedArray.from(pixels)
    if (other) {
      this.size = size
      Object.assign(this.canvas, { width: size, height: size })
      this.grid.style.setProperty("--cells", size)
      this.cursor = this.cursor.map((place) => clamp(place, 0, size - 1))
    }
    this.choose(this.eraser)
    this.paint()
  }

  choose(eraser) {
    this.eraser = eraser
    this.brush.setAttribute("aria-pressed", String(!eraser))
    this.rubber.setAttribute("aria-pressed", String(eraser))
    this.swatch.style.background = `rgb(${this.level} ${this.level} ${this.level})`
    this.number.textContent = `${this.level} = ${(this.level / 255).toFixed(2)}`
  }

  take(level) {
    this.level = level
    this.choose(false)
  }

  clear() {
    this.pixels.fill(0)
    this.paint()
    this.report()
  }

  cell(event) {
    const box = this.grid.getBoundingClientRect()
    const place = (at, start, length) => clamp(Math.floor(((at - start) / length) * this.size), 0, this.size - 1)
    return [place(event.clientY, box.top, box.height), place(event.clientX, box.left, box.width)]
  }

  begin(event) {
    if (event.button !== 0 || this.stroke) return
    event.preventDefault()
    this.grid.focus({ preventScroll: true })
    this.grid.setPointerCapture(event.pointerId)
    const cell = this.cell(event)
    this.stroke = { id: event.pointerId, cell }
    this.line(cell, cell)
  }

  move(event) {
    if (this.stroke?.id !== event.pointerId) return
    const cell = this.cell(event)
    this.line(this.stroke.cell, cell)
    this.stroke.cell = cell
  }

  end(event) {
    if (this.stroke?.id !== event.pointerId) return
    this.stroke = null
    this.report()
  }

  // Every cell between two: a quick stroke leaves no gaps.
  line(from, to) {
    const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]), 1)
    for (let step = 0; step <= steps; step++) {
      const [row, column] = [0, 1].map((axis) => Math.round(from[axis] + ((to[axis] - from[axis]) * step) / steps))
      this.pixels[row * this.size + column] = this.eraser ? 0 : this.level
    }
    this.cursor = to
    this.paint()
  }

  press(event) {
    const way = KEYS[event.key]
    const tool = STROKES[event.key]
    if ((!way && !tool) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const [row, column] = this.cursor
    if (way) this.cursor = [row + way[0], column + way[1]].map((place) => clamp(place, 0, this.size - 1))
    else {
      this.pixels[row * this.size + column] = tool === "eraser" || this.eraser ? 0 : this.level
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.report(), REST)
    }
    this.paint()
  }

  paint() {
    const { size, pixels } = this
    const picture = new ImageData(size, size)
    pixels.forEach((level, place) => picture.data.set([level, level, level, 255], 4 * place))
    this.canvas.getContext("2d").putImageData(picture, 0, 0)
    const [row, column] = this.cursor
    Object.assign(this.mark.style, { top: `${(100 * row) / size}%`, left: `${(100 * column) / size}%` })
    this.words.textContent = `row ${row + 1}, column ${column + 1}: ${pixels[row * size + column]}`
  }

  report() {
    clearTimeout(this.timer)
    this.timer = null
    this.serial += 1
    this.server.painted({ pixels: [...this.pixels], serial: this.serial })
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.remove()
  }
}

export default component((host) => new PaintTool(host), ({ setTriggerValue }) => ({ painted: (value) => setTriggerValue("painted", value) }))
