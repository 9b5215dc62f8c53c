// The net: each unit with its map, wires as wide as their weights are large, dashed where they are negative.

import { cssColour } from "./inks.js"
import { fitCanvas, paintMap, paintPicture, traceCurve } from "./maps.js"
import { nearestWire, placesOf } from "./places.js"
import { element } from "../web/dom.js"
import { format } from "../web/numbers.js"

const WIDEST_WIRE = 0.15 // of a unit
const THINNEST_WIRE = 0.6
const DASHES = [5, 4]
const NEAR = 7
const TIGHT = 58 // pixels between two columns
const ROOM_FOR_NUMBER = 24 // pixels of a unit
const FEW = 20 // wires between two layers; more are paler
const STRONG = 0.65
const FAINT = 0.15
const CURVE_MARGIN = 0.12

export class Net {
  constructor(host, actions) {
    this.actions = actions
    this.canvas = element("canvas", "wires")
    this.heads = element("div", "heads")
    this.units = element("div", "units")
    this.legend = element("div", "net-legend")
    this.root = element("div", "net", this.canvas, this.heads, this.units, this.legend)
    this.root.onpointermove = (event) => this.point(event)
    this.root.onpointerleave = () => this.leave()
    this.root.onclick = (event) => this.click(event)
    host.append(this.root)
    this.wire = null
  }

  draw(reel, inks, editable) {
    this.reel = reel
    this.inks = inks
    this.editable = editable
    this.largest = reel.picture ? reel.largestWeight(0, 1) : 1
    this.classRamps = reel.manyClasses && reel.plane ? reel.classes.map((_, i) => inks.classRamp(reel.values(reel.depth - 1), i, reel.classes.length)) : []
    this.columns = reel.sizes.map((_, column) => Array.from({ length: reel.shown(column) }, (_, i) => this.unitButton(column - 1, i)))
    this.biases = reel.bias ? this.columns.slice(1).map((units, layer) => units.map((_, i) => this.biasButton(layer, i))) : []
    this.units.replaceChildren(...this.columns.flat(), ...this.biases.flat())
    this.legend.replaceChildren(element("span", "plus-wire", "+"), element("span", "minus-wire", "−"), "width = size", ...(reel.bias ? [element("span", "plus-bias", "bias +"), element("span", "minus-bias", "bias −")] : []))
    this.heads.replaceChildren(...reel.sizes.map((_, column) => element("div", "head", ...this.headOf(column))))
  }

  headOf(column) {
    const { depth, sizes, activation, most } = this.reel
    const few = sizes[column] > this.reel.shown(column) && column > 0 ? `${most} of ${sizes[column]}` : ""
    if (column === 0) return [element("b", "", "inputs"), element("small", "", this.reel.shown(0) ? "" : String(sizes[0]))]
    if (column === depth) return [element("b", "", "output"), element("small", "", few)]
    return [element("b", "", element("span", "", "layer "), String(column)), element("small", "", few || activation)]
  }

  unitButton(layer, unit) {
    const mapped = this.isMapped(layer)
    const button = element("button", `unit${mapped ? "" : " bare"}`, mapped ? "" : this.labelOf(layer, unit))
    if (mapped && layer >= 0 && layer < this.reel.depth - 1) button.append(element("span", "unit-number", String(unit + 1)))
    Object.assign(button, { type: "button", onclick: () => this.actions.pin({ layer, unit }) })
    button.dataset.ref = layer < 0 ? `x[${unit}]` : layer === this.reel.depth - 1 ? `out[${unit}]` : `h${layer + 1}[${unit}]`
    button.setAttribute("aria-label", this.reel.unitName(layer, unit))
    button.onpointerenter = button.onfocus = () => this.actions.look({ layer, unit })
    button.onpointerleave = button.onblur = () => this.actions.look(null)
    if (layer < 0) Object.assign(button, { disabled: true, title: this.reel.inputName(unit) })
    return button
  }

  isMapped(layer) {
    return Boolean(this.reel.plane || (layer === 0 && this.reel.picture))
  }

  // What is written in a unit without a map.
  labelOf(layer, unit) {
    if (layer < 0) return this.reel.inputName(unit)
    return (layer === this.reel.depth - 1 && this.reel.classes[unit]) || String(unit + 1)
  }

