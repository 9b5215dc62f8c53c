// The table of layers: a click opens a layer's numbers, to be changed, and its formulas. Python counts; this shows.

import { component } from "../../web/component.js"
import { element, focusedBeside } from "../../web/dom.js"
import { percent } from "../../web/numbers.js"

const INPUT = -1
const COLUMNS = [
  ["#", "place"],
  ["Layer", "name"],
  ["Output", "number"],
  ["Parameters", "number"],
  ["Multiply-adds", "number"],
  ["Memory", "number spare"],
  ["Receptive field", "number spare"],
]

class LayerTable {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = element("div", "desk")
    this.root.dataset.testid = "layer-table"
    this.table = element("table", "")
    this.root.append(this.table)
    host.append(this.root)
    this.root.addEventListener("keydown", (event) => this.onKey(event))
  }

  destroy() {
    this.root.remove()
  }

  receive(data) {
    if (data.serial !== this.data?.serial) this.open = data.look
    this.data = data
    this.draw()
  }

  // Everything is drawn anew; what had the focus has it again.
  draw() {
    const focused = focusedBeside(this.root)?.dataset?.focus
    const top = this.root.scrollTop
    const body = element("tbody", "")
    for (const row of [this.data.input, ...this.data.layers]) {
      body.append(this.row(row))
      if (this.data.fault?.at === row.at) body.append(wide("fault", element("p", "", this.data.fault.words)))
      if (row.at === this.open) body.append(wide("opened", this.panel(row)))
    }
    this.table.replaceChildren(heads(), body, this.totals())
    this.root.scrollTop = top
    if (focused) this.find(focused)?.focus({ preventScroll: true })
    if (this.looked !== undefined && this.looked !== this.data.serial) this.bringIntoView()
    this.looked = this.data.serial
  }

  // The layer that is open comes into the table's own window, as much of it as fits; the page stays where it is.
  bringIntoView() {
    const row = /** @type {HTMLElement} */ (this.table.querySelector("tr.open"))
    if (!row) return
    const last = /** @type {HTMLElement} */ (this.table.querySelector("tr.opened"))
    const above = row.offsetTop - this.table.tHead.offsetHeight
    const below = last.offsetTop + last.offsetHeight + this.table.tFoot.offsetHeight - this.root.clientHeight
    this.root.scrollTop = Math.min(above, Math.max(this.root.scrollTop, below))
  }

  find(focus) {
    const all = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-focus]")])
    return all.find((each) => each.dataset.focus === focus)
  }

  row(row) {
    const open = row.at === this.open
    const fault = this.data.fault?.at === row.at
    const line = element("tr", [open && "open", fault && "at-fault", !row.shape && "uncounted"].filter(Boolean).join(" "))
    line.dataset.testid = `layer-${row.at + 1}`
    const button = element("button", "toggle", element("span", "label", row.label), element("span", "settings", row.settings))
    button.dataset.focus = `row ${row.at}`
    button.setAttribute("aria-expanded", String(open))
    line.append(
      element("td", "place", row.at === INPUT ? "" : String(row.at + 1)),
      element("th", "name", button),
      cell("number", row.shape),
      counted(row.parameters, row.parametersShare, "parameters"),
      counted(row.multiplyAdds, row.multiplyAddsShare, "work"),
      cell("number spare", row.memory),
      cell("number spare", row.reach),
    )
    line.querySelector("th").scope = "row"
    line.onclick = () => this.toggle(row.at)
    return line
  }

  toggle(at) {
    this.open = this.open === at ? null : at
    if (this.data.note && this.open !== this.data.look) this.data = { ...this.data, note: "" }
    this.draw()
    this.bringIntoView()
    this.find(`row ${at}`)?.focus({ preventScroll: true })
  }

  panel(row) {
    const panel = element("div", "panel")
    const tools = element("div", "tools")
    if (row.fields.length) tools.append(element("div", "fields", ...row.fields.map((field) => this.field(row, field))))
    if (this.data.note && row.at === this.data.look) {
      const note = element("p", "note", this.data.note)
      note.setAttribute("role", "alert")
      tools.append(note)
    }
    tools.append(this.actions(row))
    panel.append(tools)
    if (row.formulas) panel.append(formulas(row.formulas))
    if (row.parts?.length) panel.append(parts(row.parts))
    return panel
  }

  field(row, field) {
    const input = element("input", "")
    input.dataset.focus = `field ${row.at} ${field.name}`
    input.title = field.wanted
    if (field.switch) {
      input.type = "checkbox"
      input.checked = field.text === "1"
    } else {
      Object.assign(input, { type: "text", value: field.text, maxLength: 40, autocomplete: "off", spellcheck: false })
    }
    input.onchange = () => this.ask("set", row.at, field.name, field.switch ? String(Number(input.checked)) : input.value)
    const label = element("label", field.switch ? "switch" : "", element("span", "", field.label), input)
    return label
  }

  actions(row) {
    const bar = element("div", "actions")
    if (row.at !== INPUT) {
      const last = this.data.layers.length - 1
      bar.append(
        this.button("Move up", "up", row.at, row.at === 0),
        this.button("Move down", "down", row.at, row.at === last),
        this.button("Remove", "remove", row.at, false),
      )
    }
    bar.append(this.adder(row.at))
    return bar
  }

  button(label, action, at, disabled) {
    const button = element("button", "action", label)
    Object.assign(button, { disabled, onclick: () => this.ask(action, at) })
    button.dataset.focus = `action ${action}`
    return button
  }

  adder(at) {
    const select = element("select", "")
    select.setAttribute("aria-label", "Add a layer below")
    select.dataset.focus = "action add"
    select.append(new Option("Add a layer below …", ""))
    for (const kind of this.data.kinds) select.append(new Option(kind.label, kind.word))
    select.onchange = () => select.value && this.ask("add", at, null, select.value)
    return select
  }

  ask(action, at, field = null, text = null) {
    this.server?.edit({ action, at, field, text })
  }

  totals() {
    const { totals } = this.data
    const line = element("tr", "")
    const name = element("th", "name", totals.partial ? "total, up to the fault" : "total")
    name.scope = "row"
    line.append(
      element("td", "place"),
      name,
      cell("number", ""),
      cell("number", totals.parameters),
      cell("number", totals.multiplyAdds),
      cell("number spare", totals.memory),
      cell("number spare", ""),
    )
    return element("tfoot", "", line)
  }

  // Up and down go from layer to layer, as in a list.
  onKey(event) {
    const focus = event.target.dataset?.focus ?? ""
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by || !focus.startsWith("row ")) return
    event.preventDefault()
    this.find(`row ${Number(focus.slice(4)) + by}`)?.focus()
  }
}

