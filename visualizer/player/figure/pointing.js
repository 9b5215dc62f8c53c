// What a viewer points at, with the pointer or the keys: a number leads to its step, can be changed, or says all its digits.

import { plainSymbol } from "../formula/symbols.js"
import { formatFull } from "../../web/numbers.js"
import { Tooltip } from "../../web/tooltip.js"

export class Pointing {
  constructor(player) {
    this.player = player
    this.tooltip = new Tooltip(player.root)
    const { figure, figureHost, boardHost, root } = player
    figureHost.onclick = (event) => this.open(event.target) || this.pick(figure.refAt(event))
    figureHost.onkeydown = (event) => this.press(event)
    figureHost.onpointermove = (event) => this.hover(figure.refAt(event), event)
    boardHost.onpointerover = (event) => this.hover(event.target.closest("[data-ref]")?.dataset.ref, event)
    root.onpointerleave = () => this.hover(null)
  }

  // The heading of a frame opens it; false for anything else.
  open(target) {
    const { opens } = target.dataset
    if (opens !== undefined) this.player.openFrame(Number(opens))
    return opens !== undefined
  }

  press(event) {
    const mark = event.target.closest(".editable")
    const enters = event.key === "Enter"
    if ((enters && this.open(event.target)) || (mark && (enters || event.key === " ") && this.pick(mark.dataset.ref))) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  pick(ref) {
    if (!ref) return false
    const { figure, walk, editable, editor, data, at } = this.player
    const mark = figure.markOf(ref)
    if (mark && editable.has(walk.ref(ref).name)) editor.open(ref, walk.value(ref), data.limit, mark)
    else if (walk.writerOf(ref) && walk.isKnown(ref, at)) this.player.go(walk.writerOf(ref))
    return true
  }

  // The field goes on to the number so many places further; false where there is none.
  editNext(ref, places) {
    const { figure, walk, changes, editor, data } = this.player
    const next = figure.editableFrom(ref, places)
    if (!next) return false
    editor.open(next, changes.valueOf(next, walk), data.limit, figure.markOf(next))
    return true
  }

  hover(ref, event) {
    if (ref === this.hovered) return
    this.hovered = ref
    const { figure, boardHost, walk, at } = this.player
    figure.link(ref)
    for (const token of boardHost.querySelectorAll("[data-ref]")) token.classList.toggle("linked", token.dataset.ref === ref)
    if (ref && walk.ref(ref).elements.length === 1) this.say(walk, ref, at, event)
    else this.tooltip.hide()
  }

  // What a number is, in full: its name, every digit, where it comes from and what uses it.
  say(walk, ref, at, event) {
    const writer = walk.writerOf(ref)
    const readers = walk.readersOf(ref)
    const steps = readers.slice(0, 5).join(", ") + (readers.length > 5 ? " …" : "")
    const value = walk.isKnown(ref, at) ? formatFull(walk.value(ref)) : "not known yet"
    const origin = writer ? `written in step ${writer}` : "given"
    const uses = readers.length ? `used in step ${steps}` : "used by nothing further"
    this.tooltip.say(`${plainSymbol(walk, ref)} = ${value}`, [origin, uses], event)
  }
}
