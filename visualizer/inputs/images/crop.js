// Choose a rectangle of a picture: drag it out, click to move it there, or use the arrow keys.
// Two surfaces show it: the whole picture, and a loupe with the pixels around the rectangle.

import { component } from "../../web/component.js"
import { clamp, element } from "../../web/dom.js"

const LOUPE = 48
const CLICK = 4
const REST = 300
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
const LABEL = "The crop. Arrow keys move it, Shift and arrow keys resize it."
const HINT = "or click to move it there. Arrow keys move it, with Shift they resize it."

// A part of the picture on screen, with the frame in it.
class Surface {
  constructor(className, tool) {
    this.tool = tool
    this.root = element("div", `surface ${className}`)
    this.canvas = document.createElement("canvas")
    this.frame = element("div", "frame")
    this.root.append(this.canvas, this.frame)
    this.root.onpointerdown = (event) => this.begin(event)
    this.root.onpointermove = (event) => this.move(event)
    this.root.onpointerup = (event) => this.end(event)
    this.root.onpointercancel = () => this.cancel()
  }

  // region: [top, left, height, width] of the picture.
  show(region) {
    if (!this.tool.image.complete || String(region) === this.shown) return
    this.region = region
    this.shown = String(region)
    const [top, left, height, width] = region
    Object.assign(this.canvas, { width, height })
    this.canvas.getContext("2d").drawImage(this.tool.image, -left, -top)
    this.root.style.setProperty("--ratio", width / height)
    this.root.classList.toggle("few", Math.max(height, width) <= 128)
  }

  place([top, left, height, width]) {
    if (!this.region) return
    const [fromTop, fromLeft, rows, columns] = this.region
    const share = (part, whole) => `${(100 * part) / whole}%`
    Object.assign(this.frame.style, {
      top: share(top - fromTop, rows),
      left: share(left - fromLeft, columns),
      height: share(height, rows),
      width: share(width, columns),
    })
  }

  // The pixel under the pointer: [row, column].
  pixel(event) {
    const box = this.root.getBoundingClientRect()
    const [top, left, height, width] = this.region
    const row = Math.floor(top + ((event.clientY - box.top) / box.height) * height)
    const column = Math.floor(left + ((event.clientX - box.left) / box.width) * width)
    return [clamp(row, 0, this.tool.height - 1), clamp(column, 0, this.tool.width - 1)]
  }

  begin(event) {
    if (event.button !== 0 || !this.region || this.tool.drag) return
    event.preventDefault()
    this.tool.focus()
    this.root.setPointerCapture(event.pointerId)
    const { clientX: x, clientY: y, pointerId: id } = event
    this.tool.warn(false)
    this.tool.drag = { id, x, y, start: this.pixel(event), before: this.tool.crop, moved: false }
  }

  move(event) {
    const drag = this.tool.drag
    if (drag?.id !== event.pointerId) return
    drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= CLICK
    if (!drag.moved) return
    const to = this.pixel(event)
    this.tool.warn([0, 1].some((axis) => Math.abs(to[axis] - drag.start[axis]) >= this.tool.largest))
    this.tool.set(spanned(drag.start, to, this.tool.largest))
  }

  end(event) {
    const drag = this.tool.drag
    if (drag?.id !== event.pointerId) return
    this.tool.drag = null
    this.tool.set(drag.moved ? this.tool.crop : this.tool.around(drag.start))
    this.tool.report()
  }

  cancel() {
    if (!this.tool.drag) return
    const { before } = this.tool.drag
    this.tool.drag = null
    this.tool.warn(false)
    this.tool.set(before)
  }
}

// The rectangle from one pixel to another; where that is more than `largest` on a side, only its end at the latter.
function spanned(from, to, largest) {
  const [rows, columns] = [0, 1].map((axis) => Math.min(Math.abs(to[axis] - from[axis]) + 1, largest))
  const start = (axis, length) => (to[axis] < from[axis] ? to[axis] : to[axis] - length + 1)
  return [start(0, rows), start(1, columns), rows, columns]
}

class CropTool {
  /** @type {any} */ server = null
  /** @type {any} */ drag = null
  /** @type {any} what was sent so far, counted */ serial = null

