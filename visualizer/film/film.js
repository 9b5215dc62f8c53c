// The film: it holds the run and the frame, and lets net, view, curves and transport show it.

import { Curves } from "./curves.js"
import { Inks } from "./inks.js"
import { Net } from "./net.js"
import { unpackReel } from "./reel.js"
import { View } from "./view.js"
import { component } from "../web/component.js"
import { element, isDark, rem } from "../web/dom.js"
import { Editor } from "../web/editor.js"
import { bindKeys } from "../web/keys.js"
import { format, percent } from "../web/numbers.js"
import { Tooltip } from "../web/tooltip.js"
import { Transport } from "../web/transport.js"

const REST = 500
const PACE = 80
const WAIT = 150
const MOST_WAITS = 40
const ABREAST = 58 // rem: from this width on, net, unit and curves stand side by side

export class FilmPlayer {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = element("div", "player film")
    this.root.dataset.testid = "player"
    this.stage = element("div", "stage")
    this.board = element("aside", "board")
    this.transportHost = element("div", "transport")
    this.live = element("div", "spoken")
    this.live.setAttribute("aria-live", "polite")
    this.root.append(this.stage, this.board, this.transportHost, this.live)
    host.append(this.root)
    this.low = matchMedia("(max-height: 520px)")
    this.still = matchMedia("(prefers-reduced-motion: reduce)")
    this.at = 0
    this.pace = 1
    this.serial = 0
    this.looked = null
    this.pinned = null
    this.build()
  }

  build() {
    this.tooltip = new Tooltip(this.root)
    const say = (head, lines, event) => (head === null ? this.tooltip.hide() : this.tooltip.say(head, lines, event))
    const edit = (ref, mark) => this.edit(ref, mark)
    this.net = new Net(this.stage, { say, edit, look: (unit) => this.look(unit), pin: (unit) => this.pin(unit) })
    this.view = new View(this.stage, { say, edit })
    this.title = element("h2", "title")
    this.title.dataset.testid = "player-title"
    this.about = element("span", "hint")
    const drawing = Object.assign(element("button", "plain file", "SVG"), { type: "button", title: "Save the curves as a drawing", onclick: () => this.curves.save() })
    this.board.append(this.title, element("div", "about-run", this.about, drawing))
    this.curves = new Curves(this.board, { say, go: (frame) => this.go(frame) })
    const actions = {
      first: () => this.go(0),
      back: () => this.move(-1),
      play: () => this.toggle(),
      next: () => this.move(1),
      last: () => this.go(this.last),
    }
    this.transport = new Transport(this.transportHost, {
      ...actions, go: (frame) => this.go(frame), speed: (pace) => (this.pace = pace), present: () => this.present(),
    }, { strides: [], unit: "frame of the run" })
    this.counted = element("div", "counted")
    this.transport.step.before(this.counted)
    this.editor = new Editor(this.root, (ref, value) => this.server?.edit(ref, value, this.at))
    this.unbindKeys = bindKeys(this.root, actions)
    this.root.addEventListener("click", (event) => event.detail > 0 && event.target.closest("button")?.blur())
    this.root.onpointerleave = this.report
    document.addEventListener("keydown", this.onKeyDown)
    document.addEventListener("fullscreenchange", this.onFullScreen)
    this.sizes = new ResizeObserver(() => this.resize())
    for (const part of [this.root, this.net.root, this.view.root]) this.sizes.observe(part)
  }

  get last() {
    return this.reel ? this.reel.frames - 1 : 0
  }

  // ---- data ---------------------------------------------------------------------------------------------------------

  async receive(data) {
    const serial = ++this.serial
    this.data = data
    if (data.blob !== this.blob) {
      const reel = await unpackReel(data.blob)
      if (serial !== this.serial) return
      this.take(reel, data)
    }
    this.setTheme()
    this.drawAll()
    Object.assign(this.root.dataset, { ready: "true", run: this.reel.run })
  }

  // More of the same run keeps the frame; another run begins at its start.
  take(reel, data) {
    const same = this.reel?.run === reel.run
    this.reel = reel
    this.blob = data.blob
    this.inksUsed = null
    this.at = data.follow ? this.last : same ? Math.min(this.at, this.last) : 0
    if (!same) {
      this.reported = null
      this.looked = null
      if (this.pinned && (this.pinned.layer >= reel.depth || this.pinned.unit >= reel.shown(this.pinned.layer + 1))) this.pinned = null
      this.stop()
      if (data.autoplay && !this.still.matches) this.play()
    }
  }

  setTheme() {
    this.root.dataset.theme = isDark(this.root) ? "dark" : "light"
    this.inks = new Inks(this.root)
  }

  drawAll() {
    const editable = Boolean(this.data.editable && this.server)
    const drawn = [this.reel, this.inks.key, editable]
    if (drawn.every((part, i) => part === this.drawn?.[i])) return
    this.drawn = drawn
    this.editor.close()
    this.tooltip.hide()
    this.counted.textContent = this.reel.counted
    this.transport.draw({ length: this.last, steps: [{ phase: "forward" }], chapters: [{ title: "", start: 0, stop: Math.max(1, this.last) }] })
    this.net.draw(this.reel, this.inks, editable)
    this.view.draw(this.reel, this.inks, editable)
    this.curves.draw(this.reel, this.at)
    this.curves.resize()
    this.resize()
  }

  resize() {
    if (!this.reel) return
    this.view.stacked = this.low.matches || this.root.clientWidth < ABREAST * rem()
    this.root.classList.toggle("stacked", this.view.stacked)
    this.stage.style.setProperty("--most-units", Math.max(...this.reel.sizes.map((_, column) => this.reel.shown(column))))
    this.net.resize()
    this.view.resize()
    this.paint()
  }

  // ---- frames -------------------------------------------------------------------------------------------------------

  go(frame) {
    const at = Math.max(0, Math.min(this.last, frame))
    if (at === this.at || !this.reel) return
    this.at = at
    this.tooltip.hide()
    this.editor.close()
    this.paint()
    this.rest()
  }

  move(direction) {
    this.go(this.at + direction)
  }

  toggle() {
    if (this.timer) return this.stop()
    if (this.at === this.last && this.reel.whole) this.go(0)
    this.play()
  }

  // A run that still goes on is waited for, but not for ever: it may have been cancelled.
  play() {
    clearTimeout(this.timer)
    let waits = 0
    const tick = () => {
      waits = this.at === this.last ? waits + 1 : 0
      this.move(1)
      if (this.at === this.last && (this.reel.whole || waits === MOST_WAITS)) return this.stop()
      this.timer = setTimeout(tick, this.at === this.last ? WAIT : PACE / this.pace)
    }
    this.timer = setTimeout(tick, PACE / this.pace)
    this.transport.paintPlaying(true)
  }

  stop() {
    clearTimeout(this.timer)
    this.timer = null
    this.transport.paintPlaying(false)
    this.rest()
  }

  // Only a frame that is looked at is said, and reported, so the film itself costs the server nothing.
  rest() {
    clearTimeout(this.resting)
    if (this.timer) return
    this.resting = setTimeout(this.report, REST)
  }

  // Also as soon as the pointer leaves: what stands beside the film is about the frame on screen.
  report = () => {
    clearTimeout(this.resting)
    if (!this.reel || this.at === this.reported) return
    this.reported = this.at
    this.live.textContent = this.spoken()
    this.server?.report(this.at)
  }

  // ---- painting -----------------------------------------------------------------------------------------------------

  paint() {
    const unit = this.looked ?? this.pinned
    this.net.paint(this.at, unit)
    this.view.paint(this.at, unit)
    this.curves.paint(this.at)
    this.transport.paint(this.at, this.heading(), [this.reel.epoch(this.at), this.reel.planned])
    this.title.textContent = this.heading()
    const rate = this.reel.number("learning_rates", this.at)
    const tested = Number.isFinite(this.reel.number("test_accuracy", this.at)) && this.at > 0 ? "share of the test points · " : ""
    const learning = Number.isFinite(rate) ? `${tested}learning rate ${format(rate, 3)}` : ""
    this.about.textContent = [learning, this.reel.madeWith(this.at)].filter(Boolean).join(" · ")
  }

  heading() {
    const { reel, at } = this
    const count = reel.epoch(at)
    if (reel.diverged >= 0 && at === this.last) return `Diverged at update ${reel.diverged}: ${reel.cause}`
    if (at === 0) return "Before the first update"
    const passed = `After ${count} ${reel.counted}${count === 1 ? "" : "s"}`
    const set = Number.isFinite(reel.number("test_loss", at)) ? "test" : "train"
    const accuracy = reel.number(`${set}_accuracy`, at)
    const reached = Number.isFinite(accuracy) ? `${percent(accuracy)} right` : `${set} loss ${format(reel.number(`${set}_loss`, at), 3)}`
    return `${passed}: ${reached}`
  }

  spoken() {
    const { reel, at } = this
    const losses = ["train", "test"].map((set) => [set, reel.number(`${set}_loss`, at)]).filter(([, loss]) => Number.isFinite(loss))
    return `${this.heading()}. ${losses.map(([set, loss]) => `${set} loss ${format(loss, 3)}`).join(", ")}`
  }

  // ---- pointing -----------------------------------------------------------------------------------------------------

  look(unit) {
    this.looked = unit
    if (this.reel) this.paint()
  }

  // A unit that is clicked stays on show; a second click lets it go.
  pin(unit) {
    const same = this.pinned?.layer === unit.layer && this.pinned.unit === unit.unit
    this.pinned = same ? null : unit
    this.paint()
  }

  edit(ref, mark) {
    if (!this.data.editable || !this.server) return
    this.stop()
    this.editor.open(ref, Number(this.reel.weight(this.at, ref.layer, ref.unit, ref.from).toPrecision(6)), this.data.limit, mark)
  }

  present() {
    if (document.fullscreenElement) document.exitFullscreen()
    else this.root.requestFullscreen()
  }

  // Escape lets go of a unit; in a field it leaves the field alone.
  onKeyDown = (event) => {
    if (event.key === "Escape" && this.pinned && this.editor.form.hidden) this.pin(this.pinned)
  }

  onFullScreen = () => this.transport.paintPresenting(Boolean(document.fullscreenElement))

  destroy() {
    document.removeEventListener("fullscreenchange", this.onFullScreen)
    document.removeEventListener("keydown", this.onKeyDown)
    clearTimeout(this.timer)
    clearTimeout(this.resting)
    this.sizes.disconnect()
    this.curves.destroy()
    this.unbindKeys()
    this.root.remove()
  }
}

export default component(
  (host) => new FilmPlayer(host),
  ({ setStateValue, setTriggerValue }, film) => ({
    report: (frame) => setStateValue("frame", frame),
    edit: ({ layer, unit, from }, value, frame) => setTriggerValue("edit", { run: film.reel.run, layer, unit, from, value, frame }),
  }),
)
