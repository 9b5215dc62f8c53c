// Choose a point of a picture: click, or use the arrow keys.

import { component } from "../../web/component.js"

const REST = 350
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const HINT = "Click to choose a point; arrow keys move it."

const clamp = (value) => Math.max(0, Math.min(100, value))

class PointTool {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = document.createElement("div")
    this.root.className = "point-tool"
    this.surface = document.createElement("div")
    this.surface.className = "point-surface"
    Object.assign(this.surface, { tabIndex: 0, onpointerdown: (event) => this.click(event), onkeydown: (event) => this.press(event) })
    this.surface.setAttribute("role", "application")
    this.surface.dataset.testid = "point"
    this.image = document.createElement("img")
    this.image.draggable = false
    this.image.alt = ""
    this.mark = document.createElement("div")
    this.mark.className = "point-mark"
    this.hint = document.createElement("div")
    this.hint.className = "point-hint"
    this.hint.textContent = HINT
    this.surface.append(this.image, this.mark)
    this.root.append(this.surface, this.hint)
    host.append(this.root)
  }

  receive({ figure, rows, columns, down, right, label }) {
    this.rows = rows
    this.columns = columns
    if (!this.timer) {
      this.down = down
      this.right = right
    }
    if (this.image.src !== figure) this.image.src = figure
    this.surface.setAttribute("aria-label", `${label} ${HINT}`)
    this.surface.style.setProperty("--ratio", String(columns / rows))
    this.paint()
  }

  paint() {
    Object.assign(this.mark.style, { top: `${this.down}%`, left: `${this.right}%` })
  }

  click(event) {
    if (event.button !== 0) return
    const box = this.surface.getBoundingClientRect()
    this.down = clamp((100 * (event.clientY - box.top)) / box.height)
    this.right = clamp((100 * (event.clientX - box.left)) / box.width)
    this.paint()
    this.report()
  }

  press(event) {
    const way = KEYS[event.key]
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const pixels = event.shiftKey ? 10 : 1
    this.down = clamp(this.down + (100 * pixels * way[0]) / this.rows)
    this.right = clamp(this.right + (100 * pixels * way[1]) / this.columns)
    this.paint()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.report(), REST)
  }

  report() {
    clearTimeout(this.timer)
    this.timer = null
    this.server.chosen({ down: this.down, right: this.right })
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.remove()
  }
}

export default component((host) => new PointTool(host), ({ setTriggerValue }) => ({ chosen: (value) => setTriggerValue("chosen", value) }))