  constructor(host) {
    this.root = element("div", "crop-tool")
    this.whole = new Surface("whole", this)
    this.loupe = new Surface("loupe", this)
    this.words = element("div", "words")
    this.image = new Image()
    this.image.onload = () => this.paint()
    Object.assign(this.whole.root, { tabIndex: 0, onkeydown: (event) => this.press(event) })
    this.whole.root.setAttribute("role", "application")
    this.whole.root.setAttribute("aria-label", LABEL)
    this.whole.root.dataset.testid = "crop"
    this.loupe.root.dataset.testid = "crop-loupe"
    this.loupe.root.setAttribute("aria-hidden", "true")
    this.words.setAttribute("aria-live", "polite")
    this.words.dataset.testid = "crop-words"
    this.hint = element("div", "hint")
    this.limit = element("div", "limit")
    this.limit.setAttribute("role", "status")
    this.limit.dataset.testid = "crop-limit"
    const side = element("div", "side")
    side.append(this.loupe.root, this.limit)
    this.root.append(this.hint, this.whole.root, side, this.words)
    host.append(this.root)
  }

  // What was chosen here stands until the server has heard of it.
  receive(data) {
    const { width, height, largest } = data
    this.width = width
    this.height = height
    this.largest = largest
    this.hint.textContent = `Drag a rectangle out, at most ${largest} × ${largest} pixels, ${HINT}`
    const other = this.image.src !== data.picture
    if (other) {
      this.image.src = data.picture
      this.whole.shown = this.loupe.shown = null
    }
    this.serial ??= data.serial
    if (other || (!this.drag && !this.timer && data.serial >= this.serial)) this.crop = data.crop
    this.paint()
  }

  set(crop) {
    this.crop = crop
    this.paint()
  }

  // Say that a drag goes beyond what a crop can hold.
  warn(beyond) {
    const most = `At most ${this.largest} × ${this.largest} pixels`
    this.limit.textContent = beyond ? `${most}${this.loupe.root.hidden ? "." : "; drag in the magnified part for fine work."}` : ""
  }

  around([row, column]) {
    const [, , height, width] = this.crop
    return this.inside([row - Math.floor(height / 2), column - Math.floor(width / 2), height, width])
  }

  inside([top, left, height, width]) {
    const rows = clamp(height, 1, Math.min(this.largest, this.height))
    const columns = clamp(width, 1, Math.min(this.largest, this.width))
    return [clamp(top, 0, this.height - rows), clamp(left, 0, this.width - columns), rows, columns]
  }

  press(event) {
    const way = KEYS[event.key]
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    this.warn(false)
    const [top, left, height, width] = this.crop
    const [down, right] = way
    // A resize keeps the corner at the top left.
    const most = (start, whole) => Math.min(this.largest, whole - start)
    if (event.shiftKey) this.set([top, left, clamp(height + down, 1, most(top, this.height)), clamp(width + right, 1, most(left, this.width))])
    else this.set(this.inside([top + down, left + right, height, width]))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.report(), REST)
  }

  paint() {
    const [top, left, height, width] = this.crop
    this.whole.show([0, 0, this.height, this.width])
    if (!this.drag) this.loupe.show(this.near())
    this.loupe.root.hidden = Math.max(this.height, this.width) <= 2 * LOUPE || Math.max(height, width) > LOUPE
    for (const surface of [this.whole, this.loupe]) surface.place(this.crop)
    this.words.textContent = `${height} × ${width} pixels, ${top} from the top, ${left} from the left`
  }

  // The pixels around the crop.
  near() {
    const [top, left, height, width] = this.crop
    const part = (start, length, whole) => {
      const size = Math.min(LOUPE, whole)
      return [clamp(start + Math.floor((length - size) / 2), 0, whole - size), size]
    }
    const [fromTop, rows] = part(top, height, this.height)
    const [fromLeft, columns] = part(left, width, this.width)
    return [fromTop, fromLeft, rows, columns]
  }

  report() {
    clearTimeout(this.timer)
    this.timer = null
    this.serial += 1
    this.server.chosen({ crop: this.crop, serial: this.serial })
  }

  focus() {
    this.whole.root.focus({ preventScroll: true })
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.remove()
  }
}

export default component((host) => new CropTool(host), ({ setTriggerValue }) => ({ chosen: (value) => setTriggerValue("chosen", value) }))
