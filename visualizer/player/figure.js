// The figure: a scene's marks as SVG. A step lights what it reads and writes, and shows only what is known by then.

import { Grid, gridColours, isTight } from "./grid.js"
import { Factor, Lane, paintFactors } from "./lanes.js"
import { format, formatSmall, withoutZero } from "./numbers.js"
import { Products } from "./products.js"
import { svg } from "./svg.js"
import { plainSymbol, symbolParts } from "./symbols.js"

const PREFIX = { gradient: "∂ ", update: "→ ", inner: "a ", "inner-gradient": "∂a " }

// The flow of the backward pass: an arrow at a wire's left end.
function arrowHead() {
  const loop = svg("marker", { id: "loop-arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" })
  loop.append(svg("path", { d: "M0,0 L10,5 L0,10 z" }))
  const marker = svg("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 1, refY: 5, markerWidth: 13, markerHeight: 13, markerUnits: "userSpaceOnUse", orient: "auto" })
  marker.append(svg("path", { d: "M10,0 L0,5 L10,10 z" }))
  return svg("defs", {}, marker, loop)
}

export class Figure {
  constructor(host) {
    this.host = host
    this.root = svg("svg", { class: "figure", role: "group" })
    host.append(this.root)
  }

  draw(walk, frame, editable) {
    Object.assign(this, { walk, frame, editable, marks: [], stagedChapter: null, lit: new Map(), grids: [], lanes: [], factors: [], allProducts: [], staged: [], undrawn: new Map() })
    this.colours = gridColours(this.root)
    const { width, height, marks, description } = walk.scene
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.root.style.setProperty("--scene-width", width)
    this.root.setAttribute("aria-label", description)
    this.byRef = new Map()
    this.largest = new Map()
    this.digitWidth = this.measureDigit()
    this.terse = marks.some((mark) => isTight(mark) && !mark.pane)
    for (const mark of marks) if (mark.pane) this.undrawn.set(mark.pane, [...(this.undrawn.get(mark.pane) ?? []), mark])
    const always = marks.filter((mark) => !mark.pane)
    const folds = svg("g", { class: "folds" }, ...this.drawMarks(always.filter((mark) => mark.folds)))
    this.root.replaceChildren(arrowHead(), ...(folds.childNodes.length ? [folds] : []), ...this.drawMarks(always.filter((mark) => !mark.folds)))
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
    const node = this[mark.kind](mark, refs)
    if (mark.chapters?.length || mark.pane) this.staged.push({ node, chapters: new Set(mark.chapters), pane: mark.pane })
    if (node && mark.kind !== "label") for (const ref of refs) this.remember(ref, node)
    return node
  }

  remember(ref, node) {
    if (!this.byRef.has(ref)) this.byRef.set(ref, [])
    this.byRef.get(ref).push(node)
  }

  // A box around one number is the room to click it in.
  box({ x, y, width, height, radius, plain }, refs) {
    const node = svg("rect", { class: plain ? "box plain-box" : "box", x, y, width, height, rx: radius })
    if (refs.length === 1) node.dataset.around = refs[0]
    return node
  }

  wire({ x1, y1, x2, y2 }, refs) {
    const value = this.walk.value(refs[0])
    const bend = (x2 - x1) * 0.5
    const thickness = 1 + 4.5 * Math.min(1, Math.abs(value) / (this.largestOf(refs[0]) || 1))
    const node = svg("path", {
      class: `wire ${value < 0 ? "negative" : "positive"}`,
      d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
      "stroke-width": Number.isFinite(thickness) ? thickness.toFixed(2) : 1,
    })
    return node
  }

  // The largest weight of an array: thickness compares within a layer.
  largestOf(ref) {
    const { name, array } = this.walk.ref(ref)
    if (!this.largest.has(name)) this.largest.set(name, array.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0))
    return this.largest.get(name)
  }

  // How a cell feeds itself when time is folded: a line from what it gives back to what it takes.
  loop({ x1, x2, y, top, text }) {
    const path = svg("path", { class: "loop-line", d: `M${x1},${y} C${x1 + 30},${top} ${x1},${top} ${(x1 + x2) / 2},${top} S${x2 - 30},${top} ${x2},${y}`, "marker-end": "url(#loop-arrow)" })
    const label = svg("text", { class: "label", x: (x1 + x2) / 2, y: top - 12, "text-anchor": "middle", "font-size": 15 }, text)
    return svg("g", { class: "loop" }, path, label)
  }

  grid(mark) {
    const grid = new Grid(this, mark, this.frame)
    this.grids.push(grid)
    return grid.node
  }

  // The frame that it leads to is the one after that of the state it begins at.
  lane(mark) {
    const [before, gate] = [mark.before, mark.gate].map((ref) => ref && this.resolve(ref))
    if (!before) return null
    const { name, index } = this.walk.ref(before)
    const lane = new Lane(this.walk, mark, { before, gate, frame: this.walk.scene.frame_axes[name] === undefined ? 0 : index[0] + 1 })
    this.lanes.push(lane)
    return lane.node
  }

  factor(mark, [ref]) {
    const factor = new Factor(ref, mark)
    this.factors.push(factor)
    return factor.node
  }

  products(mark) {
    const products = new Products(mark)
    this.allProducts.push(products)
    return products.node
  }

  number({ x, y, size, role, anchor, shrink, significant, short, cell }, [ref]) {
    const node = svg("text", { class: `number ${role}`, x, y, "text-anchor": anchor, "dominant-baseline": "central" })
    node.dataset.ref = ref
    if (this.editable.has(this.walk.ref(ref).name)) {
      node.classList.add("editable")
      node.setAttribute("tabindex", short ? "-1" : "0") // the many cells of an image are no stops on the way
      node.setAttribute("role", "button")
    }
    this.marks.push({ node, ref, written: this.walk.writerOf(ref), size, shrink, significant, short, terse: this.terse && (cell || this.walk.showsProducts), prefix: PREFIX[role] ?? "", text: null, known: null })
    return node
  }

  label({ x, y, size, text, anchor }, [ref]) {
    const node = svg("text", { class: "label", x, y, "text-anchor": anchor, "dominant-baseline": "central", "font-size": size })
    if (text) node.append(svg("tspan", {}, text))
    if (ref) node.append(...symbolSpans(this.walk, ref, size))
    return node
  }

  paint(step, at) {
    const phase = step?.phase ?? "start"
    if (this.root.dataset.phase !== phase) this.root.dataset.phase = phase
    const chapter = this.walk.chapterAt(at)
    this.stage(chapter, this.paneAt(chapter))
    for (const mark of this.marks) this.paintNumber(mark, at)
    for (const lane of this.lanes) lane.paint(step, at)
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
    Object.assign(this, { stagedChapter: chapter, stagedPane: shownPane })
    this.root.append(...this.drawMarks(this.undrawn.get(shownPane) ?? [])) // a pane that nobody looks at costs nothing
    this.undrawn.delete(shownPane)
    for (const { node, chapters, pane } of this.staged) {
      node.classList.toggle("off", (chapters.size > 0 && !chapters.has(chapter)) || (Boolean(pane) && pane !== shownPane))
    }
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

  written(value, { short, significant, terse }) {
    const text = short ? formatSmall(value) : format(value, significant)
    return terse ? withoutZero(text) : text
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
    return event.target.closest(".grid")?.gridMark.refAt(event)
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

function symbolSpans(walk, ref, size) {
  const { letter, below, above } = symbolParts(walk, ref)
  const spans = [svg("tspan", { class: letter.length === 1 ? "letter" : "" }, letter)]
  if (below) spans.push(svg("tspan", { dy: size * 0.28, "font-size": size * 0.72 }, below))
  if (above) spans.push(svg("tspan", { dy: -size * (below ? 0.68 : 0.4), "font-size": size * 0.72 }, above))
  return spans
}