  biasButton(layer, unit) {
    const button = Object.assign(element("button", "bias"), { type: "button", disabled: !this.editable, tabIndex: -1 })
    button.dataset.ref = `b${layer + 1}[${unit}]`
    button.onclick = (event) => (event.stopPropagation(), this.actions.edit({ layer, unit, from: this.reel.sizes[layer] }, button))
    button.setAttribute("aria-label", `bias of ${this.reel.unitName(layer, unit)}`)
    return button
  }

  // ---- places -------------------------------------------------------------------------------------------------------

  resize() {
    const { clientWidth: width, clientHeight: height } = this.root
    if (!this.reel || !width || !height) return
    this.target = fitCanvas(this.canvas, width, height)
    const head = Math.max(...[...this.heads.children].map((each) => each.offsetHeight))
    const counts = this.columns.map((units) => units.length)
    this.width = width
    this.height = height
    this.places = placesOf(counts, width, height, head, this.legend.offsetHeight)
    const { unit, columns } = this.places
    this.root.classList.toggle("small-units", unit < ROOM_FOR_NUMBER)
    this.root.classList.toggle("tight", columns.length > 1 && columns[1].x - columns[0].x < TIGHT)
    columns.forEach(({ x, ys }, column) => {
      this.heads.children[column].style.left = `${x}px`
      this.columns[column].forEach((button, i) => this.place(button, x - unit / 2, ys[i] - unit / 2, unit))
      const side = Math.max(8, Math.min(13, unit * 0.26))
      this.biases[column - 1]?.forEach((button, i) => this.place(button, x - unit / 2 - side, ys[i] + unit / 2 - side, side))
    })
  }

  place(button, left, top, side) {
    Object.assign(button.style, { left: `${left}px`, top: `${top}px`, width: `${side}px`, height: `${side}px` })
  }

  // ---- painting -----------------------------------------------------------------------------------------------------

  // `lit` is the unit that is looked at.
  paint(frame, lit) {
    this.frame = frame
    this.lit = lit
    if (!this.places) return
    this.target.clearRect(0, 0, this.width, this.height)
    for (let layer = 0; layer < this.reel.depth; layer++) this.paintWires(layer)
    if (!this.reel.shown(0)) this.paintBlock()
    this.columns.forEach((units, column) => units.forEach((button, i) => this.paintUnit(column - 1, i, button)))
    this.biases.forEach((buttons, layer) => buttons.forEach((button, i) => this.paintBias(button, this.reel.biasOf(frame, layer, i))))
  }

  paintWires(layer) {
    const { unit, columns } = this.places
    const [left, right] = [columns[layer].x + unit / 2, columns[layer + 1].x - unit / 2]
    const blocked = layer === 0 && !this.reel.shown(0)
    const strength = this.lit && this.lit.layer >= 0 ? FAINT : STRONG * Math.min(1, Math.sqrt(FEW / (columns[layer].ys.length * columns[layer + 1].ys.length)))
    columns[layer + 1].ys.forEach((to, i) => columns[layer].ys.forEach((from, j) => {
      const weight = blocked ? 0 : this.reel.weight(this.frame, layer, i, j)
      const pointed = this.wire && this.wire[0] === layer && this.wire[1] === i && this.wire[2] === j
      const wide = THINNEST_WIRE + (WIDEST_WIRE * unit - THINNEST_WIRE) * Math.min(1, Math.abs(weight) / this.reel.widest || 0)
      const colour = blocked || Number.isNaN(weight) ? this.inks.quiet : weight < 0 ? this.inks.minus : this.inks.plus
      this.target.strokeStyle = cssColour(colour, pointed || this.isLit(layer, i) ? 1 : strength)
      this.target.lineWidth = pointed ? wide + 2 : blocked ? 1 : wide
      this.target.setLineDash(weight < 0 ? DASHES : [])
      this.target.beginPath()
      this.target.moveTo(left, from)
      this.target.lineTo(right, to)
      this.target.stroke()
    }))
    this.target.setLineDash([])
  }

  isLit(layer, unit) {
    return this.lit?.layer === layer && this.lit.unit === unit
  }

