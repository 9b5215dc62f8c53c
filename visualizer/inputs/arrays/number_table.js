// A matrix of plain fields. A number is read here as it is left, a pasted matrix by Python; both go there as actions,
// numbered, until Python says that it has them: two that follow closely are not lost.

import { component } from "../../web/component.js"
import { Delivery } from "../../web/delivery.js"
import { element } from "../../web/dom.js"
import { readNumber } from "../../web/read_number.js"

const DIGITS = 6
const MANY = /[\t\n\r;&[\]{}()\\]|\S[\s,]+\S/u

class NumberTable {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = element("div", "number-table")
    this.root.dataset.testid = "number-table"
    this.frame = element("div", "cells")
    this.sizes = element("div", "sizes")
    this.message = element("div", "fault")
    this.message.setAttribute("role", "alert")
    this.root.append(this.frame, this.message, this.sizes)
    host.append(this.root)
    this.waiting = []
    this.delivery = new Delivery(() => this.waiting.length, () => this.server?.edit(this.waiting))
    this.cells = []
  }

  destroy() {
    this.delivery.end()
    this.root.remove()
  }

  receive(data) {
    const before = this.data
    this.data = data
    this.number = Math.max(this.number ?? 0, data.done)
    this.waiting = this.waiting.filter((action) => action.number > data.done)
    if (before?.done !== data.done) this.said = data.fault
    const shape = (given) => JSON.stringify([given.values.map((row) => row.length), given.rows, given.columns, given.label])
    if (!before || shape(before) !== shape(data)) this.draw()
    this.cells.forEach((cell) => this.refresh(cell, before))
    this.drawSizes()
    this.say()
  }

  draw() {
    const focused = this.cells.find((cell) => cell.field === this.root.getRootNode().activeElement)
    const { values, rows, columns, label } = this.data
    const head = element("tr", "", element("td", ""), ...values[0].map((_, at) => heading(columns[at] ?? at + 1, "col")))
    const lines = values.map((row, at) => element("tr", "", heading(rows[at] ?? at + 1, "row"), ...row.map((_, to) => this.place(at, to))))
    this.cells = []
    const table = element("table", "", element("thead", "", head), element("tbody", "", ...lines))
    table.setAttribute("aria-label", label)
    this.frame.replaceChildren(table)
    for (const field of table.querySelectorAll("input")) this.cells.push(field.cell)
    if (focused) this.cell(focused.row, focused.column)?.field.focus()
  }

  place(row, column) {
    const field = element("input", "")
    const cell = { row, column, field, text: "" }
    Object.assign(field, { cell, type: "text", autocomplete: "off", spellcheck: false })
    const { label, rows, columns } = this.data
    field.setAttribute("aria-label", `${label}, ${rows[row] ?? `row ${row + 1}`}, ${columns[column] ?? `column ${column + 1}`}`)
    field.onfocus = () => this.arrive(cell)
    field.oninput = () => (cell.edited = true)
    field.onblur = () => this.leave(cell)
    field.onkeydown = (event) => this.press(event, cell)
    field.onpaste = (event) => this.paste(event, cell)
    return element("td", "", field)
  }

  cell(row, column) {
    return this.cells.find((cell) => cell.row === row && cell.column === column)
  }

  value(cell) {
    const typed = this.waiting.findLast((action) => action.row === cell.row && action.column === cell.column && "typed" in action)
    return typed ? typed.typed : this.data.values[cell.row]?.[cell.column]
  }

  // A field shows its number, unless it is being typed into or holds what could not be read.
  refresh(cell, before) {
    const value = this.value(cell)
    if (cell.fault && before && before.values[cell.row]?.[cell.column] !== this.data.values[cell.row][cell.column]) this.accept(cell)
    if (cell.fault || cell.edited) return
    const focused = cell.field === this.root.getRootNode().activeElement
    const text = focused ? whole(value) : short(value)
    if (cell.field.value !== text) cell.field.value = text
    cell.field.title = focused ? "" : whole(value)
  }

  arrive(cell) {
    if (!cell.fault) cell.field.value = whole(this.value(cell))
    cell.edited = false
    cell.field.select()
    this.say(cell)
  }

  leave(cell) {
    this.commit(cell)
    this.refresh(cell)
  }

  // Take over what stands in the field; false where it can't be read.
  commit(cell) {
    if (!cell.edited) return !cell.fault
    cell.edited = false
    const { value, fault } = readNumber(cell.field.value, this.data.limit)
    if (fault) {
      cell.fault = fault
      cell.field.classList.add("wrong")
      cell.field.setAttribute("aria-invalid", "true")
    } else {
      this.accept(cell)
      if (value !== this.value(cell)) this.ask({ row: cell.row, column: cell.column, typed: value })
    }
    this.say(cell)
    return !fault
  }

  accept(cell) {
    cell.fault = ""
    cell.field.classList.remove("wrong")
    cell.field.removeAttribute("aria-invalid")
  }

  say(cell) {
    const wrong = cell?.fault ? cell : this.cells.find((each) => each.fault)
    const text = wrong ? `${wrong.fault} Until then ${whole(this.value(wrong)) || "nothing"} counts.` : this.said
    if (this.message.textContent !== (text ?? "")) this.message.textContent = text ?? ""
  }

  ask(action) {
    this.said = ""
    this.number += 1
    this.waiting.push({ number: this.number, ...action })
    this.delivery.begin()
  }

  press(event, cell) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    event.stopPropagation() // the page has keys of its own
    const { selectionStart: from, selectionEnd: to, value } = cell.field
    const all = from === 0 && to === value.length
    const ways = {
      Enter: () => this.follow(cell, event.shiftKey ? -1 : 1),
      ArrowUp: () => this.cell(cell.row - 1, cell.column),
      ArrowDown: () => this.cell(cell.row + 1, cell.column),
      ArrowLeft: () => (all || to === 0) && this.cell(cell.row, cell.column - 1),
      ArrowRight: () => (all || from === value.length) && this.cell(cell.row, cell.column + 1),
    }
    if (event.key === "Escape") return this.undo(cell)
    if (!ways[event.key] || (event.shiftKey && event.key !== "Enter")) return
    const next = ways[event.key]()
    if (next || event.key === "Enter") event.preventDefault()
    if (next) next.field.focus()
    else if (event.key === "Enter" && this.commit(cell)) this.arrive(cell)
  }

  // The number before or after, row by row.
  follow(cell, by) {
    return this.cells[this.cells.indexOf(cell) + by]
  }

  undo(cell) {
    this.accept(cell)
    this.arrive(cell)
  }

  paste(event, cell) {
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (!readNumber(text, this.data.limit).fault || !MANY.test(text.trim())) return
    event.preventDefault()
    cell.edited = false
    this.accept(cell)
    this.ask({ row: cell.row, column: cell.column, pasted: text })
  }

  drawSizes() {
    const { least, most, values } = this.data
    const now = [values.length, values[0].length]
    const parts = ["rows", "columns"].map((name, way) => {
      if (least[way] === most[way]) return null
      const button = (by, sign, label) => {
        const found = element("button", "", sign)
        Object.assign(found, { type: "button", disabled: now[way] + by < least[way] || now[way] + by > most[way] })
        found.setAttribute("aria-label", label)
        found.onclick = () => this.ask({ row: now[0] + (way ? 0 : by), column: now[1] + (way ? by : 0) })
        return found
      }
      return element("span", "size", button(-1, "−", `fewer ${name}`), `${now[way]} ${name}`, button(1, "+", `more ${name}`))
    })
    const focused = this.root.getRootNode().activeElement?.getAttribute?.("aria-label")
    this.sizes.replaceChildren(...parts.filter(Boolean))
    for (const button of this.sizes.querySelectorAll("button")) if (button.getAttribute("aria-label") === focused) button.focus()
  }
}

function heading(text, scope) {
  const cell = element("th", "", String(text))
  cell.scope = scope
  return cell
}

// All digits, as one types them; the reader takes this minus too.
function whole(value) {
  return value === null || value === undefined ? "" : String(value).replaceAll("-", "−")
}

function short(value) {
  return value === null || value === undefined ? "" : whole(Number(value.toPrecision(DIGITS)))
}

export default component((host) => new NumberTable(host), ({ setTriggerValue }) => ({ edit: (value) => setTriggerValue("edit", value) }))
