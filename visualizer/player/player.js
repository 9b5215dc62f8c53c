// The player: it holds the walk and the step, and lets figure, board and transport show it.

import { Address, digitsOfAddress, stepOfAddress } from "./address.js"
import { Board } from "./board.js"
import { Changes } from "./changes.js"
import { Figure } from "./figure/figure.js"
import { FrameBar } from "./frames.js"
import { IterationStrip } from "./iterations.js"
import { Pointing } from "./figure/pointing.js"
import { unpack } from "./walk.js"
import { clamp, element, isDark } from "../web/dom.js"
import { Editor } from "../web/editor.js"
import { bindKeys } from "../web/keys.js"
import { chooseDigits, DIGIT_CHOICES } from "../web/numbers.js"
import { Transport } from "../web/transport.js"

const STILL = 300
const PACE = 1400

export class Player {
  /** @type {any} */ server = null
  /** @type {any} */ openedAt = null

  constructor(host) {
    this.root = element("div", "player")
    this.root.dataset.testid = "player"
    this.figureHost = element("div", "stage")
    this.boardHost = element("aside", "board")
    this.transportHost = element("div", "transport")
    this.live = element("div", "spoken")
    this.live.setAttribute("aria-live", "polite")
    this.root.append(this.figureHost, this.boardHost, this.transportHost, this.live)
    host.append(this.root)
    const narrow = matchMedia("(max-width: 760px), (max-height: 520px)")
    this.narrow = narrow.matches // kept: asking a list of media queries costs a step its style
    narrow.onchange = () => (this.narrow = narrow.matches)
    this.at = null
    this.frame = 0
    this.strideSize = "number"
    this.pace = 1
    this.notation = "slide"
    this.serial = 0
    this.build()
  }

  build() {
    this.figure = new Figure(this.figureHost)
    this.frames = new FrameBar(this.figureHost, {
      frame: (frame) => this.showFrame(frame),
      pane: (pane) => this.showPane(pane),
      fold: () => this.fold(),
    })
    const words = Object.assign(element("div", "words"), { tabIndex: 0 }) // what scrolls has to be reached with the keys
    this.boardHost.append(element("div", "reading", words))
    this.board = new Board(words, { onJump: (step) => this.go(step), onNotation: () => this.toggleNotation(), onStart: () => this.go(0) })
    this.strip = new IterationStrip(this.boardHost, (action) => this.server?.iterate(action))
    this.transport = new Transport(this.transportHost, {
      first: () => this.go(0),
      back: () => this.move(-1),
      play: () => this.toggle(),
      next: () => this.move(1),
      last: () => this.go(this.walk.length),
      go: (step) => this.go(step),
      stride: (size) => this.setStride(size),
      speed: (pace) => (this.pace = pace),
      digits: (digits) => this.setDigits(digits),
      present: () => this.present(),
    })
    this.editor = new Editor(this.figureHost, (ref, value) => this.changes.add(ref, value), (ref, places) => this.pointing.editNext(ref, places))
    this.changes = new Changes((changes) => this.server?.edit(changes))
    this.unbindKeys = bindKeys(this.root, {
      back: () => this.move(-1),
      next: () => this.move(1),
      play: () => this.toggle(),
      first: () => this.go(0),
      last: () => this.go(this.walk?.length ?? 0),
      undo: () => this.data?.iterations?.canUndo && this.server.iterate("undo"),
    })
    this.address = new Address(this)
    this.pointing = new Pointing(this)
    this.listen()
  }

  listen() {
    // A button that was clicked with the mouse leaves the keys to the walk: space plays, it does not press again.
    this.root.addEventListener("click", (event) => event.detail > 0 && /** @type {Element} */ (event.target).closest("button")?.blur())
    document.addEventListener("fullscreenchange", this.onFullScreen)
  }

  // ---- data ---------------------------------------------------------------------------------------------------------

  async receive(data) {
    const serial = ++this.serial
    if (this.isForgotten(data)) {
      this.address.write()
      return location.reload()
    }
    this.setTheme()
    this.data = data
    this.framed = null
    if (data.blob !== this.blob) {
      const walk = await unpack(data.blob)
      if (serial !== this.serial) return
      this.at = this.at && this.walk.placeIn(walk, this.at)
      this.walk = walk
      this.blob = data.blob
    }
    this.showDigits(this.digits ?? (data.address ? digitsOfAddress() : DIGIT_CHOICES[0]))
    this.at = clamp(this.at ?? (data.address ? stepOfAddress() : null) ?? data.start, 0, this.walk.length)
    this.openedAt ??= this.at
    this.path = location.pathname
    this.pointing.tooltip.hide()
    this.changes.hear(this.walk)
    this.editable = new Set(this.server ? data.editable : [])
    this.strip.paint(data.iterations)
    this.board.learned = data.iterations?.current > 0
    this.transport.draw(this.walk)
    this.drawFigure(Math.min(this.frame, this.walk.scene.frames - 1))
    this.paint()
    this.editor.follow((ref) => this.figure.markOf(ref))
    this.root.dataset.ready = "true"
    this.address.write()
  }

  // Whether a server that was restarted has begun anew, from the address that the page was opened with: of what the
  // visitor changed since, only the address knows.
  isForgotten({ session }) {
    return this.data?.session !== session && Object.values(this.data?.kept ?? {}).some(Boolean)
  }

  setTheme() {
    this.root.dataset.theme = isDark(this.root) ? "dark" : "light"
  }

  showDigits(digits) {
    this.digits = digits
    chooseDigits(digits)
    this.transport.digits.value = digits
  }

