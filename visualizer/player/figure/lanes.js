// What binds the numbers of time steps: a gate's bar, the line that a state runs along, the factors of a sum.

import { svg } from "../../web/dom.js"
import { format } from "../../web/numbers.js"

const THINNEST = 1.5

// How far a gate is open, or a number of at most 1, in the colour of its sign.
export class Bar {
  constructor(walk, ref, { x, y, width, height }) {
    this.walk = walk
    this.ref = ref
    this.width = width
    this.known = null
    this.written = walk.writerOf(ref)
    this.node = svg("rect", { class: "bar", x, y, height, rx: height / 2 })
  }

  paint(at) {
    const known = this.written <= at
    if (known === this.known) return
    this.known = known
    const value = known ? this.walk.value(this.ref) : 0
    this.node.setAttribute("width", (this.width * Math.min(1, Math.abs(value) || 0)).toFixed(2))
    this.node.classList.toggle("negative", value < 0)
  }
}

// A state's way from one time step to the next, lit by the step that takes it, or its gradient, across.
export class Lane {
  constructor(walk, { path, thickness, back }, { gate, before, frame }) {
    this.walk = walk
    this.thickness = thickness
    this.gate = gate
    this.before = before
    this.frame = frame
    this.back = back
    this.gradient = `grad_${before}`
    this.known = null
    this.written = gate ? walk.writerOf(gate) : walk.writerOf(before)
    this.node = svg("path", { class: back ? "lane back" : "lane", d: path })
  }

  paint(step, at) {
    const known = this.written <= at
    if (known !== this.known) {
      this.known = known
      const share = this.gate ? Math.min(1, Math.abs(this.walk.value(this.gate))) : 1
      this.node.style.strokeWidth = String(known ? Math.max(THINNEST, share * this.thickness) : THINNEST)
      this.node.classList.toggle("known", known)
    }
    const crossed = Boolean(step) && this.isCrossed(step)
    if (crossed !== this.crossed) this.node.classList.toggle("reads", (this.crossed = crossed))
  }

  isCrossed({ phase, target, reads }) {
    if (this.back) return target === this.gradient && reads.some((ref) => this.isLater(ref))
    return phase === "forward" && this.isLater(target) && reads.some((ref) => this.walk.ref(ref).elements.includes(this.before))
  }

  // Whether a number is one of the time step that the lane leads to.
  isLater(ref) {
    const { name, index } = this.walk.ref(ref)
    return this.walk.scene.frame_axes[name] === 0 && index[0] === this.frame
  }
}

// What each number is multiplied with in a step's sums of products.
function factorsIn(walk, expression) {
  if (!Array.isArray(expression)) return []
  const [kind, ...parts] = expression
  if (kind === "sum") return parts.flatMap((part) => factorsIn(walk, part))
  if (kind !== "dot") return []
  const [factors, numbers] = parts.slice(0, 2).map((ref) => walk.ref(ref).elements)
  return numbers.map((number, i) => [number, factors[i]])
}

// The factor of one number, written beside it.
export class Factor {
  constructor(ref, { x, y, size, shrink }) {
    this.number = ref
    this.size = size
    this.shrink = shrink
    this.factor = undefined
    this.node = svg("text", { class: "number factor", x, y, "text-anchor": "middle", "dominant-baseline": "central" })
  }

  paint(walk, factor, digitWidth) {
    if (factor === this.factor) return
    this.factor = factor
    const text = factor ? `× ${format(walk.value(factor), 3)}` : ""
    this.node.textContent = text
    this.node.classList.toggle("known", Boolean(factor))
    if (!factor) return delete this.node.dataset.ref
    this.node.dataset.ref = factor
    this.node.style.fontSize = `${Math.min(this.size, this.shrink / (text.length * digitWidth))}px`
  }
}

export function paintFactors(walk, step, factors, digitWidth) {
  if (!factors.length) return
  const found = new Map(step?.phase === "forward" ? factorsIn(walk, step.expression) : [])
  for (const factor of factors) factor.paint(walk, found.get(factor.number), digitWidth)
}
