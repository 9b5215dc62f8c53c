// A picture with boxes on it that reports where it is clicked; arrow keys move a cross, Enter clicks there.

import { component } from "../../web/component.js"
import { element, svg } from "../../web/dom.js"

const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const FAR = 10
const FEW = 128
const TAG = 32

const within = (value, size) => Math.max(0, Math.min(size - 1, value))

class Spots {
  /** @type {any} */ server = null

  constructor(host) {
    this.image = element("img", "picture")
    this.marks = svg("svg", { class: "marks", preserveAspectRatio: "none", "aria-hidden": "true" })
    this.words = element("div", "words")
    this.words.setAttribute("aria-live", "polite")
    this.surface = element("div", "surface", this.image, this.marks)
    this.surface.tabIndex = 0
    this.surface.setAttribute("role", "application")
    this.root = element("div", "spots", this.surface, this.words)
    host.append(this.root)
    this.surface.addEventListener("pointerdown", (event) => this.press(event))
    this.surface.addEventListener("keydown", (event) => this.key(event))
    this.surface.addEventListener("blur", () => this.point(null))
  }

  destroy() {
    this.root.remove()
  }

  receive(data) {
    this.data = data
    if (this.image.src !== data.picture) this.image.src = data.picture
    this.image.alt = data.label
    this.surface.dataset.testid = data.name
    this.surface.setAttribute("aria-label", `${data.label} Arrow keys move a cross, Enter clicks there.`)
    this.surface.classList.toggle("few", Math.max(data.width, data.height) <= FEW)
    this.surface.style.setProperty("--ratio", data.width / data.height)
    this.marks.setAttribute("viewBox", `0 0 ${data.width} ${data.height}`)
    this.draw()
  }

  draw() {
    const shapes = this.data.boxes.flatMap((box) => this.box(box))
    if (this.at) shapes.push(this.cross(this.at))
    this.marks.replaceChildren(...shapes)
  }

  box({ at: [top, left, height, width], kind, words, tag }) {
    const place = { x: left, y: top, width, height }
    const front = svg("rect", { ...place, class: `box ${kind}` })
    if (words) {
      const title = svg("title", {})
      title.textContent = words
      front.append(title)
    }
    const shapes = [svg("rect", { ...place, class: "under" }), front]
    if (tag) shapes.push(this.tag(tag, top, left))
    return shapes
  }

  // A word at the box's corner, about as large on screen whatever the picture's size.
  tag(words, top, left) {
    const size = this.data.width / TAG
    const text = svg("text", { x: left + size / 4, y: top + size, "font-size": size, class: "tag" })
    text.textContent = words
    return text
  }

  cross([row, column]) {
    const { width, height } = this.data
    const path = `M0 ${row + 0.5}H${width}M${column + 0.5} 0V${height}`
    return svg("g", {}, svg("path", { d: path, class: "under" }), svg("path", { d: path, class: "cross" }))
  }

  point(at) {
    this.at = at
    this.words.textContent = at ? `row ${at[0]}, column ${at[1]}` : ""
    this.draw()
  }

  press(event) {
    if (event.button !== 0) return
    const box = this.surface.getBoundingClientRect()
    const { width, height } = this.data
    const row = Math.floor(((event.clientY - box.top) / box.height) * height)
    const column = Math.floor(((event.clientX - box.left) / box.width) * width)
    this.send([within(row, height), within(column, width)])
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { width, height } = this.data
    const [row, column] = this.at ?? [Math.floor(height / 2), Math.floor(width / 2)]
    const way = KEYS[event.key]
    if (way) {
      const step = event.shiftKey ? FAR : 1
      this.point([within(row + step * way[0], height), within(column + step * way[1], width)])
    } else if (event.key === "Enter" && this.at) {
      this.send(this.at)
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  send(at) {
    this.server?.clicked(at)
  }
}

export default component((host) => new Spots(host), ({ setTriggerValue }) => ({ clicked: (value) => setTriggerValue("clicked", value) }))
