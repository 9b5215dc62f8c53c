// One unit, large, with its scale and its weights as numbers; the net's answer where no unit is looked at.

import { cssColour } from "./inks.js"
import { LargeMap } from "./large_map.js"
import { fitCanvas, paintPoint } from "./maps.js"
import { saveCanvas } from "./save.js"
import { Bars } from "./bars.js"
import { element, rem } from "../web/dom.js"
import { format } from "../web/numbers.js"

const AXIS = 2.6 // rem left of the map
const BELOW = 11 // rem for the scale and the weights with their title
const SMALLEST_MAP = 150
const LARGEST_MAP = 560
const SIGN = 14
const SCALE = 256 // pixels
const FILE = "unrolled-film-map.png"

export class View {
  stacked = false

  constructor(host, actions) {
    this.title = element("h3", "view-title")
    this.title.dataset.testid = "film-view"
    this.about = element("div", "view-about")
    this.picture = Object.assign(element("button", "plain file", "PNG"), { type: "button", title: "Save this map as an image", onclick: () => saveCanvas(this.map.canvas, FILE) })
    this.root = element("section", "view", element("header", "view-head", this.title, this.picture), this.about)
    this.map = new LargeMap(this.root, actions)
    this.ramp = element("canvas", "ramp")
    this.marks = element("div", "ramp-marks", element("span"), element("span"), element("span"))
    this.scale = element("div", "scale", this.ramp, this.marks)
    this.legend = element("div", "legend")
    this.tested = Object.assign(element("input"), { type: "checkbox", onchange: () => this.togglePoints() })
    this.test = element("label", "test", this.tested, "test points")
    this.root.append(element("div", "below", this.scale, this.legend))
    this.list = new Bars(this.root, actions)
    host.append(this.root)
  }

  draw(reel, inks, editable) {
    this.reel = reel
    this.inks = inks
    this.shown = null
    this.map.draw(reel, inks)
    this.list.draw(reel, editable)
    this.test.hidden = !reel.arrays.test_x
    const signs = reel.plane ? reel.classes.map((name, number) => this.sign(name, number)) : []
    const seen = reel.plane && reel.arrays.seen ? [element("span", "seen", reel.counted === "example" ? "this example" : "in this update")] : []
    this.legend.replaceChildren(...signs, ...seen, this.test)
  }

  sign(name, number) {
    const canvas = element("canvas")
    const colour = cssColour(this.inks.ofClass(number, this.reel.classes.length))
    paintPoint(fitCanvas(canvas, SIGN, SIGN), SIGN / 2, SIGN / 2, 4, this.map.shapeOf(number), colour, cssColour(this.inks.ground), false)
    return element("span", "sign", canvas, name)
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.root
    if (!this.reel || !width) return
    const most = this.stacked ? LARGEST_MAP : height - BELOW * rem() - this.title.offsetHeight - this.about.offsetHeight
    const side = Math.floor(Math.max(SMALLEST_MAP, Math.min(LARGEST_MAP, width - AXIS * rem(), most)))
    this.root.style.setProperty("--side", `${side}px`)
    this.map.resize(side, this.tested.checked)
  }

  togglePoints() {
    this.map.drawPoints(this.tested.checked)
    this.paint(this.frame, this.unit)
  }

  // `unit` is {layer, unit}, or null for the net's answer.
  paint(frame, unit) {
    this.frame = frame
    this.unit = unit
    const layer = unit?.layer ?? this.reel.depth - 1
    const key = `${layer},${unit?.unit}`
    if (this.shown !== key) this.name(layer, unit)
    this.shown = key
    if (this.map.shows(layer, unit)) this.map.paint(frame, layer, unit)
    this.list.paint(frame)
  }

  name(layer, unit) {
    const { reel } = this
    const several = !unit && reel.sizes.at(-1) > 1
    const isLast = layer === reel.depth - 1
    this.title.textContent = !isLast || (unit && reel.sizes.at(-1) > 1) ? reel.unitName(layer, unit.unit).replace(/^l/, "L").replace(/^o/, "O") : reel.title
    this.about.textContent = isLast ? reel.about : `${reel.activation} of its weighted inputs`
    this.map.root.hidden = !this.map.shows(layer, unit)
    this.picture.hidden = this.map.root.hidden
    this.map.nameAxes(layer, unit)
    this.map.canvas.setAttribute("aria-label", this.title.textContent)
    this.drawScale(layer, unit)
    if (!unit && reel.arrays.right) this.list.showAccuracies()
    else if (several) this.list.clear()
    else this.list.show(layer, unit?.unit ?? 0)
  }

  drawScale(layer, unit) {
    this.scale.hidden = !this.map.flat || (this.map.classRamps.length > 0 && !unit)
    if (this.scale.hidden) return
    const { low, high, centre } = this.reel.range(layer, unit?.unit)
    const [ramp, values] = [this.map.rampOf(layer, unit), this.reel.values(layer, unit?.unit)]
    Object.assign(this.ramp, { width: SCALE, height: 1 })
    const target = this.ramp.getContext("2d")
    const image = target.createImageData(SCALE, 1)
    const colours = new Uint32Array(image.data.buffer)
    for (let i = 0, level = 0; i < SCALE; i++) {
      while (level < values.length - 1 && values[level] < low + (i / (SCALE - 1)) * (high - low)) level++
      colours[i] = ramp[level]
    }
    target.putImageData(image, 0, 0)
    const middle = centre > low && centre < high ? centre : (low + high) / 2
    ;[low, middle, high].forEach((value, i) => (this.marks.children[i].textContent = format(value, 2)))
  }
}
