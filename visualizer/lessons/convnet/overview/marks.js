// What lies over the figure: the number that is looked at (green), what it is made of (amber), and the ways between.

import { element, svg } from "../../../web/dom.js"

const THICKEST = 4

export class Marks {
  constructor(figure, maps) {
    this.figure = figure
    this.maps = maps
    this.windows = []
    this.wires = svg("svg", { class: "wires", "aria-hidden": "true" })
    figure.append(this.wires)
  }

  clear() {
    for (const window of this.windows) window.remove()
    for (const node of this.maps.nodes.values()) node.classList.remove("reads", "writes")
    this.windows = []
    this.wires.replaceChildren()
  }

  show(place, numbers) {
    this.clear()
    this.mark({ ...place, size: 1 }, numbers, "writes")
    const sources = numbers.sources(place)
    const seen = new Set()
    for (const window of sources) {
      const node = this.maps.node(window)
      if (!seen.has(node)) this.mark(window, numbers, "reads")
      seen.add(node)
    }
    this.connect(place, sources, numbers)
  }

  mark({ layer, map, row, column, size }, numbers, kind) {
    const node = this.maps.node({ layer, map })
    node.classList.add(kind)
    const { side } = numbers.layers[layer]
    if (layer === "p" || size === side) return
    const [top, left] = [Math.max(0, row), Math.max(0, column)]
    const [bottom, right] = [Math.min(side, row + size), Math.min(side, column + size)]
    const share = (part) => `${(100 * part) / side}%`
    const window = element("div", `spot ${kind}`)
    Object.assign(window.style, { top: share(top), left: share(left), height: share(bottom - top), width: share(right - left) })
    node.append(window)
    this.windows.push(window)
  }

  // A way from each source: as thick as what it adds, dashed where that is negative.
  connect(place, sources, numbers) {
    const frame = this.figure.getBoundingClientRect()
    const { scrollLeft, scrollWidth, scrollHeight } = this.figure
    Object.assign(this.wires.style, { width: `${scrollWidth}px`, height: `${scrollHeight}px` })
    const box = (each) => {
      const { left, right, top, height } = this.maps.node(each).getBoundingClientRect()
      return { left: left - frame.left + scrollLeft, right: right - frame.left + scrollLeft, y: top - frame.top + height / 2 }
    }
    const to = box(place)
    const sums = numbers.isSum(place) ? numbers.parts(place).map((part) => part.sum) : [null]
    const most = Math.max(...sums.map(Math.abs)) || 1
    sources.forEach((source, i) => {
      const from = box(source)
      const middle = (from.right + to.left) / 2
      const path = svg("path", { d: `M${from.right},${from.y}C${middle},${from.y} ${middle},${to.y} ${to.left},${to.y}` })
      path.setAttribute("class", sums[i] === null ? "wire plain" : sums[i] < 0 ? "wire minus" : "wire plus")
      path.setAttribute("stroke-width", sums[i] === null ? 1.5 : 0.6 + (THICKEST * Math.abs(sums[i])) / most)
      this.wires.append(path)
    })
  }
}
