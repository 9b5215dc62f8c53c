// Every layer of a ConvNet at once. A number that is pointed at or clicked shows what it is made of; no server is asked.

import { Board } from "./board.js"
import { Maps } from "./maps.js"
import { Marks } from "./marks.js"
import { Numbers } from "./numbers.js"
import { Colours } from "./paint.js"
import { component } from "../../../web/component.js"
import { element } from "../../../web/dom.js"
import { format } from "../../../web/numbers.js"
import { unpackArrays } from "../../../web/packing.js"

const REST = 500
const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const LABEL = "The layers of the net. Arrow keys move within a map, [ and ] go from map to map, Page Up and Page Down from layer to layer, Enter walks through the number."

export class Overview {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = element("div", "overview")
    this.root.dataset.testid = "convnet-overview"
    const columns = element("div", "columns")
    this.figure = element("div", "figure", columns)
    Object.assign(this.figure, { tabIndex: 0 })
    this.figure.setAttribute("role", "application")
    this.figure.setAttribute("aria-label", LABEL)
    this.tip = element("div", "tip")
    this.tip.hidden = true
    this.panel = element("div", "board")
    this.root.append(this.figure, this.panel, this.tip)
    host.append(this.root)
    this.maps = new Maps(columns)
    this.marks = new Marks(this.figure, this.maps)
    this.board = new Board(this.panel, { walk: (place) => this.walk(place) })
    this.texts = {}
    this.serial = 0
    this.figure.onclick = (event) => this.click(event)
    this.figure.onpointermove = (event) => this.hover(event)
    this.figure.onpointerleave = () => this.unhover()
    this.figure.onkeydown = (event) => this.press(event)
    this.sizes = new ResizeObserver(() => this.resize())
    this.sizes.observe(this.figure)
  }

  // ---- data ---------------------------------------------------------------------------------------------------------

  async receive(data) {
    const serial = ++this.serial
    const [values, net, gradients] = await Promise.all(["values", "net", "gradients"].map((name) => this.unpacked(name, data[name])))
    if (serial !== this.serial) return
    const numbers = new Numbers(values, net, gradients, data)
    const shape = JSON.stringify([net.layers, data.classes])
    if (shape !== this.shape) this.maps.build(numbers)
    const asked = JSON.stringify(data.place)
    if (asked !== this.asked || shape !== this.shape) this.place = placeOf(data.place)
    this.numbers = numbers
    this.shape = shape
    this.asked = asked
    this.colours = new Colours(this.root)
    this.maps.resize(numbers)
    this.maps.paint(numbers, this.colours)
    this.look()
    this.root.dataset.painted = String(Number(this.root.dataset.painted ?? 0) + 1)
  }

  resize() {
    if (!this.numbers) return
    this.maps.resize(this.numbers)
    this.drawMarks()
  }

  // Unpacked once: most of it is the same in the next run.
  async unpacked(name, text) {
    if (!text) return null
    if (this.texts[name]?.text !== text) this.texts[name] = { text, found: unpackArrays(text) }
    return this.texts[name].found
  }

  // ---- looking ------------------------------------------------------------------------------------------------------

  look() {
    this.drawMarks()
    this.board.draw(this.place, this.numbers, this.colours)
  }

  drawMarks(place = this.place) {
    this.marks.show(place, this.numbers)
  }

  go(place) {
    this.place = place
    this.look()
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.report(), REST)
  }

  report() {
    const place = asList(this.place)
    if (JSON.stringify(place) === this.asked) return
    this.asked = JSON.stringify(place)
    this.server?.place(place)
  }

  walk(place) {
    clearTimeout(this.resting)
    this.server?.walk(asList(place))
  }

  // The number under the pointer.
  under(event) {
    const node = event.target.closest?.("[data-map]")
    if (!node || !this.numbers) return null
    const { layer, map } = node.dataset
    if (layer === "p") return { layer, map: Number(map), row: 0, column: 0 }
    const { side } = this.numbers.layers[layer]
    const box = node.firstChild.getBoundingClientRect()
    const cell = (at, start, length) => Math.max(0, Math.min(side - 1, Math.floor(((at - start) / length) * side)))
    return { layer, map: Number(map), row: cell(event.clientY, box.top, box.height), column: cell(event.clientX, box.left, box.width) }
  }

  click(event) {
    const place = this.under(event)
    if (place) this.go(place)
  }

  hover(event) {
    const place = this.under(event)
    if (!place) return this.unhover()
    this.hovered = true
    this.drawMarks(place)
    const value = this.numbers.at(place, this.numbers.backward)
    this.tip.replaceChildren(element("b", "", `${this.numbers.backward ? "∂ℓ/∂ = " : ""}${format(value, 5)}`), element("div", "", this.numbers.name(place)))
    this.tip.hidden = false
    const frame = this.root.getBoundingClientRect()
    const left = Math.min(event.clientX - frame.left + 14, frame.width - this.tip.offsetWidth - 8)
    const above = event.clientY - frame.top - this.tip.offsetHeight - 12
    Object.assign(this.tip.style, { left: `${Math.max(4, left)}px`, top: `${above > 0 ? above : event.clientY - frame.top + 18}px` })
  }

  unhover() {
    this.tip.hidden = true
    if (!this.hovered) return
    this.hovered = false
    this.drawMarks()
  }

  // ---- keys ---------------------------------------------------------------------------------------------------------

  press(event) {
    if (!this.numbers || event.ctrlKey || event.metaKey || event.altKey) return
    const place = this.moved(event.key)
    if (!place && event.key !== "Enter") return
    event.preventDefault()
    event.stopPropagation()
    if (place) this.go(place)
    else if (this.place.layer !== "x") this.walk(this.place)
  }

  moved(key) {
    const { layer, map, row, column } = this.place
    const { maps, side } = this.numbers.layers[layer]
    const clamp = (at, most) => Math.max(0, Math.min(most - 1, at))
    if (WAYS[key] && layer === "p") return { ...this.place, map: clamp(map + WAYS[key][0], maps) }
    if (WAYS[key]) return { layer, map, row: clamp(row + WAYS[key][0], side), column: clamp(column + WAYS[key][1], side) }
    if (key === "[" || key === "]") return { ...this.place, map: clamp(map + (key === "]" ? 1 : -1), maps) }
    const by = { PageUp: -1, PageDown: 1 }[key]
    const next = by && this.numbers.net.layers[this.numbers.net.layers.findIndex((each) => each.name === layer) + by]
    if (!next) return null
    const scaled = (at) => clamp(Math.floor(((at + 0.5) / side) * next.side), next.side)
    return { layer: next.name, map: clamp(map, next.maps), row: scaled(row), column: scaled(column) }
  }

  destroy() {
    clearTimeout(this.resting)
    this.sizes.disconnect()
    this.root.remove()
  }
}

function placeOf([layer, map, row, column]) {
  return { layer, map, row, column }
}

function asList({ layer, map, row, column }) {
  return [layer, map, row, column]
}

export default component((host) => new Overview(host), ({ setTriggerValue }) => ({
  place: (place) => setTriggerValue("place", place),
  walk: (place) => setTriggerValue("walk", place),
}))
