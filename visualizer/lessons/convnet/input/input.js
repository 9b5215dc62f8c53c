// A pad to draw a digit on, and thumbnails of test images to choose from.

import { component } from "../../../web/component.js"
import { element } from "../../../web/dom.js"

const BRUSH = 11 // of the pad's own pixels: about a tenth of it, as a pen's stroke in the digits that the net knows
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const STEP = 4
const REST = 400
const PAD_LABEL = "Draw a digit here. With keys: arrows move, with Shift they draw, Delete clears."

class InputPad {
  /** @type {any} */ server = null
  /** @type {any} what was sent so far, counted */ serial = null

  constructor(host) {
    this.root = element("div", "input")
    this.cursor = [56, 28]
    this.buildPad()
    this.buildThumbnails()
    this.root.append(this.padPart, this.thumbPart)
    host.append(this.root)
  }

  // ---- the pad ------------------------------------------------------------------------------------------------------

  buildPad() {
    this.canvas = element("canvas", "pad")
    Object.assign(this.canvas, { tabIndex: 0 })
    this.canvas.setAttribute("role", "application")
    this.canvas.setAttribute("aria-label", PAD_LABEL)
    this.canvas.dataset.testid = "convnet-pad"
    this.hint = element("span", "hint")
    this.hint.setAttribute("aria-live", "polite")
    this.clear = element("button", "plain", "Clear")
    this.clear.type = "button"
    this.clear.onclick = () => this.wipe()
    const frame = element("div", "pad-frame", this.canvas, this.hint)
    this.padPart = element("section", "part", element("div", "head", element("b", "", "Draw"), this.clear), frame)
    this.canvas.onpointerdown = (event) => this.begin(event)
    this.canvas.onpointermove = (event) => this.move(event)
    this.canvas.onpointerup = this.canvas.onpointercancel = (event) => this.end(event)
    this.canvas.onkeydown = (event) => this.press(event)
  }

  // What was drawn here stands until the server has heard of it.
  receive(data) {
    this.data = data
    this.serial ??= data.serial
    if (this.canvas.width !== data.pad) this.reset(data.pad)
    if (data.drawing !== this.shown && !this.stroke && data.serial >= this.serial) this.restore(data.drawing)
    this.padPart.hidden = !data.drawable
    const named = `${data.hint} ${data.chosen}`
    if (named !== this.named) this.hint.textContent = data.hint
    this.named = named
    this.title.textContent = data.drawable ? "or take one" : "Take one"
    this.drawThumbnails()
  }

  reset(size) {
    Object.assign(this.canvas, { width: size, height: size })
    this.ink = this.canvas.getContext("2d", { willReadFrequently: true })
    this.ink.fillStyle = "#000"
    this.ink.fillRect(0, 0, size, size)
    Object.assign(this.ink, { strokeStyle: "#fff", lineWidth: BRUSH, lineCap: "round", lineJoin: "round" })
    this.drawn = false
  }

  restore(drawing) {
    this.shown = drawing
    const size = this.canvas.width
    const text = atob(drawing)
    const image = this.ink.createImageData(size, size)
    for (let i = 0; i < size * size; i++) {
      const level = drawing ? text.charCodeAt(i) : 0
      image.data.set([level, level, level, 255], 4 * i)
    }
    this.ink.putImageData(image, 0, 0)
    this.mark(drawing !== "" && /[^\0]/.test(text))
  }

