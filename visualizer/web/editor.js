// Change a number where it stands: a small field over it. Enter, Tab and the arrows up and down keep it and go on to the
// next number, a click elsewhere keeps it, Escape takes it back, and a wrong input says why.

import { readNumber } from "./read_number.js"

const FIELD_ROOM = "4rem" // half the field's width, and a little
const WAYS = { Enter: 1, Tab: 1, ArrowDown: 1, ArrowUp: -1 }

export class Editor {
  // `neighbour` opens the field at the number so many places on; without it, a number that was typed closes the field.
  constructor(host, commit, neighbour = null) {
    this.host = host
    this.commit = commit
    this.neighbour = neighbour
    this.form = document.createElement("form")
    this.form.className = "editor"
    this.form.hidden = true
    this.field = document.createElement("input")
    this.field.setAttribute("aria-label", "new value")
    this.field.inputMode = "text" // a keypad for decimals has no minus and no / on some phones
    this.field.autocomplete = "off"
    this.message = document.createElement("div")
    this.message.className = "editor-message"
    this.message.setAttribute("role", "alert")
    this.form.append(this.field, this.message)
    this.form.onsubmit = (event) => (event.preventDefault(), this.submit() && this.moveOn(1))
    this.field.onkeydown = (event) => this.onKey(event)
    this.field.onblur = () => !this.parked && this.submit() && this.hide()
    host.append(this.form)
  }

  onKey(event) {
    if (event.key === "Escape") return event.stopPropagation(), this.close()
    if (event.key === "Enter" || !WAYS[event.key] || !this.neighbour) return // Enter submits the form
    event.preventDefault()
    if (this.submit()) this.moveOn(event.shiftKey ? -1 : WAYS[event.key])
  }

  open(ref, value, limit, mark) {
    this.ref = ref
    this.limit = limit
    this.shown = String(value)
    this.stand(mark)
    this.message.textContent = ""
    this.form.hidden = false
    this.field.value = this.shown
    this.field.focus({ preventScroll: true })
    this.field.select()
  }

  stand(mark) {
    const frame = this.host.getBoundingClientRect()
    const place = mark.getBoundingClientRect()
    this.mark = mark
    const middle = place.left - frame.left + place.width / 2
    const room = `${FIELD_ROOM} + ${this.host.scrollLeft}px`
    this.form.style.left = `clamp(${room}, ${middle + this.host.scrollLeft}px, ${frame.width + this.host.scrollLeft}px - ${FIELD_ROOM})`
    this.form.classList.toggle("at-end", middle > frame.width / 2)
    this.form.style.top = `${place.top - frame.top + place.height / 2 + this.host.scrollTop}px`
  }

  // The figure was drawn anew: the field stays with its number, what is typed in it too.
  follow(markOf) {
    if (this.form.hidden) return
    const mark = markOf(this.ref)
    if (mark) this.stand(mark)
    else this.hide()
  }

  // Whether what is typed counts; a number that stays as it was isn't sent.
  submit() {
    if (this.form.hidden) return false
    const { value, fault } = readNumber(this.field.value, this.limit)
    if (fault) return this.refuse(fault)
    if (this.field.value !== this.shown) this.commit(this.ref, value)
    return true
  }

  refuse(message) {
    this.message.textContent = message
    if (this.form.matches(":focus-within")) this.field.select()
    return false
  }

  moveOn(places) {
    if (!this.neighbour?.(this.ref, places)) this.close()
  }

  // While its figure is not in the page: what is typed meanwhile is kept.
  park() {
    this.parked = true
    this.keys = this.form.matches(":focus-within") ? [] : null
    if (this.keys) document.addEventListener("keydown", this.keep, true)
  }

  keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.keys.push({ key: event.key, shiftKey: event.shiftKey, preventDefault() {}, stopPropagation() {} })
  }

  letGo() {
    document.removeEventListener("keydown", this.keep, true)
  }

  resume() {
    this.parked = false
    this.letGo()
    if (!this.keys) return
    this.field.focus({ preventScroll: true })
    for (const event of this.keys) {
      if (event.key.length === 1) this.field.setRangeText(event.key, this.field.selectionStart, this.field.selectionEnd, "end")
      else if (event.key === "Enter") this.submit() && this.moveOn(1)
      else this.onKey(event)
    }
  }

  hide() {
    this.form.hidden = true
  }

  // Leaves the keys to the number that the field stood on.
  close() {
    if (this.form.hidden) return
    this.hide()
    this.mark?.focus({ preventScroll: true })
  }
}