  setDigits(digits) {
    this.showDigits(digits)
    this.strip.paint(this.data.iterations)
    this.drawFigure(this.frame)
    this.paint()
    this.address.rest()
  }

  // ---- stepping -----------------------------------------------------------------------------------------------------

  go(step) {
    const at = clamp(step, 0, this.walk.length)
    if (at === this.at) return
    this.at = at
    this.stepped = true
    this.editor.close()
    this.paint()
    this.address.rest()
  }

  move(direction) {
    if (this.walk) this.go(this.walk.stride(this.at, direction, this.strideSize))
  }

  setStride(size) {
    this.strideSize = size
    if (this.walk) this.paint()
  }

  toggle() {
    if (this.timer) return this.pause()
    if (this.at === this.walk.length) this.go(0)
    const tick = () => {
      this.move(1)
      if (this.at === this.walk.length) this.pause()
      else this.timer = setTimeout(tick, PACE / this.pace)
    }
    this.timer = setTimeout(tick, PACE / this.pace / 2)
    this.transport.paintPlaying(true)
  }

  pause() {
    clearTimeout(this.timer)
    this.timer = null
    this.transport.paintPlaying(false)
    this.address.rest()
  }

  // ---- painting -----------------------------------------------------------------------------------------------------

  paint() {
    const step = this.walk.steps[this.at - 1]
    const frame = step ? this.frameOf(step) : null
    if (frame !== null && frame !== this.frame) this.turnTo(frame)
    const chapter = this.walk.chapterAt(this.at)
    const { pane_of: paneOf } = this.walk.scene
    if (paneOf[chapter] !== paneOf[this.chapter]) this.figure.chosenPane = null // what the step wants to be seen
    this.chapter = chapter
    this.whole = this.walk.whole(this.at, this.strideSize)
    this.paintFigure()
    this.board.paint(this.walk, this.at, this.notation, this.whole, this.at === this.openedAt)
    const spoken = step ? `Step ${this.at} of ${this.walk.length}. ${step.title} ${this.board.numbers.textContent}` : this.walk.title
    this.transport.paint(this.at, spoken)
    this.speak(spoken)
    this.keepInView(step)
  }

  // To screen readers, once the walk stands still: a text that they watch costs every step its layout.
  speak(text) {
    clearTimeout(this.speaking)
    this.speaking = setTimeout(() => (this.live.textContent = text), STILL)
  }

  drawFigure(frame) {
    this.frame = frame
    this.figure.draw(this.walk, frame, this.editable)
  }

  turnTo(frame) {
    this.frame = frame
    this.figure.turnTo(frame)
  }

  showFrame(frame) {
    this.turnTo(frame)
    this.paintFigure()
  }

  // One frame alone, in the pane that shows it in full.
  openFrame(frame) {
    this.figure.chosenPane = this.walk.scene.marks.find(({ kind }) => kind === "column").opens
    this.showFrame(frame)
  }

  showPane(pane) {
    this.figure.chosenPane = pane
    this.paintFigure()
  }

  fold() {
    const folded = this.figure.root.classList.toggle("folded")
    this.figure.chosenPane = folded ? this.walk.scene.folds_to : null
    this.paintFigure()
  }

  paintFigure() {
    this.figure.paint(this.whole ?? this.walk.steps[this.at - 1], this.at)
    const { root } = this.figure
    const state = [this.frame, this.figure.paneAt(this.chapter), root.classList.contains("folded"), this.walk]
    if (state.every((part, i) => part === this.framed?.[i])) return
    this.framed = state
    this.frames.paint(this.walk.scene, ...state)
  }

  // The frame (example, filter, …) that a step is about; null where it is about all of them.
  frameOf(step) {
    for (const ref of [step.target, ...step.reads]) {
      const { name, index } = this.walk.ref(ref)
      const axis = this.walk.scene.frame_axes[name]
      if (axis !== undefined && typeof index[axis] === "number") return index[axis]
    }
    return null
  }

  // Where the figure is wider than its room: all that is lit where it fits, else what is written.
  keepInView(step) {
    const { least_scale: leastScale, frame_name: counted } = this.walk.scene
    const scrolled = leastScale > 0 && counted !== "time step" // time is scrolled to by its frames
    if (!step || !(this.narrow || scrolled)) return // asking for sizes would cost every step a layout
    const frame = this.figureHost.getBoundingClientRect()
    const lit = this.figure.litStretch()
    const target = this.figure.markOf(step.target)?.getBoundingClientRect()
    const stretch = lit && lit.right - lit.left < frame.width ? lit : target
    if (!stretch || (!this.narrow && stretch.left >= frame.left && stretch.right <= frame.right)) return
    this.figureHost.scrollLeft += (stretch.left + stretch.right) / 2 - frame.left - frame.width / 2
  }

  toggleNotation() {
    this.notation = this.notation === "matrix" ? "slide" : "matrix"
    this.board.paint(this.walk, this.at, this.notation, this.whole)
  }

  present() {
    if (document.fullscreenElement) document.exitFullscreen()
    else this.root.requestFullscreen()
  }

  onFullScreen = () => this.transport.paintPresenting(Boolean(document.fullscreenElement))

  // Out of the page for a moment, and into it again at another place.
  park() {
    this.parked = true
    this.editor.park()
    this.root.remove()
  }

  moveTo(host) {
    this.parked = false
    host.append(this.root)
    this.editor.resume()
  }

  destroy() {
    this.editor.letGo()
    document.removeEventListener("fullscreenchange", this.onFullScreen)
    clearTimeout(this.timer)
    this.address.end()
    clearTimeout(this.speaking)
    this.changes.forget()
    this.unbindKeys()
    this.root.remove()
  }
}
