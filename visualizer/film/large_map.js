// The large drawing of a unit: its map over the plane with the data on it, its curve over a line, its weights as a
// picture; or what the net guesses against what is true.

import { cssColour } from "./inks.js"
import { fitCanvas, paintMap, paintPicture, paintPoint, paintWinners, traceBoundary, traceCurve } from "./maps.js"
import { element } from "../web/dom.js"
import { format } from "../web/numbers.js"

const POINT = 3.6
const SEEN = 8
const AWAKE = 0.02 // of its largest answer: from there on a unit that is never negative counts as awake
const AROUND = 0.06 // around what is guessed

export class LargeMap {
  constructor(host, actions) {
    this.actions = actions
    this.canvas = element("canvas", "map")
    this.canvas.setAttribute("role", "img")
    this.up = element("div", "axis up", element("span"), element("b"), element("span"))
    this.across = element("div", "axis across", element("span"), element("b"), element("span"))
    this.root = element("div", "map-frame", this.up, this.canvas, this.across)
    this.canvas.onpointermove = (event) => this.point(event)
    this.canvas.onpointerleave = () => actions.say(null)
    this.points = document.createElement("canvas")
    host.append(this.root)
  }

  draw(reel, inks) {
    this.reel = reel
    this.inks = inks
    this.flat = reel.plane?.low.length === 2
    this.classRamps = reel.manyClasses && reel.plane ? reel.classes.map((_, i) => inks.classRamp(reel.values(reel.depth - 1), i, reel.classes.length)) : []
    this.largest = reel.picture ? reel.largestWeight(0, 1) : 1
    if (reel.arrays.guesses) this.guessRange()
  }

  // ---- places -------------------------------------------------------------------------------------------------------

  resize(side, tested) {
    this.side = side
    this.target = fitCanvas(this.canvas, side, side)
    this.drawPoints(tested)
  }

  label(axis, low, name, high) {
    const write = (value) => (value === "" ? "" : format(value, 2))
    ;[write(low), name, write(high)].forEach((text, i) => (axis.children[i].textContent = text))
  }

  // The points stay where they are, so they are drawn once, to be laid over every map.
  drawPoints(tested) {
    if (!this.side || !this.reel?.plane) return
    const target = fitCanvas(this.points, this.side, this.side)
    target.clearRect(0, 0, this.side, this.side)
    this.drawSet(target, "train", false)
    if (tested && this.reel.arrays.test_x) this.drawSet(target, "test", true)
  }

  drawSet(target, name, hollow) {
    const answers = this.reel.arrays[`${name}_y`].data
    answers.forEach((answer, i) => this.paintAnswer(target, ...this.placeOf(name, i), answer, hollow))
  }

  // The examples that the update on screen was made with.
  paintSeen() {
    Object.assign(this.target, { strokeStyle: cssColour(this.inks.ink), lineWidth: 2 })
    const drawn = this.reel.arrays.train_x.shape[0]
    for (const example of this.reel.seen(this.frame).filter((each) => each < drawn)) {
      this.target.beginPath()
      this.target.arc(...this.placeOf("train", example), SEEN, 0, 2 * Math.PI)
      this.target.stroke()
    }
  }

  // Where an example is drawn.
  placeOf(name, i) {
    const { data, shape: [, inputs] } = this.reel.arrays[`${name}_x`]
    const { low, high, bottom, top } = this.reel.plane
    const place = (value, from, to) => ((value - from) / (to - from)) * this.side
    const answer = this.reel.arrays[`${name}_y`].data[i]
    const y = this.flat ? place(data[i * inputs + 1], low[1], high[1]) : place(this.heightOf(answer), bottom, top)
    return [place(data[i * inputs], low[0], high[0]), this.side - y]
  }

  // Along a line, where the points of many classes stand says nothing: they stand in a row.
  heightOf(answer) {
    if (this.reel.classes.length > 2) return 0
    return this.reel.signed && this.reel.classes.length ? 2 * answer - 1 : answer
  }

  paintAnswer(target, x, y, answer, hollow) {
    const { classes } = this.reel
    const numbers = classes.length === 0
    const { centre, high } = this.reel.range(this.reel.depth - 1)
    const colour = numbers ? this.inks.signed(this.flat ? (answer - centre) / (high - centre) : 1, 1) : this.inks.ofClass(answer, classes.length)
    const edge = numbers && this.flat ? this.inks.ink : this.inks.ground
    paintPoint(target, x, y, POINT, numbers ? 0 : this.shapeOf(answer), cssColour(colour), cssColour(edge), hollow)
  }

  // Of two classes the one that the net should answer high for has the round sign.
  shapeOf(number) {
    return this.reel.classes.length === 2 ? 1 - number : number
  }

  // ---- painting -----------------------------------------------------------------------------------------------------

  // Whether there is anything to draw of a unit, or of the net's answer where that is null.
  shows(layer, unit) {
    return Boolean(this.reel.plane || (layer === 0 && unit && this.reel.picture) || (!unit && this.reel.arrays.guesses))
  }

  paint(frame, layer, unit) {
    this.frame = frame
    this.layer = layer
    this.unit = unit
    if (!this.target) return
    const levels = this.reel.map(frame, layer, unit?.unit ?? 0)
    if (levels && this.reel.isLost(frame)) this.paintNothing()
    else if (levels && this.flat) this.paintPlane(levels)
    else if (levels) this.paintLine(levels)
    else if (unit && layer === 0 && this.reel.picture) paintPicture(this.target, this.reel, frame, unit.unit, this.inks, this.largest, 0, 0, this.side)
    else if (this.reel.arrays.guesses) this.paintGuesses()
  }

