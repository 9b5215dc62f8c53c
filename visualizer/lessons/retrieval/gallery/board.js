// Pictures of a gallery, ranked or on a map. A click on one asks with it. Python ranks; this shows.

import { component } from "../../../web/component.js"
import { element, focusedBeside } from "../../../web/dom.js"

// The small pictures come once, in a component of their own, so that a click need not bring them all again.
const SHEETS = (globalThis.unrolledSheets ??= new Map())
const WAITING = (globalThis.unrolledSheetsWaiting ??= new Set())
const MOST_SHEETS = 3

function keepSheet({ sheet, thumbs, names }) {
  SHEETS.delete(sheet)
  SHEETS.set(sheet, { thumbs, names })
  while (SHEETS.size > MOST_SHEETS) SHEETS.delete(SHEETS.keys().next().value)
  for (const board of WAITING) board.draw()
}

class Board {
  /** @type {any} */ server = null

  constructor(host) {
    this.root = element("div", "board")
    this.root.dataset.testid = "retrieval-board"
    host.append(this.root)
    this.root.addEventListener("pointerover", (event) => this.light(placeOf(event.target)))
    this.root.addEventListener("focusin", (event) => this.light(placeOf(event.target)))
    this.root.addEventListener("pointerleave", () => this.light())
    this.root.addEventListener("keydown", (event) => this.onKey(event))
    WAITING.add(this)
  }

  destroy() {
    WAITING.delete(this)
    this.root.remove()
  }

  receive(data) {
    this.data = data
    this.draw()
  }

  draw() {
    this.sheet = this.data && SHEETS.get(this.data.sheet)
    if (!this.sheet) return
    const focused = focusedBeside(this.root)?.dataset?.testid
    const open = this.root.querySelector("details")?.open ?? false
    const { query, rows, points } = this.data
    this.root.replaceChildren(question(query))
    if (rows) {
      const ranked = element("div", "rows", ...rows.map((row) => this.row(row)))
      this.root.append(ranked, this.all(open))
    }
    if (points) this.root.append(this.map(points))
    /** @type {HTMLElement} */
    const again = this.root.querySelector(`[data-testid="${focused}"]`)
    if (focused) again?.focus({ preventScroll: true })
  }

  row(row) {
    const found = row.found.map(({ place, distance, same }, at) => {
      const button = this.picture(place, `near-${row.row}-${at + 1}`, distance)
      button.append(element("span", "distance", distance))
      if (same !== undefined) {
        button.classList.add(same ? "same" : "other")
        button.append(element("span", "mark", same ? "✓" : "✗"))
      }
      return button
    })
    const line = element("div", "row", head(row), element("div", "found", ...found))
    line.dataset.testid = `row-${row.row}`
    return line
  }

  all(open) {
    const pictures = this.sheet.names.map((_, place) => this.picture(place, `all-${place + 1}`))
    const summary = element("summary", "", `All ${pictures.length} images of the gallery`)
    const details = element("details", "all", summary, element("div", "grid", ...pictures))
    details.open = open
    return details
  }

  map(points) {
    const box = element("div", "map")
    box.dataset.testid = "retrieval-map"
    box.dataset.layered = "" // pictures lie where they belong, over each other
    points.forEach(([x, y], place) => box.append(this.at(x, y, this.picture(place, `map-${place + 1}`))))
    if (this.data.queryPoint) {
      const image = element("img", "thumb")
      Object.assign(image, { src: this.data.query.thumb, alt: `The query: ${this.data.query.name}` })
      box.append(this.at(...this.data.queryPoint, element("span", "picture asked", image)))
    }
    return box
  }

  at(x, y, node) {
    node.style.setProperty("--x", x)
    node.style.setProperty("--y", y)
    return node
  }

  picture(place, testid, distance = "") {
    const image = element("img", "thumb")
    Object.assign(image, { src: this.sheet.thumbs[place], alt: "", decoding: "async" })
    const button = element("button", "picture", image)
    const name = this.sheet.names[place]
    button.type = "button"
    button.title = distance ? `${name}: ${distance}` : name
    button.setAttribute("aria-label", distance ? `${name}, at ${distance}` : name)
    Object.assign(button.dataset, { testid, place })
    if (place === this.data.query.place) button.classList.add("asked")
    button.onclick = () => this.server?.choose({ place })
    return button
  }

  // A picture that is pointed at is lit wherever it stands.
  light(place) {
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll(".picture"))) {
      each.classList.toggle("lit", place !== undefined && each.dataset.place === place)
    }
  }

  onKey(event) {
    const by = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key]
    const next = by && event.target.closest?.(".picture")?.[by]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
}

function placeOf(target) {
  return target.closest?.(".picture")?.dataset.place
}

function head(row) {
  return element("div", "head", element("span", "label", row.label), element("span", "about", row.about))
}

function question(query) {
  const image = element("img", "large")
  Object.assign(image, { src: query.thumb, alt: `The query: ${query.name}` })
  const classes = query.classes.map(({ name, share, text }) => {
    const bar = element("span", "bar")
    bar.style.width = `${100 * share}%`
    return element("li", "", element("span", "class", name), element("span", "share", text), element("span", "track", bar))
  })
  const list = element("ol", "classes", ...classes)
  list.dataset.testid = "retrieval-classes"
  const words = element("div", "words", element("p", "name", query.name), element("p", "about", query.about))
  const seen = element("div", "seen", element("p", "about", "What the net sees, of ImageNet’s 1,000 classes"), list)
  return element("div", "query", image, words, seen)
}

const board = component((host) => new Board(host), ({ setTriggerValue }) => ({ choose: (chosen) => setTriggerValue("chosen", chosen) }))

// Sheets of pictures come as data, or as the address of a file, for all boards of the page.
export default function (streamlit) {
  const { data } = streamlit
  if (data.file) import(new URL(data.file, document.baseURI).href).then((found) => keepSheet(found.default))
  else if (data.thumbs) keepSheet(data)
  else return board(streamlit)
}
