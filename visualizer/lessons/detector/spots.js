// A picture with boxes on it that reports where it is clicked; arrow keys move a cross, Enter clicks there.

import { element } from "../../film/element.js"

const SVG = "http://www.w3.org/2000/svg"
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const FAR = 10
const FEW = 128
const TAG = 32

const within = (value, size) => Math.max(0, Math.min(size - 1, value))

function drawn(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

class Spots {
  constructor(host) {
    this.image = element("img", "picture")
    this.marks = drawn("svg", { class: "marks", preserveAspectRatio: "none", "aria-hidden": "true" })
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
    const front = drawn("rect", { ...place, class: `box ${kind}` })
    if (words) {
      const title = drawn("title", {})
      title.textContent = words
      front.append(title)
    }
    const shapes = [drawn("rect", { ...place, class: "under" }), front]
    if (tag) shapes.push(this.tag(tag, top, left))
    return shapes
  }

  // A word at the box's corner, about as large on screen whatever the picture's size.
  tag(words, top, left) {
    const size = this.data.width / TAG
    const text = drawn("text", { x: left + size / 4, y: top + size, "font-size": size, class: "tag" })
    text.textContent = words
    return text
  }

  cross([row, column]) {
    const { width, height } = this.data
    const path = `M0 ${row + 0.5}H${width}M${column + 0.5} 0V${height}`
    return drawn("g", {}, drawn("path", { d: path, class: "under" }), drawn("path", { d: path, class: "cross" }))
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

const TOOLS = new WeakMap()

// Streamlit calls this at every change of data or theme.
export default function ({ data, parentElement, setTriggerValue }) {
  let tool = TOOLS.get(parentElement)
  if (!tool) TOOLS.set(parentElement, (tool = new Spots(parentElement)))
  tool.server = { clicked: (at) => setTriggerValue("clicked", at) }
  tool.receive(data)
  return () => {
    tool.root.remove()
    TOOLS.delete(parentElement)
  }
}
