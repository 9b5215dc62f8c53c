// The marks of a scene as SVG, each kind by the function of its name; what changes with the steps is told to the figure.

import { symbolSpans } from "./parts.js"
import { Grid } from "./grid.js"
import { Bar, Factor, Lane } from "./lanes.js"
import { Products } from "./products.js"
import { svg } from "../../web/dom.js"

const PREFIX = { gradient: "∂ ", update: "→ ", inner: "a ", "inner-gradient": "∂a ", above: "∂ᵒᵘᵗ ", squashed: "tanh ", score: "z ", target: "y ", power: "q ", largest: "m ", total: "S ", "log-sum-exp": "lse " }

export const MARKS = {
  // A box around one number is the room to click it in.
  box(figure, { x, y, width, height, radius, plain }, refs) {
    const node = svg("rect", { class: plain ? "box plain-box" : "box", x, y, width, height, rx: radius })
    if (refs.length === 1) node.dataset.around = refs[0]
    return node
  },

  wire(figure, { x1, y1, x2, y2 }, refs) {
    const value = figure.walk.value(refs[0])
    const bend = (x2 - x1) * 0.5
    const thickness = 1 + 4.5 * Math.min(1, Math.abs(value) / (largestOf(figure, refs[0]) || 1))
    const node = svg("path", {
      class: `wire ${value < 0 ? "negative" : "positive"}`,
      d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
      "stroke-width": Number.isFinite(thickness) ? thickness.toFixed(2) : 1,
    })
    return node
  },

  // How a cell feeds itself when time is folded: a line from what it gives back to what it takes.
  loop(figure, { path, x, y, text }) {
    const line = svg("path", { class: "loop-line", d: path, "marker-end": "url(#loop-arrow)" })
    return svg("g", { class: "loop" }, line, svg("text", { class: "label", x, y, "text-anchor": "middle", "font-size": 15 }, text))
  },

  line(figure, { path }) {
    return svg("path", { class: "join", d: path })
  },

  bar(figure, mark, [ref]) {
    const bar = new Bar(figure.walk, ref, mark)
    figure.bars.push(bar)
    return bar.node
  },

  // One frame among all: its heading opens it alone.
  column(figure, { x, y, width, height, text, at }) {
    const ground = svg("rect", { class: "column-ground", x, y, width, height, rx: 10 })
    const head = svg("text", { class: "column-head", x: x + width / 2, y: y + 15, "font-size": 16, "text-anchor": "middle", "dominant-baseline": "central", role: "button", tabindex: 0, "aria-label": `${text}: show this cell in full` }, text)
    head.dataset.opens = at
    const node = svg("g", { class: `column${at === figure.frame ? " now" : ""}` }, ground, head)
    figure.columns.push({ node, at, x, width })
    return node
  },

  grid(figure, mark) {
    const grid = new Grid(figure, mark, figure.frame)
    figure.grids.push(grid)
    return grid.node
  },

  // The frame that it leads to is the one after that of the state it begins at.
  lane(figure, mark) {
    const [before, gate] = [mark.before, mark.gate].map((ref) => ref && figure.resolve(ref))
    if (!before) return null
    const { name, index } = figure.walk.ref(before)
    const lane = new Lane(figure.walk, mark, { before, gate, frame: figure.walk.scene.frame_axes[name] === undefined ? 0 : index[0] + 1 })
    figure.lanes.push(lane)
    return lane.node
  },

  factor(figure, mark, [ref]) {
    const factor = new Factor(ref, mark)
    figure.factors.push(factor)
    return factor.node
  },

  products(figure, mark) {
    const products = new Products(mark)
    figure.allProducts.push(products)
    return products.node
  },

  number(figure, { x, y, size, role, anchor, shrink, significant, decimals, short, cell }, [ref]) {
    const node = svg("text", { class: `number ${role}`, x, y, "text-anchor": anchor, "dominant-baseline": "central" })
    node.dataset.ref = ref
    if (figure.editable.has(figure.walk.ref(ref).name)) {
      node.classList.add("editable")
      node.setAttribute("tabindex", short ? "-1" : "0") // the many cells of an image are no stops on the way
      node.setAttribute("role", "button")
    }
    figure.marks.push({ node, ref, written: figure.walk.writerOf(ref), size, shrink, significant, decimals, short, terse: figure.terse && cell, prefix: PREFIX[role] ?? "", text: null, known: null })
    return node
  },

  label(figure, { x, y, size, text, anchor }, [ref]) {
    const node = svg("text", { class: "label", x, y, "text-anchor": anchor, "dominant-baseline": "central", "font-size": size })
    if (text) node.append(svg("tspan", {}, text))
    if (ref) node.append(...symbolSpans(figure.walk, ref, size))
    return node
  },
}

// The largest weight of an array: thickness compares within a layer.
function largestOf(figure, ref) {
  const { name, array } = figure.walk.ref(ref)
  if (!figure.largest.has(name)) figure.largest.set(name, array.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0))
  return figure.largest.get(name)
}
