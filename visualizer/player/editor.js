// Change a number where it stands: a small field over it. Enter keeps, Escape leaves, a wrong input says why.

import { readNumber } from "../inputs/read_number.js"

export class Editor {
  constructor(host, commit) {
    this.host = host
    this.commit = commit
    this.form = document.createElement("form")
    this.form.className = "editor"
    this.form.hidden = true
    this.field = document.createElement("input")
    this.field.setAttribute("aria-label", "new value")
    this.field.inputMode = "decimal"
    this.message = document.createElement("div")
    this.message.className = "editor-message"
    this.message.setAttribute("role", "alert")
    this.form.append(this.field, this.message)
    this.form.onsubmit = (event) => (event.preventDefault(), this.submit())
    this.field.onkeydown = (event) => {
      if (event.key === "Escape") this.close()
    }
    this.field.onblur = () => this.close()
    host.append(this.form)
  }

  open(ref, value, limit, mark) {
    const frame = this.host.getBoundingClientRect()
    const place = mark.getBoundingClientRect()
    Object.assign(this, { ref, limit, mark })
    this.form.style.left = `${place.left - frame.left + place.width / 2 + this.host.scrollLeft}px`
    this.form.style.top = `${place.top - frame.top + place.height / 2 + this.host.scrollTop}px`
    this.message.textContent = ""
    this.form.hidden = false
    this.field.value = String(value)
    this.field.focus()
    this.field.select()
  }

  submit() {
    const { value, fault } = readNumber(this.field.value, this.limit)
    if (fault) return this.refuse(fault)
    this.commit(this.ref, value)
    this.close()
  }

  refuse(message) {
    this.message.textContent = message
    this.field.select()
  }

  close() {
    if (this.form.hidden) return
    this.form.hidden = true
    this.mark?.focus({ preventScroll: true })
  }
}
