// The figure: a scene's marks as SVG. A step lights what it reads and writes, and shows only what is known by then.

import { gridColours, isTight } from "./grid.js"
import { paintFactors } from "./lanes.js"
import { MARKS } from "./marks.js"
import { arrowHead, isFramed } from "./parts.js"
import { plainSymbol } from "../formula/symbols.js"
import { element, svg } from "../../web/dom.js"
import { formatDecimals, formatFitting, formatSmall, withoutZero } from "../../web/numbers.js"

const FITTING = 1000
const LEAST_SHRINK = 0.8 // of its size: to what more digits may shrink a number

export class Figure {
  /** @type {any} */ chosenPane

  constructor(host) {
    this.host = host
    this.root = svg("svg", { class: "figure", role: "group" })
    this.surface = element("div", "surface", this.root)
    host.append(this.surface)
  }

  draw(walk, frame, editable) {
    this.walk = walk
    this.frame = frame
    this.editable = editable
    this.marks = []
    this.stagedChapter = null
    this.lit = new Map()
    this.grids = []
    this.lanes = []
    this.bars = []
    this.columns = []
    this.factors = []
    this.allProducts = []
    this.staged = []
    this.undrawn = new Map()
    this.layers = new Map()
    this.colours = gridColours(this.root)
    const { marks, description, least_scale: leastScale } = walk.scene
    this.surface.classList.toggle("legible", leastScale > 0)
    this.host.classList.toggle("scrolls", leastScale > 0) // :has() would ask for it at every step
    this.surface.style.setProperty("--least-scale", leastScale)
    this.resize("")
    this.root.setAttribute("aria-label", description)
    this.byRef = new Map()
    this.largest = new Map()
    this.digitWidth = this.measureDigit()
    this.terse = marks.some((mark) => isTight(mark) && !mark.pane)
    for (const mark of marks) if (mark.pane) this.undrawn.set(mark.pane, [...(this.undrawn.get(mark.pane) ?? []), mark])
    this.framed = new Set(marks.filter(isFramed).map((mark) => mark.pane))
    this.root.replaceChildren(arrowHead(), ...this.drawMarks(marks.filter((mark) => !mark.pane)))
  }

  // Another frame: only what depends on it is drawn anew, a pane when it is looked at.
  turnTo(frame) {
    const { walk, editable, framed } = this
    if (framed.has("") || !walk.scene.panes.length) return this.draw(walk, frame, editable)
    this.frame = frame
    for (const pane of framed) {
      this.layers.get(pane)?.remove()
      this.layers.delete(pane)
      this.undrawn.set(pane, walk.scene.marks.filter((mark) => mark.pane === pane))
    }
    const there = ({ node }) => node?.isConnected
    for (const list of ["marks", "grids", "lanes", "bars", "factors", "staged", "columns"]) this[list] = this[list].filter(there)
    for (const [ref, nodes] of this.byRef) this.byRef.set(ref, nodes.filter((node) => node.isConnected))
    for (const column of this.columns) column.node.classList.toggle("now", column.at === frame)
    this.stagedPane = null
  }

  // Where time is wider than the window, the frame at hand is scrolled to.
  showColumn() {
    const { width } = this.walk.scene
    const column = this.columns.find(({ at }) => at === this.frame)
    if (!column || width <= FITTING || column.node.closest(".off")) return
    const scale = this.host.scrollWidth / width
    const [left, right] = [(column.x + column.width) * scale - this.host.clientWidth, column.x * scale]
    if (this.host.scrollLeft < left || this.host.scrollLeft > right) this.host.scrollLeft = (left + right) / 2
  }

  // The surface, which a pane may have of its own size.
  resize(pane) {
    const { width, height, pane_sizes: sizes } = this.walk.scene
    const [w, h] = sizes?.[pane] ?? [width, height]
    const box = `0 0 ${w} ${h}`
    if (this.root.getAttribute("viewBox") === box) return // to set it again would lay out every text of the figure
    this.root.setAttribute("viewBox", box)
    this.surface.style.setProperty("--scene-width", w)
    this.surface.style.setProperty("--scene-height", h)
  }