  mark(drawn) {
    this.drawn = drawn
    this.hint.hidden = drawn
    this.clear.disabled = !drawn
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect()
    const scale = this.canvas.width / box.width
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]
  }

  begin(event) {
    if (event.button !== 0 || this.stroke) return
    event.preventDefault()
    this.canvas.focus({ preventScroll: true })
    this.canvas.setPointerCapture(event.pointerId)
    this.stroke = { id: event.pointerId, at: this.place(event) }
    this.line(this.stroke.at, this.stroke.at)
  }

  move(event) {
    if (this.stroke?.id !== event.pointerId) return
    const at = this.place(event)
    this.line(this.stroke.at, at)
    this.stroke.at = at
  }

  end(event) {
    if (this.stroke?.id !== event.pointerId) return
    this.stroke = null
    this.report()
  }

  line(from, to) {
    this.ink.beginPath()
    this.ink.moveTo(...from)
    this.ink.lineTo(...to)
    this.ink.stroke()
    this.mark(true)
  }

  press(event) {
    const way = KEYS[event.key]
    const wipes = event.key === "Delete" || event.key === "Backspace"
    if ((!way && !wipes) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (wipes) return this.wipe()
    const to = this.cursor.map((part, axis) => Math.max(0, Math.min(this.canvas.width, part + STEP * way[axis])))
    if (event.shiftKey) this.line(this.cursor, to)
    this.cursor = to
    if (!event.shiftKey) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.report(), REST)
  }

  // A blank is nothing to look at: the image stays as it is until something is drawn.
  wipe() {
    clearTimeout(this.timer)
    this.ink.fillRect(0, 0, this.canvas.width, this.canvas.width)
    this.mark(false)
    this.hint.textContent = `Blank, so the image stays. ${this.data.hint}`
  }

  report() {
    clearTimeout(this.timer)
    const { data } = this.ink.getImageData(0, 0, this.canvas.width, this.canvas.width)
    let text = ""
    for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i])
    this.serial += 1
    this.shown = btoa(text)
    this.server?.drawn({ levels: this.shown, serial: this.serial })
  }

  // ---- thumbnails ---------------------------------------------------------------------------------------------------

  buildThumbnails() {
    const turn = (label, text, by) => {
      const button = element("button", "plain turn", text)
      Object.assign(button, { type: "button", onclick: () => this.server?.turned(by) })
      button.setAttribute("aria-label", label)
      return button
    }
    this.range = element("span", "range")
    const pages = element("div", "pages", turn("Test images before", "‹", -1), this.range, turn("Further test images", "›", 1))
    this.title = element("b", "")
    this.grid = element("div", "thumbnails")
    this.grid.setAttribute("role", "group")
    this.grid.setAttribute("aria-label", "Test images")
    this.grid.onkeydown = (event) => this.walk(event)
    this.thumbPart = element("section", "part", element("div", "head", this.title, pages), this.grid)
  }

  drawThumbnails() {
    const { thumbnails, first, count, labels, chosen } = this.data
    const key = JSON.stringify([thumbnails.length, thumbnails.slice(-64), first, chosen, labels])
    if (key === this.drawnKey) return
    this.drawnKey = key
    const focused = this.grid.contains(this.root.getRootNode().activeElement)
    this.range.textContent = `${first + 1}–${first + labels.length} of ${count}`
    this.grid.replaceChildren(...labels.map((label, i) => this.thumbnail(first + i, label, i, labels.length, chosen, thumbnails)))
    const active = this.grid.querySelector("[aria-pressed=true]") ?? this.grid.firstChild
    if (active) active.tabIndex = 0
    if (focused) active?.focus({ preventScroll: true })
  }

  thumbnail(number, label, place, of, chosen, sheet) {
    const button = element("button", "thumbnail")
    Object.assign(button, { type: "button", tabIndex: -1, title: `${number + 1}: ${label}`, onclick: () => this.server?.chosen(number) })
    button.setAttribute("aria-pressed", String(number === chosen))
    button.setAttribute("aria-label", `Test image ${number + 1}: ${label}`)
    Object.assign(button.style, {
      backgroundImage: `url("${sheet}")`,
      backgroundSize: `${100 * of}% 100%`,
      backgroundPosition: `${of > 1 ? (100 * place) / (of - 1) : 0}% 0`,
    })
    return button
  }

  // Arrow keys go from image to image.
  walk(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const all = [...this.grid.children]
    const to = all[all.indexOf(event.target) + by]
    if (!by || !to) return
    event.preventDefault()
    for (const each of all) each.tabIndex = each === to ? 0 : -1
    to.focus()
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.remove()
  }
}

export default component((host) => new InputPad(host), ({ setTriggerValue }) => ({
  drawn: (report) => setTriggerValue("drawn", report),
  chosen: (number) => setTriggerValue("chosen", number),
  turned: (by) => setTriggerValue("turned", by),
}))
