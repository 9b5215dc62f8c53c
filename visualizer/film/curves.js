// Curves over the run, one chart above the other, with the frame on screen marked in all of them.

import { savePlots } from "./save.js"
import { element, svg } from "../web/dom.js"
import { format, percent } from "../web/numbers.js"

const LEFT = 54
const RIGHT = 8
const TOP = 6
const BOTTOM = 6
const BELOW_LAST = 22
const TICKS = 4
const STEEP = 30 // a curve whose largest number is so many times the middle one is read on powers of ten
const LEAST = 1e-12
const MANY_LINES = 3
const FILE_OF_CURVES = "unrolled-film-curves.svg"

const finite = (values) => values.filter(Number.isFinite)

function niceTicks(low, high) {
  const rough = (high - low) / TICKS || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const apart = [1, 2, 5, 10].map((part) => part * power).find((step) => step >= rough)
  const first = Math.ceil(low / apart)
  return Array.from({ length: Math.floor(high / apart + 1e-9) - first + 1 }, (_, i) => (first + i) * apart)
}

function powerTicks(low, high) {
  const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  const every = Math.ceil(powers.length / TICKS)
  return powers.filter((power) => power % every === 0).map((power) => 10 ** power)
}

class Chart {
  /** @type {number} */ width
  /** @type {number} */ height
  /** @type {number} */ unit

  constructor(host, title, { powers = false, highest = null } = {}) {
    this.title = title
    this.powers = powers
    this.highest = highest
    this.isPowers = powers
    this.values = element("span", "chart-values")
    this.toggle = Object.assign(element("button", "plain chart-scale"), { type: "button", hidden: powers || highest !== null, onclick: () => this.turn() })
    this.plot = svg("svg", { class: "plot", role: "img", "aria-label": title })
    this.root = element("section", "chart", element("header", "", element("b", "", title), this.values, this.toggle), this.plot)
    host.append(this.root)
  }

  // `lines` are {name, values, style}; `epochs` are the places of the values.
  draw(epochs, lines, frame) {
    this.epochs = epochs
    this.lines = lines
    this.frame = frame
    const all = finite(lines.flatMap(({ values }) => [...values])).sort((one, other) => one - other)
    this.all = all
    this.isPowers = this.powers || (this.highest === null && all.at(-1) > STEEP * all[all.length >> 1])
    this.root.hidden = all.length === 0
    this.readings = lines.map(({ name, style }) => element("span", `reading ${style}`, element("small", "", name), element("span", "reading-value")))
    this.values.classList.toggle("many", lines.length > MANY_LINES)
    this.values.replaceChildren(...this.readings)
    this.read(frame) // before the plot's room is measured
  }

  read(frame) {
    this.lines.forEach(({ values }, i) => (this.readings[i].lastChild.textContent = this.write(values[frame])))
  }

  turn() {
    this.isPowers = !this.isPowers
    this.resize(this.last)
    this.paint(this.frame)
  }

  range() {
    const { all } = this
    if (!this.isPowers) return [0, this.highest ?? (all.at(-1) || 1)]
    const positive = all.filter((value) => value > LEAST)
    const [low, high] = [Math.floor(Math.log10(positive[0] ?? 0.1)), Math.ceil(Math.log10(positive.at(-1) ?? 1))]
    return [low, Math.max(high, low + 1)]
  }

  x(i) {
    const [first, last] = [this.epochs[0], this.epochs.at(-1)]
    return LEFT + ((this.epochs[i] - first) / (last - first || 1)) * (this.width - LEFT - RIGHT)
  }

  y(value) {
    const [low, high] = this.limits
    const at = this.isPowers ? Math.log10(Math.max(value, LEAST)) : value
    return TOP + (1 - Math.min(1, Math.max(0, (at - low) / (high - low)))) * (this.height - TOP - this.bottom)
  }