  drawMarks(marks) {
    return marks.map((mark) => this.drawMark(mark)).filter(Boolean)
  }

  // A mark's Refs for the frame that is shown: "@" is its number, "@-1" the one before, "|" parts what to take instead.
  resolve(text) {
    const choices = text.split("|").map((ref) => ref.replace(/@([+-]\d+)?/g, (_, offset) => this.frame + Number(offset ?? 0)))
    return choices.find((ref) => this.walk.has(ref)) ?? null
  }

  // Which of the scene's panes a step is shown in, unless the viewer chose another.
  paneAt(chapter) {
    const { panes, pane_of: paneOf } = this.walk.scene
    return this.chosenPane ?? paneOf[chapter] ?? panes[0] ?? ""
  }

  // A digit's width as a share of its size, in the heaviest type that the viewer has.
  measureDigit() {
    const probe = svg("text", { "font-size": 100, class: "number gradient" }, "0")
    this.root.replaceChildren(probe)
    return probe.getComputedTextLength() / 100 || 0.6
  }

  drawMark(mark) {
    if (mark.frame !== undefined && mark.frame !== null && mark.frame !== this.frame) return null
    const refs = (mark.refs ?? [mark.ref]).filter(Boolean).map((ref) => this.resolve(ref)).filter(Boolean)
    if ((mark.refs?.length || mark.kind === "number") && !refs.length) return null
    const node = MARKS[mark.kind](this, mark, refs)
    if (node && mark.chapters?.length) this.staged.push({ node, chapters: new Set(mark.chapters) })
    if (node && mark.kind !== "label") for (const ref of refs) this.remember(ref, node)
    return node
  }

  remember(ref, node) {
    if (!this.byRef.has(ref)) this.byRef.set(ref, [])
    this.byRef.get(ref).push(node)
  }

  paint(step, at) {
    const phase = step?.phase ?? "start"
    if (this.root.dataset.phase !== phase) this.root.dataset.phase = phase
    const chapter = this.walk.chapterAt(at)
    this.stage(chapter, this.paneAt(chapter))
    for (const mark of this.marks) this.paintNumber(mark, at)
    for (const lane of this.lanes) lane.paint(step, at)
    for (const bar of this.bars) bar.paint(at)
    paintFactors(this.walk, step, this.factors, this.digitWidth)
    const lit = { reads: this.byArray(step?.reads ?? []), writes: this.byArray(step ? (step.writes ?? [step.target]) : []) }
    for (const grid of this.grids) if (!grid.node.classList.contains("off")) grid.paint(step, at, this.colours, lit)
    for (const products of this.allProducts) products.paint(this.walk, step, this.terse)
    this.light(lit)
  }

  // The numbers that Refs name, by their array.
  byArray(refs) {
    const found = new Map()
    for (const ref of refs) {
      const { name, elements } = this.walk.ref(ref)
      found.set(name, [...(found.get(name) ?? []), ...elements])
    }
    return found
  }

  // Marks that stand in some chapters only, or in one of the panes.
  stage(chapter, shownPane) {
    if (chapter === this.stagedChapter && shownPane === this.stagedPane) return
    const turned = shownPane !== this.stagedPane
    this.stagedChapter = chapter
    this.stagedPane = shownPane
    if (this.undrawn.has(shownPane)) {
      const layer = svg("g", {}, ...this.drawMarks(this.undrawn.get(shownPane))) // a pane that nobody looks at costs nothing
      this.layers.set(shownPane, layer)
      this.undrawn.delete(shownPane)
      this.root.append(layer)
    }
    this.resize(shownPane)
    for (const [pane, layer] of this.layers) layer.classList.toggle("off", pane !== shownPane)
    for (const { node, chapters } of this.staged) node.classList.toggle("off", !chapters.has(chapter))
    if (turned) this.showColumn()
  }

