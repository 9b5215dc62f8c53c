// Bars: a unit's weights, each with its number and a place to change it; or the test accuracy of each class.

import { element } from "../web/dom.js"
import { format, percent } from "../web/numbers.js"

const LONGEST = 92 // per cent of a row
const SHOWN = 3 // significant digits; all of them are in the field that changes a weight
const SHORT = 7 // characters of a name

export class Bars {
  constructor(host, actions) {
    this.actions = actions
    this.root = element("div", "weights")
    this.root.setAttribute("role", "group")
    this.title = element("div", "weights-title")
    host.append(this.title, this.root)
  }

  draw(reel, editable) {
    this.reel = reel
    this.editable = editable
    this.refs = []
    this.shares = null
    this.largest = reel.sizes.slice(1).map((_, layer) => reel.largestWeight(layer, layer + 1))
  }

  // The weights of a unit.
  show(layer, unit) {
    const { reel } = this
    this.root.classList.toggle("long", layer === 0 && reel.names.some((name) => name.length > SHORT))
    this.shares = null
    this.refs = Array.from({ length: reel.sizes[layer] + reel.bias }, (_, from) => ({ layer, unit, from }))
    this.root.replaceChildren(...this.refs.map((ref) => this.weightRow(ref)))
    this.title.textContent = `weights into ${layer === reel.depth - 1 && reel.sizes.at(-1) === 1 ? "the output" : reel.unitName(layer, unit)}`
    this.root.setAttribute("aria-label", `weights of ${reel.unitName(layer, unit)}`)
  }

  // The test accuracy of each class.
  showAccuracies() {
    this.refs = []
    this.shares = this.reel.classes.map((_, number) => number)
    this.root.classList.add("shares")
    this.root.replaceChildren(...this.shares.map((number) => this.row("div", this.reel.classes[number])))
    this.title.textContent = ""
    this.root.setAttribute("aria-label", "right answers by class")
  }

  clear() {
    this.refs = []
    this.shares = null
    this.title.textContent = ""
    this.root.replaceChildren()
  }

  row(tag, name) {
    return element(tag, "weight", element("span", "weight-name", name), element("span", "weight-value"), element("span", "weight-bar"))
  }

  weightRow(ref) {
    const { reel } = this
    const row = this.row("button", reel.sourceName(ref.layer, ref.from))
    Object.assign(row, { type: "button", disabled: !this.editable, onclick: () => this.actions.edit(ref, row) })
    row.dataset.ref = ref.from === reel.sizes[ref.layer] ? `b${ref.layer + 1}[${ref.unit}]` : `W${ref.layer + 1}[${ref.unit},${ref.from}]`
    return row
  }

  paint(frame) {
    this.refs.forEach(({ layer, unit, from }, i) => {
      const weight = this.reel.weight(frame, layer, unit, from)
      this.paintRow(i, format(weight, SHOWN), weight, this.largest[layer])
    })
    this.shares?.forEach((number) => {
      const share = this.reel.number("right", frame, number)
      this.paintRow(number, Number.isFinite(share) ? percent(share, 0) : "–", share, 1)
    })
  }

  paintRow(i, text, value, largest) {
    const [, shown, bar] = /** @type {HTMLElement[]} */ ([...this.root.children[i].children])
    if (shown.textContent === text) return
    shown.textContent = text
    bar.style.width = `${LONGEST * Math.min(1, Math.abs(value) / largest || 0)}%`
    bar.className = `weight-bar ${value < 0 ? "negative" : "positive"}`
  }
}
