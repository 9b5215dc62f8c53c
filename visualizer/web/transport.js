// The transport: first, back, play, next, last, a slider marked by chapter, stride and speed.

import { element } from "./dom.js"
import { DIGIT_CHOICES } from "./numbers.js"

/** @type {[testid: string, sign: string, label: string, action: Key][]} */
const BUTTONS = [
  ["player-first", "|◀", "First (Home)", "first"],
  ["player-back", "❮", "Back (←)", "back"],
  ["player-play", "▶", "Play (space)", "play"],
  ["player-next", "❯", "Next (→)", "next"],
  ["player-last", "▶|", "Last (End)", "last"],
]
export const STRIDES = ["number", "unit", "layer", "chapter"]
const MANY_CHAPTERS = 14 // chapters: their titles are shortened to fit
const SPEEDS = ["0.5", "1", "2", "4"]

/** @template {string | number} T @param {string} label @param {T[]} options @param {(value: T) => string} write @param {(value: string) => void} onChange */
function select(label, options, write, onChange) {
  const node = element("select", "choice", ...options.map((value) => new Option(write(value), String(value))))
  node.setAttribute("aria-label", label)
  node.onchange = () => {
    onChange(node.value)
    node.blur() // so that the arrow keys step again
  }
  return node
}

/** @typedef {"first" | "back" | "play" | "next" | "last"} Key */
/**
 * What is played: a walk, or the frames of a film.
 * @typedef {{ length: number, chapters: { title: string, start: number, stop: number }[], steps: { phase: string }[] }} Course
 */
/**
 * @typedef {Record<Key, () => void> & {
 *   go(at: number): void, speed(pace: number): void, present(): void, stride?(size: string): void, digits?(digits: number): void,
 * }} Actions
 */

// `strides` are those to choose from; `unit` is what the slider counts.
export class Transport {
  length = 0
  /** @type {{ start: number, stop: number, fill: HTMLElement, filled: number }[]} */ ranges = []

  /** @param {HTMLElement} host @param {Actions} actions */
  constructor(host, actions, { strides = STRIDES, unit = "step" } = {}) {
    this.actions = actions
    this.buttons = Object.fromEntries(BUTTONS.map(([testid, sign, label, action]) => {
      const button = element("button", `key ${action}`, sign)
      Object.assign(button, { type: "button", title: label, onclick: () => actions[action]() })
      button.setAttribute("aria-label", label)
      button.dataset.testid = testid
      return [action, button]
    }))
    this.slider = Object.assign(element("input", "slider"), { type: "range", min: 0, step: 1 })
    this.slider.dataset.testid = "player-slider"
    this.slider.setAttribute("aria-label", unit)
    this.slider.oninput = () => actions.go(Number(this.slider.value))
    this.chapters = element("div", "chapters")
    this.step = element("div", "step")
    this.step.dataset.testid = "player-step"
    this.count = document.createTextNode("")
    this.total = document.createTextNode("")
    this.step.append(element("strong", "", this.count), this.total)
    this.stride = select("stride", strides, (value) => `by ${value}`, (value) => actions.stride?.(value))
    this.stride.hidden = strides.length < 2
    this.speed = select("speed", SPEEDS, (value) => `${value}×`, (value) => actions.speed(Number(value)))
    this.speed.value = "1"
    this.digits = select("digits of every number", DIGIT_CHOICES, (value) => `${value} digits`, (value) => actions.digits?.(Number(value)))
    this.digits.hidden = !actions.digits
    this.present = Object.assign(element("button", "plain", "Present"), { type: "button", title: "Full screen", onclick: () => actions.present() })
    const bar = element("div", "bar", this.chapters, this.slider)
    const keys = element("div", "keys", ...Object.values(this.buttons))
    host.append(keys, bar, element("div", "counter", this.step, element("div", "choices", this.stride, this.speed, this.digits, this.present)))
  }

  /** @param {Course} walk */
  draw(walk) {
    this.length = walk.length
    this.slider.max = String(walk.length)
    const many = walk.chapters.length > MANY_CHAPTERS
    this.chapters.replaceChildren(...walk.chapters.map(({ title, start, stop }) => {
      const fill = element("span", "fill")
      const short = title.replace("Backward: ", "← ").replace(many ? "t = " : "", "")
      const button = element("button", "chapter", element("span", "chapter-title", element("span", "", short)), element("span", "rail", fill))
      Object.assign(button, { type: "button", title: `${title}: ${stop - start} steps`, onclick: () => this.actions.go(start + 1), tabIndex: -1 })
      button.setAttribute("aria-label", title)
      button.style.flexGrow = String(stop - start)
      button.dataset.phase = walk.steps[start].phase
      return button
    }))
    const fills = /** @type {NodeListOf<HTMLElement>} */ (this.chapters.querySelectorAll(".fill"))
    this.ranges = walk.chapters.map(({ start, stop }, i) => ({ start, stop, fill: fills[i], filled: -1 }))
  }

  // `counted` is what the counter reads, and up to what.
  /** @param {number} at @param {string} spoken */
  paint(at, spoken, counted = [at, this.length]) {
    this.slider.value = String(at)
    this.slider.setAttribute("aria-valuetext", spoken)
    this.count.data = String(counted[0])
    const total = ` / ${counted[1]}`
    if (this.total.data !== total) this.total.data = total // a text that is written anew is laid out anew
    for (const range of this.ranges) {
      const filled = Math.min(Math.max(at - range.start, 0), range.stop - range.start)
      if (filled === range.filled) continue
      range.filled = filled
      range.fill.style.transform = `scaleX(${filled / (range.stop - range.start)})`
    }
    const ends = { first: at === 0, back: at === 0, last: at === this.length, next: at === this.length }
    for (const [name, ended] of Object.entries(ends)) if (this.buttons[name].disabled !== ended) this.buttons[name].disabled = ended
  }

  /** @param {boolean} playing */
  paintPlaying(playing) {
    const { play } = this.buttons
    play.textContent = playing ? "❚❚" : "▶"
    play.setAttribute("aria-label", playing ? "Pause (space)" : "Play (space)")
  }

  /** @param {boolean} presenting */
  paintPresenting(presenting) {
    this.present.textContent = presenting ? "Leave" : "Present"
  }
}
