// What a number is, in full: its name, every digit, where it comes from and what uses it.

import { element } from "./board.js"
import { formatFull } from "./numbers.js"
import { plainSymbol } from "./symbols.js"

export class Tooltip {
  constructor(host) {
    this.host = host
    this.root = element("div", "tooltip")
    this.root.hidden = true
    host.append(this.root)
  }

  show(walk, ref, at, event) {
    const writer = walk.writerOf(ref)
    const readers = walk.readersOf(ref)
    const steps = readers.slice(0, 5).join(", ") + (readers.length > 5 ? " …" : "")
    const value = walk.isKnown(ref, at) ? formatFull(walk.value(ref)) : "not known yet"
    const origin = writer ? `written in step ${writer}` : "given"
    this.say(`${plainSymbol(walk, ref)} = ${value}`, [origin, readers.length ? `used in step ${steps}` : "used by nothing further"], event)
  }

  // Above the pointer, or below it where there is no room.
  say(head, lines, { clientX, clientY }) {
    this.root.replaceChildren(element("strong", "", head), ...lines.map((line) => element("div", "", line)))
    this.root.hidden = false
    const frame = this.host.getBoundingClientRect()
    const left = Math.min(clientX - frame.left + 12, frame.width - this.root.offsetWidth - 8)
    const above = clientY - frame.top - this.root.offsetHeight - 14
    this.root.style.left = `${Math.max(8, left)}px`
    this.root.style.top = `${above > 0 ? above : clientY - frame.top + 20}px`
  }

  hide() {
    this.root.hidden = true
  }
}