  paintNumber(mark, at) {
    const known = mark.written <= at
    if (known === mark.known) return
    mark.known = known
    mark.node.classList.toggle("known", known)
    const text = known ? mark.prefix + this.written(this.walk.value(mark.ref), mark) : ""
    mark.node.textContent = text
    const room = mark.shrink ? mark.shrink / this.widthOf(text) : mark.size
    mark.node.style.fontSize = `${Math.min(mark.size, room)}px`
    if (this.editable.has(this.walk.ref(mark.ref).name)) mark.node.setAttribute("aria-label", `${plainSymbol(this.walk, mark.ref)}: ${text}. Change`)
  }

  written(value, { short, significant, decimals, terse, shrink, size, prefix = "" }) {
    const bare = (text) => (terse ? withoutZero(text) : text)
    if (short) return bare(formatSmall(value))
    if (typeof decimals === "number") return bare(formatDecimals(value, decimals))
    const room = shrink / (size * LEAST_SHRINK)
    return bare(formatFitting(value, significant, (text) => this.widthOf(prefix + bare(text)) <= room))
  }

  // A text's width as a share of its size; points and blanks are about half as wide as digits.
  widthOf(text) {
    return [...text].reduce((width, c) => width + (". ·".includes(c) ? 0.5 : 1), 0) * this.digitWidth
  }

  // Lights the marks of what is read and written, and touches only those that were lit otherwise before.
  light({ reads, writes }) {
    const lit = new Map()
    for (const [role, arrays] of [["reads", reads], ["writes", writes]]) {
      for (const refs of arrays.values()) for (const ref of refs) for (const node of this.byRef.get(ref) ?? []) lit.set(node, lit.has(node) && lit.get(node) !== role ? "reads writes" : role)
    }
    for (const [node, role] of this.lit) if (lit.get(node) !== role) node.classList.remove(...role.split(" "))
    for (const [node, role] of lit) if (this.lit.get(node) !== role) node.classList.add(...role.split(" "))
    this.lit = lit
  }

  // Marks of a number that the pointer is on, here or in the formula.
  link(ref) {
    for (const node of this.linked ?? []) node.classList.remove("linked")
    this.linked = this.byRef.get(ref) ?? []
    for (const node of this.linked) node.classList.add("linked")
    for (const grid of this.grids) grid.link(ref)
  }

  // The number that a pointer is on: a mark's own, or the one below it in a grid.
  refAt(event) {
    const mark = event.target.closest("[data-ref], [data-around]")
    if (mark) return mark.dataset.ref ?? mark.dataset.around
    const node = event.target.closest(".grid")
    return this.grids.find((grid) => grid.node === node)?.refAt(event)
  }

  // The mark of a number, or where it stands as a factor.
  markOf(ref) {
    return this.marks.find((mark) => mark.ref === ref)?.node ?? this.factors.find(({ factor }) => factor === ref)?.node
  }

  // The number that can be changed so many places after another, among those that show; round and round.
  editableFrom(ref, places) {
    const shown = this.marks.filter(({ node }) => node.classList.contains("editable") && node.getClientRects().length)
    const at = shown.findIndex((mark) => mark.ref === ref)
    return at < 0 || shown.length < 2 ? null : shown.at((at + places) % shown.length).ref
  }

  // The stretch from left to right that holds all lit marks, on the screen; null where nothing is lit.
  litStretch() {
    const cells = [...this.root.querySelectorAll('.grid:not(.off) .cells[d]:not([d=""])')]
    const boxes = [...[...this.lit.keys()].filter((node) => node.localName !== "path"), ...cells].map((node) => node.getBoundingClientRect())
    if (!boxes.length) return null
    return { left: Math.min(...boxes.map((box) => box.left)), right: Math.max(...boxes.map((box) => box.right)) }
  }
}