  paintUnit(layer, unit, button) {
    const side = this.places.unit
    const [x, y] = [this.places.columns[layer + 1].x - side / 2, this.places.columns[layer + 1].ys[unit] - side / 2]
    button.classList.toggle("lit", this.isLit(layer, unit))
    if (layer < 0) return this.reel.plane && this.paintInput(unit, x, y, side)
    if (this.reel.isLost(this.frame)) return
    const levels = this.reel.map(this.frame, layer, unit)
    if (levels && this.reel.plane.low.length === 2) return paintMap(this.target, levels, this.rampOf(layer, unit), x, y, side)
    if (levels) return this.paintCurve(levels, layer, unit, x, y, side)
    if (layer === 0 && this.reel.picture) paintPicture(this.target, this.reel, this.frame, unit, this.inks, this.largest, x, y, side)
  }

  rampOf(layer, unit) {
    return layer === this.reel.depth - 1 && this.classRamps.length ? this.classRamps[unit] : this.inks.ramp(this.reel.values(layer, unit), this.reel.range(layer, unit))
  }

  paintCurve(levels, layer, unit, x, y, side) {
    this.target.fillStyle = cssColour(this.inks.ground)
    this.target.fillRect(x, y, side, side)
    this.target.strokeStyle = cssColour(this.inks.ink)
    this.target.lineWidth = 1.6
    const { low, high } = this.reel.range(layer, unit)
    const values = this.reel.values(layer, unit)
    const height = (i) => CURVE_MARGIN + (1 - 2 * CURVE_MARGIN) * ((values[levels[i]] - low) / (high - low))
    traceCurve(this.target, levels.length, height, x, y, side)
  }

  // An input's own map: it grows along its axis.
  paintInput(input, x, y, side) {
    const upwards = this.reel.plane.low.length === 2 && input === 1
    const gradient = upwards ? this.target.createLinearGradient(x, y + side, x, y) : this.target.createLinearGradient(x, y, x + side, y)
    for (const stop of [-1, 0, 1]) gradient.addColorStop((stop + 1) / 2, cssColour(this.inks.signed(stop)))
    this.target.fillStyle = gradient
    this.target.fillRect(x, y, side, side)
  }

  paintBlock() {
    const { unit, columns } = this.places
    this.target.fillStyle = cssColour(this.inks.panel)
    this.target.strokeStyle = cssColour(this.inks.line)
    this.target.lineWidth = 1.5
    this.target.beginPath()
    this.target.roundRect(columns[0].x - unit / 2, columns[0].ys[0] - 1.5 * unit, unit, 3 * unit, 6)
    this.target.fill()
    this.target.stroke()
  }

  paintBias(button, bias) {
    const sign = bias < 0 ? "minus" : "plus"
    if (button.dataset.sign !== sign) button.dataset.sign = sign
    button.bias = bias
  }

  // ---- pointing -----------------------------------------------------------------------------------------------------

  point(event) {
    const bias = event.target.closest?.(".bias")
    if (bias) return this.actions.say(`bias = ${format(bias.bias)}`, this.editable ? ["click to change it"] : [], event)
    const found = event.target === this.canvas && this.reel.shown(0) ? this.wireAt(event) : null
    if (String(found) !== String(this.wire)) {
      this.wire = found
      this.paint(this.frame, this.lit)
    }
    this.canvas.style.cursor = found && this.editable ? "pointer" : ""
    if (!found) return this.actions.say(null)
    const [layer, unit, from] = found
    const where = `${this.reel.sourceName(layer, from)} → ${this.reel.unitName(layer, unit)}`
    this.actions.say(`weight = ${format(this.reel.weight(this.frame, layer, unit, from))}`, [where, ...(this.editable ? ["click to change it"] : [])], event)
  }

  wireAt(event) {
    const box = this.canvas.getBoundingClientRect()
    const scale = this.width / box.width // the page may be zoomed
    return nearestWire(this.places, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale, NEAR)
  }

  leave() {
    this.actions.say(null)
    if (!this.wire) return
    this.wire = null
    this.paint(this.frame, this.lit)
  }

  click(event) {
    if (event.target !== this.canvas || !this.wire) return
    const [layer, unit, from] = this.wire
    const place = () => ({ left: event.clientX, top: event.clientY, width: 0, height: 0 })
    this.actions.edit({ layer, unit, from }, { getBoundingClientRect: place, focus() {} })
  }
}
