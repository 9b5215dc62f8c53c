// The loss over the iterations so far: a small curve whose points lead back, and the way on.

import { element } from "./board.js"
import { format } from "./numbers.js"

const WIDTH = 200
const HEIGHT = 44
const SVG_NS = "http://www.w3.org/2000/svg"

export class IterationStrip {
  constructor(host, iterate) {
    this.iterate = iterate
    this.label = element("div", "iteration-label")
    this.curve = document.createElementNS(SVG_NS, "svg")
    this.curve.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
    this.curve.setAttribute("class", "curve")
    this.curve.setAttribute("role", "img")
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
    Object.assign(this, { losses, current })
    this.label.textContent = `Iteration ${current} · loss ${format(losses[current])}`
    this.back.disabled = this.restart.disabled = current === 0
    this.curve.toggleAttribute("hidden", losses.length < 2)
    this.curve.setAttribute("aria-label", `loss per iteration: ${losses.slice(-8).map((loss) => format(loss)).join(", ")}`)
    const points = losses.map((loss, i) => `${this.x(i).toFixed(1)},${this.y(loss).toFixed(1)}`)
    const line = document.createElementNS(SVG_NS, "polyline")
    line.setAttribute("points", points.join(" "))
    const dot = document.createElementNS(SVG_NS, "circle")
    for (const [name, value] of Object.entries({ cx: this.x(current), cy: this.y(losses[current]), r: 4 })) dot.setAttribute(name, value)
    this.curve.replaceChildren(line, dot)
  }

  x(iteration) {
    return 6 + ((WIDTH - 12) * iteration) / Math.max(1, this.losses.length - 1)
  }

  y(loss) {
    const finite = this.losses.filter(Number.isFinite)
    const most = Math.max(...finite, 1e-12)
    return HEIGHT - 6 - (HEIGHT - 12) * (Number.isFinite(loss) ? loss / most : 1)
  }

  nearest(event) {
    const { left, width } = this.curve.getBoundingClientRect()
    const share = (((event.clientX - left) / width) * WIDTH - 6) / (WIDTH - 12)
    return Math.min(Math.max(Math.round(share * (this.losses.length - 1)), 0), this.losses.length - 1)
  }
}
