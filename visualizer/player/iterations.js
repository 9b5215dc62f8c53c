// The loss over the iterations so far: a small chart whose points lead back, and the way on.

import { element, svg } from "../web/dom.js"
import { format } from "../web/numbers.js"

const WIDTH = 360
const HEIGHT = 96
const PLOT = { left: 58, right: WIDTH - 12, top: 10, bottom: HEIGHT - 24 }
const MOST_DOTS = 40

export class IterationStrip {
  constructor(host, iterate) {
    this.iterate = iterate
    this.label = element("div", "iteration-label")
    this.curve = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "curve", role: "img" })
    this.curve.onclick = (event) => iterate(this.nearest(event))
    const button = (label, className, action) =>
      Object.assign(element("button", className, label), { type: "button", onclick: () => action() })
    this.apply = button("Apply the update and go on", "primary", () => iterate("apply"))
    this.back = button("◀ Back one", "plain", () => iterate(this.current - 1))
    this.restart = button("Start again", "plain", () => iterate("restart"))
    this.undo = button("Undo change", "plain", () => iterate("undo"))
    this.restart.title = "The same start again"
    this.undo.title = "Take the last change of a number back (Ctrl+Z)"
    this.undo.dataset.testid = "iterate-undo"
    this.apply.dataset.testid = "iterate-apply"
    this.back.dataset.testid = "iterate-back"
    this.restart.dataset.testid = "iterate-restart"
    this.root = element("section", "iterations", this.label, this.curve, element("div", "row", this.apply, this.back, this.restart, this.undo))
    host.append(this.root)
  }

  paint(iterations) {
    this.root.hidden = !iterations
    if (!iterations) return
    const losses = iterations.losses.map(Number) // infinities come as texts
    const { current, canUndo } = iterations
    this.undo.hidden = !canUndo
    this.losses = losses
    this.current = current
    this.label.textContent = `Iteration ${current} · loss ${format(losses[current])}`
    this.back.disabled = this.restart.disabled = current === 0
    this.curve.toggleAttribute("hidden", losses.length < 2)
    this.curve.setAttribute("aria-label", `loss per iteration: ${losses.slice(-8).map((loss) => format(loss)).join(", ")}`)
    this.most = Math.max(...losses.filter(Number.isFinite), 1e-12)
    const points = losses.map((loss, i) => `${this.x(i).toFixed(1)},${this.y(loss).toFixed(1)}`)
    const dots = losses.length > MOST_DOTS ? [] : losses.map((loss, i) => svg("circle", { class: "point", cx: this.x(i), cy: this.y(loss), r: 2.5 }))
    const here = svg("circle", { cx: this.x(current), cy: this.y(losses[current]), r: 5 })
    this.curve.replaceChildren(...this.axes(), svg("polyline", { points: points.join(" ") }), ...dots, here)
  }

  // The loss from 0 to its largest, and the iterations from the start to the last.
  axes() {
    const { left, right, top, bottom } = PLOT
    const line = (y) => svg("line", { x1: left, x2: right, y1: y, y2: y })
    const label = (x, y, anchor, words) => svg("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central" }, words)
    const last = this.losses.length - 1
    return [
      line(top), line(bottom), label(left - 6, top, "end", format(this.most, 3)), label(left - 6, bottom, "end", "0"),
      label(left - 6, (top + bottom) / 2, "end", "loss"), label(left, bottom + 14, "middle", "0"),
      label((left + right) / 2, bottom + 14, "middle", "iteration"), label(right, bottom + 14, "end", String(last)),
    ]
  }

  x(iteration) {
    return PLOT.left + ((PLOT.right - PLOT.left) * iteration) / Math.max(1, this.losses.length - 1)
  }

  y(loss) {
    return PLOT.bottom - (PLOT.bottom - PLOT.top) * (Number.isFinite(loss) ? loss / this.most : 1)
  }

  nearest(event) {
    const { left, width } = this.curve.getBoundingClientRect()
    const share = (((event.clientX - left) / width) * WIDTH - PLOT.left) / (PLOT.right - PLOT.left)
    return Math.min(Math.max(Math.round(share * (this.losses.length - 1)), 0), this.losses.length - 1)
  }
}
