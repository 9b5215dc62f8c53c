// What is on screen as files: the map as PNG, the curves as SVG with their colours in them.

import { svg } from "../web/dom.js"

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family"]
const GAP = 24

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name })
  link.click()
  URL.revokeObjectURL(link.href)
}

export function saveCanvas(canvas, name) {
  canvas.toBlob((blob) => save(blob, name))
}

function withColours(node) {
  const copy = node.cloneNode(false)
  const style = getComputedStyle(node)
  copy.removeAttribute("class")
  for (const name of KEPT) copy.setAttribute(name, style.getPropertyValue(name))
  copy.append(...[...node.childNodes].map((child) => (child instanceof Element ? withColours(child) : child.cloneNode())))
  return copy
}

// Plots below each other, each under its title.
export function savePlots(plots, name) {
  let height = 0
  let width = 0
  const parts = plots.flatMap(({ plot, title }) => {
    const box = plot.viewBox.baseVal
    const { color, fontFamily } = getComputedStyle(plot)
    const head = svg("text", { x: 4, y: height + GAP - 6, "font-size": 13, "font-weight": 600, fill: color, "font-family": fontFamily }, title)
    const group = svg("g", { transform: `translate(0 ${height + GAP})` }, ...[...plot.children].map(withColours))
    height += GAP + box.height
    width = Math.max(width, box.width)
    return [head, group]
  })
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` }, ...parts)
  save(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }), name)
}
