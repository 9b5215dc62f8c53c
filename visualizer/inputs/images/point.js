// Choose a point of a picture: click, or use the arrow keys.

const REST = 350
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const HINT = "Click to choose a point; arrow keys move it."

const clamp = (value) => Math.max(0, Math.min(100, value))

class PointTool {
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
    Object.assign(this, { rows, columns })
    if (!this.timer) Object.assign(this, { down, right })
    if (this.image.src !== figure) this.image.src = figure
    this.surface.setAttribute("aria-label", `${label} ${HINT}`)
    this.surface.style.setProperty("--ratio", columns / rows)
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
    this.send({ down: this.down, right: this.right })
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.remove()
  }
}

const TOOLS = new WeakMap()

// Streamlit calls this at every change of data or theme.
export default function ({ data, parentElement, setTriggerValue }) {
  let tool = TOOLS.get(parentElement)
  if (!tool) TOOLS.set(parentElement, (tool = new PointTool(parentElement)))
  tool.send = (chosen) => setTriggerValue("chosen", chosen)
  tool.receive(data)
  return () => {
    tool.destroy()
    TOOLS.delete(parentElement)
  }
}
