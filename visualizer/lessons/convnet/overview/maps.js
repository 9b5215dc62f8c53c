// The figure: a column of maps for each layer, from the image to the classes.

import { paintImage, paintSigned } from "./paint.js"
import { element, rem } from "../../../web/dom.js"
import { format, percent } from "../../../web/numbers.js"

const ROWS = 8 // of maps in a column
const SIDES = { image: 100, first: 56, second: 44 } // of a map, in pixels of the screen, at scale 1
const SCALES = { most: 2.4, least: 0.8, step: 0.05 }
const ABOVE = 20.6 // of the page's type: what of the window the page's head, the captions and the line below take
const ENOUGH = 0.8

export class Maps {
  constructor(root) {
    this.root = root
    this.nodes = new Map()
  }

  // The columns, empty; anew for another net or other classes.
  build(numbers) {
    this.nodes.clear()
    this.heads = {}
    this.root.replaceChildren(...numbers.net.layers.map((layer) => this.column(layer, numbers)))
  }

  column(layer, numbers) {
    const maps = element("div", "maps")
    const shown = layer.name === "x" ? 1 : layer.maps // an image in colour is one picture
    for (let map = 0; map < shown; map++) maps.append(layer.name === "p" ? this.bar(map, numbers) : this.map(layer, map))
    const head = element("div", "head", layer.title)
    const shape = element("div", "shape", layer.name === "p" ? `${layer.maps} classes` : `${layer.maps} × ${layer.side} × ${layer.side}`)
    const range = element("div", "range")
    this.heads[layer.name] = { head, range, maps }
    const column = element("section", `layer ${layer.name}`, head, maps, shape, range)
    column.style.setProperty("--columns", Math.ceil(layer.maps / ROWS))
    column.dataset.layer = layer.name
    return column
  }

  // As large as the window lets them be: a column's maps above its lower edge, all columns side by side.
  resize(numbers) {
    const high = Math.max(1, (window.innerHeight - ABOVE * rem()) / (ROWS * SIDES.first))
    for (let scale = Math.min(SCALES.most, high); scale >= SCALES.least; scale -= SCALES.step) {
      this.scale(numbers, scale)
      if (this.root.scrollWidth <= this.root.clientWidth && this.root.offsetWidth <= this.root.parentElement.clientWidth) return
    }
  }

  // A number takes a whole count of the screen's pixels, so that all are of one size, unless too much room is lost.
  scale(numbers, scale) {
    for (const { name, side } of numbers.net.layers) {
      if (name === "p") continue
      const most = scale * SIDES[name === "x" ? "image" : name.endsWith("2") ? "second" : "first"]
      const whole = side * Math.floor(most / side)
      this.heads[name].maps.style.setProperty("--map", `${whole >= ENOUGH * most ? whole : most}px`)
    }
  }

  map(layer, map) {
    const node = element("div", "map", element("canvas", ""))
    Object.assign(node.dataset, { layer: layer.name, map, testid: `map-${layer.name}-${map + 1}` })
    this.nodes.set(`${layer.name} ${map}`, node)
    return node
  }

  bar(map, numbers) {
    const fill = element("span", "fill")
    const name = element("span", "name", numbers.classes[map])
    name.title = numbers.classes[map]
    const node = element("div", "bar", name, element("span", "track", fill), element("span", "share"))
    Object.assign(node.dataset, { layer: "p", map, testid: `class-${map + 1}` })
    this.nodes.set(`p ${map}`, node)
    return node
  }

  // The node that shows a place; the picture for every channel of an image.
  node({ layer, map }) {
    return this.nodes.get(`${layer} ${layer === "x" ? 0 : map}`)
  }

  paint(numbers, colours) {
    this.root.dataset.backward = String(numbers.backward)
    for (const layer of numbers.net.layers) {
      if (layer.name === "p") this.paintBars(numbers)
      else this.paintLayer(layer, numbers, colours)
      const { head, range } = this.heads[layer.name]
      head.textContent = numbers.backward ? `∂ℓ/∂ ${layer.short}` : layer.title
      range.textContent = this.rangeText(layer, numbers)
    }
  }

  paintLayer(layer, numbers, colours) {
    const planes = Array.from({ length: layer.maps }, (_, map) => numbers.map(layer.name, map))
    if (layer.name === "x") {
      const [canvas] = this.nodes.get("x 0").children
      if (!numbers.backward) return paintImage(canvas, planes)
      // Of three channels the strongest gradient, whichever its sign.
      const strongest = planes[0].map((_, i) => planes.reduce((most, plane) => (Math.abs(plane[i]) > Math.abs(most) ? plane[i] : most), 0))
      return paintSigned(canvas, strongest, numbers.most("x"), colours)
    }
    planes.forEach((plane, map) => paintSigned(this.nodes.get(`${layer.name} ${map}`).children[0], plane, numbers.most(layer.name), colours))
  }

  paintBars(numbers) {
    const shares = numbers.values.p.data
    const gradients = numbers.gradients?.z.data
    const most = gradients ? Math.max(...gradients.map(Math.abs)) || 1 : 1
    shares.forEach((share, map) => {
      const node = this.nodes.get(`p ${map}`)
      const value = gradients ? gradients[map] : share
      node.classList.toggle("winner", map === numbers.winner)
      node.classList.toggle("target", map === (numbers.backward ? numbers.target : numbers.label))
      node.querySelector(".fill").style.width = `${(100 * Math.abs(value)) / most}%`
      node.querySelector(".fill").classList.toggle("negative", value < 0)
      node.querySelector(".share").textContent = gradients ? format(value, 3) : percent(share)
    })
  }

  rangeText(layer, numbers) {
    if (layer.name === "p") return ""
    if (layer.name === "x" && !numbers.backward) return "0 … 1"
    const most = format(numbers.most(layer.name), 3)
    return !numbers.backward && /relu|pool/.test(layer.name) ? `0 … ${most}` : `±${most}`
  }
}