  resize(last) {
    this.last = last
    this.toggle.textContent = this.isPowers ? "linear" : "log"
    this.toggle.title = this.isPowers ? "On an even scale" : "On powers of ten"
    this.bottom = last ? BELOW_LAST : BOTTOM
    const box = this.plot.getBoundingClientRect()
    ;[this.width, this.height] = [this.plot.clientWidth || box.width, this.plot.clientHeight || box.height]
    if (!this.width || this.root.hidden) return
    this.plot.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`)
    this.limits = this.range()
    const [low, high] = this.limits
    const ticks = (this.isPowers ? powerTicks(low, high) : niceTicks(low, high)).map((value) => this.tick(value))
    this.cursor = svg("path", { class: "cursor", d: `M0 ${TOP}V${this.height - this.bottom}` })
    this.dots = this.lines.map(({ style }) => svg("circle", { class: `dot ${style}`, r: 3.4 }))
    const below = last ? this.labels() : []
    this.plot.replaceChildren(...ticks.flat(), ...below, ...this.lines.map((line) => this.polyline(line)), this.cursor, ...this.dots)
  }

  tick(value) {
    const y = this.y(value)
    return [
      svg("path", { class: "grid-line", d: `M${LEFT} ${y}H${this.width - RIGHT}` }),
      svg("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, this.highest === 1 ? percent(value, 0) : format(value, 2)),
    ]
  }

  labels() {
    const at = (x, anchor, text) => svg("text", { x, y: this.height - 4, "text-anchor": anchor }, text)
    return [at(LEFT, "start", this.epochs[0]), at((LEFT + this.width - RIGHT) / 2, "middle", this.unit), at(this.width - RIGHT, "end", this.epochs.at(-1))]
  }

  polyline({ values, style }) {
    const points = [...values].map((value, i) => (Number.isFinite(value) ? `${this.x(i).toFixed(1)},${this.y(value).toFixed(1)}` : null))
    return svg("polyline", { class: `line ${style}`, points: points.filter(Boolean).join(" ") })
  }

  paint(frame) {
    this.frame = frame
    if (this.root.hidden || !this.cursor) return
    this.read(frame)
    this.cursor.setAttribute("transform", `translate(${this.x(frame)} 0)`)
    this.lines.forEach(({ values }, i) => {
      const value = values[frame]
      this.dots[i].setAttribute("transform", `translate(${this.x(frame)} ${Number.isFinite(value) ? this.y(value) : -99})`)
    })
  }

  write(value) {
    if (this.highest === 1) return Number.isFinite(value) ? percent(value) : "–"
    return format(value, 3)
  }

  frameAt(event) {
    const box = this.plot.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * this.width
    let best = 0
    for (let i = 1; i < this.epochs.length; i++) if (Math.abs(this.x(i) - x) < Math.abs(this.x(best) - x)) best = i
    return best
  }

  valuesAt(frame) {
    return this.lines.map(({ name, values }) => `${name} ${this.write(values[frame])}`)
  }
}

export class Curves {
  constructor(host, actions) {
    this.root = element("div", "curves")
    this.charts = {
      loss: new Chart(this.root, "Loss"),
      accuracy: new Chart(this.root, "Accuracy", { highest: 1 }),
      gradients: new Chart(this.root, "Gradient norm", { powers: true }),
      rate: new Chart(this.root, "Learning rate", { powers: true }),
    }
    // What a chart's head says may take another line, and then its plot has less room.
    this.sizes = new ResizeObserver(() => (this.resize(), this.paint(this.frame)))
    for (const chart of Object.values(this.charts)) {
      this.listen(chart, actions)
      this.sizes.observe(chart.plot)
    }
    host.append(this.root)
  }

  destroy() {
    this.sizes.disconnect()
  }

  // As one drawing.
  save() {
    savePlots(Object.values(this.charts).filter((chart) => !chart.root.hidden), FILE_OF_CURVES)
  }

  listen(chart, actions) {
    const { plot } = chart
    plot.onpointerdown = (event) => (plot.setPointerCapture(event.pointerId), actions.go(chart.frameAt(event)))
    plot.onpointermove = (event) => {
      const frame = chart.frameAt(event)
      if (event.buttons) actions.go(frame)
      actions.say(`${chart.unit} ${chart.epochs[frame]}`, chart.valuesAt(frame), event)
    }
    plot.onpointerleave = () => actions.say(null)
  }

  draw(reel, frame) {
    const epochs = [...reel.arrays.epochs.data]
    const column = (name, line = 0) => epochs.map((_, frame) => reel.number(name, frame, line))
    const pair = (name) => [
      { name: "train", values: column(`train_${name}`), style: "train" },
      { name: "test", values: column(`test_${name}`), style: "test" },
    ].filter(({ values }) => values.some(Number.isFinite))
    const layers = Array.from({ length: reel.depth }, (_, layer) => ({
      name: layer === reel.depth - 1 ? "out" : String(layer + 1), values: column("gradient_norms", layer), style: `series${layer % 7}`,
    }))
    const rates = column("learning_rates")
    const turned = finite(rates).some((rate) => rate !== rates[0])
    const lines = { loss: pair("loss"), accuracy: pair("accuracy"), gradients: layers, rate: turned ? [{ name: "", values: rates, style: "train" }] : [] }
    for (const [name, chart] of Object.entries(this.charts)) {
      chart.unit = reel.counted
      chart.draw(epochs, lines[name], frame)
    }
    this.drawn = true
  }

  resize() {
    if (!this.drawn) return
    const shown = Object.values(this.charts).filter((chart) => !chart.root.hidden)
    for (const chart of shown) chart.resize(chart === shown.at(-1))
  }

  paint(frame) {
    if (!this.drawn) return
    this.frame = frame
    for (const chart of Object.values(this.charts)) chart.paint(frame)
  }
}