function heads() {
  const line = element("tr", "")
  for (const [label, className] of COLUMNS) {
    const head = element("th", className, label)
    head.scope = "col"
    line.append(head)
  }
  return element("thead", "", line)
}

function wide(className, content) {
  const cell_ = element("td", "", content)
  cell_.colSpan = COLUMNS.length
  return element("tr", className, cell_)
}

function cell(className, text) {
  return element("td", className, text ?? "–")
}

// A number over a bar that is as long as its share of the total.
function counted(text, share, kind) {
  const found = cell(`number ${kind}`, text)
  if (share === undefined) return found
  const bar = element("span", "bar")
  bar.style.width = `${100 * share}%`
  found.append(element("span", "track", bar))
  found.title = `${percent(share)} of the total`
  return found
}

function formulas(all) {
  const list = element("dl", "formulas")
  for (const { name, symbols, numbers } of all) {
    const worked = element("dd", "", element("span", "numbers", numbers), element("span", "symbols", symbols))
    list.append(element("dt", "", name), worked)
  }
  return list
}

function parts(all) {
  const table = element("table", "parts")
  for (const part of all) {
    const line = element("tr", "", element("td", "part", part.name))
    line.append(...["shape", "parameters", "multiplyAdds", "memory"].map((name) => cell("number", part[name])))
    table.append(line)
  }
  const head = element("tr", "", ...["Its steps", "Output", "Parameters", "Multiply-adds", "Memory"].map((label) => element("th", "", label)))
  table.prepend(head)
  const frame = element("div", "parts-frame", table)
  frame.tabIndex = 0 // it may have to be scrolled
  frame.setAttribute("role", "group")
  frame.setAttribute("aria-label", "The steps of this block")
  return frame
}

export default component((host) => new LayerTable(host), ({ setTriggerValue }) => ({ edit: (value) => setTriggerValue("edit", value) }))