  get wins() {
    return this.classRamps.length > 0 && !this.unit
  }

  get isLast() {
    return this.layer === this.reel.depth - 1
  }

  rampOf(layer, unit) {
    return layer === this.reel.depth - 1 && this.classRamps.length ? this.classRamps[unit.unit] : this.inks.ramp(this.reel.values(layer, unit?.unit), this.reel.range(layer, unit?.unit))
  }

  paintPlane(levels) {
    const { target, side, reel, frame } = this
    if (this.wins) paintWinners(target, reel.classes.map((_, i) => reel.map(frame, this.layer, i)), this.classRamps, 0, 0, side)
    else {
      paintMap(target, levels, this.rampOf(this.layer, this.unit), 0, 0, side)
      const { low, high, centre } = reel.range(this.layer, this.unit?.unit)
      const values = reel.values(this.layer, this.unit?.unit)
      Object.assign(target, { strokeStyle: cssColour(this.inks.ink, 0.85), lineWidth: 1.4 })
      traceBoundary(target, levels, values, centre > low ? centre : AWAKE * high, 0, 0, side)
    }
    target.drawImage(this.points, 0, 0, side, side)
    this.paintSeen()
  }

  paintLine(levels) {
    const { target, side, reel, frame, layer } = this
    const { low, high } = this.isLast ? { low: reel.plane.bottom, high: reel.plane.top } : reel.range(layer, this.unit?.unit)
    this.ground(low, high)
    const trace = (each, colour) => {
      Object.assign(target, { strokeStyle: cssColour(colour), lineWidth: 2.4 })
      traceCurve(target, each.length, (i) => (reel.values(layer, this.unit?.unit)[each[i]] - low) / (high - low), 0, 0, side)
    }
    if (this.wins && this.isLast) reel.classes.forEach((_, i) => trace(reel.map(frame, layer, i), this.inks.ofClass(i, reel.classes.length)))
    else trace(levels, this.inks.ink)
    if (!this.isLast) return
    target.drawImage(this.points, 0, 0, side, side)
    this.paintSeen()
  }

  // A net that has diverged answers nothing.
  paintNothing() {
    this.ground(1, 0)
    this.target.drawImage(this.points, 0, 0, this.side, this.side)
  }

  // An empty drawing from `low` to `high`, with a line at 0.
  ground(low, high) {
    const { target, side } = this
    target.fillStyle = cssColour(this.inks.ground)
    target.fillRect(0, 0, side, side)
    if (low >= 0 || high <= 0) return
    const zero = side * (high / (high - low))
    Object.assign(target, { strokeStyle: cssColour(this.inks.line), lineWidth: 1 })
    target.beginPath()
    target.moveTo(0, zero)
    target.lineTo(side, zero)
    target.stroke()
  }

  guessRange() {
    const truths = this.reel.arrays.truths.data
    const [low, high] = [Math.min(...truths), Math.max(...truths)]
    const room = AROUND * (high - low) || 1
    this.guessed = { low: low - room, high: high + room }
  }

  paintGuesses() {
    const { target, side, reel, frame } = this
    const { low, high } = this.guessed
    this.ground(1, 0)
    Object.assign(target, { strokeStyle: cssColour(this.inks.quiet), lineWidth: 1 })
    target.beginPath()
    target.moveTo(0, side)
    target.lineTo(side, 0)
    target.stroke()
    const { data: truths, shape: [count] } = reel.arrays.truths
    const place = (value) => Math.min(1, Math.max(0, (value - low) / (high - low))) * side
    for (let i = 0; i < count; i++) {
      paintPoint(target, place(truths[i]), side - place(reel.number("guesses", frame, i)), POINT, 0, cssColour(this.inks.plus), cssColour(this.inks.ground), false)
    }
  }

  // What the axes are, for the unit that is shown.
  nameAxes(layer, unit) {
    const { plane, names, depth } = this.reel
    if (!plane) {
      const guesses = !unit && this.guessed
      this.label(this.across, guesses ? guesses.low : "", guesses ? "true" : "", guesses ? guesses.high : "")
      return this.label(this.up, guesses ? guesses.low : "", guesses ? "net" : "", guesses ? guesses.high : "")
    }
    this.label(this.across, plane.low[0], names[0], plane.high[0])
    if (this.flat) return this.label(this.up, plane.low[1], names[1], plane.high[1])
    const range = layer === depth - 1 ? { low: plane.bottom, high: plane.top } : this.reel.range(layer, unit?.unit)
    this.label(this.up, range.low, "", range.high)
  }

  // ---- pointing -----------------------------------------------------------------------------------------------------

  point(event) {
    const levels = this.reel.map(this.frame, this.layer, this.unit?.unit ?? 0)
    if (!levels || this.wins || this.reel.isLost(this.frame)) return
    const box = this.canvas.getBoundingClientRect()
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
    const { low, high } = this.reel.plane
    const side = this.flat ? Math.sqrt(levels.length) : levels.length
    const cell = (share) => Math.min(side - 1, Math.max(0, Math.floor(share * side)))
    const value = this.reel.values(this.layer, this.unit?.unit)[levels[this.flat ? cell(y) * side + cell(x) : cell(x)]]
    const where = [x, 1 - y].slice(0, low.length).map((share, axis) => `${this.reel.names[axis]} = ${format(low[axis] + share * (high[axis] - low[axis]), 3)}`)
    this.actions.say(format(value, 3), [where.join(", ")], event)
  }
}
