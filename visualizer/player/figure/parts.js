// Small parts of a figure: arrow heads, symbols as text, and what depends on the frame that is shown.

import { symbolParts } from "../formula/symbols.js"
import { svg } from "../../web/dom.js"

// The flow of the backward pass: an arrow at a wire's left end.
export function arrowHead() {
  const loop = svg("marker", { id: "loop-arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" })
  loop.append(svg("path", { d: "M0,0 L10,5 L0,10 z" }))
  const marker = svg("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 1, refY: 5, markerWidth: 13, markerHeight: 13, markerUnits: "userSpaceOnUse", orient: "auto" })
  marker.append(svg("path", { d: "M10,0 L0,5 L10,10 z" }))
  return svg("defs", {}, marker, loop)
}

// Whether a mark depends on the frame that is shown.
export function isFramed({ refs = [], ref, before, at, frame }) {
  return typeof frame === "number" || [...refs, ref, before, ...(Array.isArray(at) ? at : [])].join(" ").includes("@")
}

const SMALL = 0.72 // an index, as a share of its letter

export function symbolSpans(walk, ref, size) {
  const { letter, below, above } = symbolParts(walk, ref)
  const spans = [svg("tspan", { class: letter.length === 1 ? "letter" : "" }, letter)]
  if (below) spans.push(svg("tspan", { dy: size * 0.26, "font-size": size * SMALL }, below))
  const back = [...below].reduce((width, c) => width + (c === "," ? 0.25 : 0.5), 0) // the one above the other
  if (above) spans.push(svg("tspan", { dx: -back * size * SMALL, dy: -size * (below ? 0.6 : 0.38), "font-size": size * SMALL }, above))
  return spans
}
