// Words beside the pointer.

import { element } from "./dom.js"

export class Tooltip {
  constructor(host) {
    this.host = host
    this.root = element("div", "tooltip")
    this.root.hidden = true
    host.append(this.root)
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
