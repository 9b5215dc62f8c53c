// How the parts of a formula stand in lines: in pieces that are not broken where they fit, each begun by its operator.

import { element } from "./board.js"
import { settle } from "./settle.js"

const OPERATORS = new Set("= ≈ + −".split(" "))
const DIGIT = 0.56 // of the size of the type, on average
const MARGIN = 0.3

const WIDTHS = new WeakMap() // of the hosts, as the browser reports them: asking would cost every step a layout
const ROOT = {}
const LARGEST_TYPE = 1.3
const SMALLEST_TYPE = 1.05
const WHOLE = { smallest: 0.9, wider: 1.15 } // a formula of the slides: many operators and indices, best in one line
const WATCHER = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (WIDTHS.get(target) === contentRect.width) continue // lines that came or went
    WIDTHS.set(target, contentRect.width)
    ROOT.size = null // the root's type may have changed with it
  }
})

// Lines shrink a little before they break. In rem, by their width in the size of the type; a number fits on any board.
function typeSize(host, ems, smallest) {
  if (!WIDTHS.has(host)) (WATCHER.observe(host), WIDTHS.set(host, host.clientWidth))
  const rem = (WIDTHS.get(host) || Infinity) / rootSize()
  return `min(${Math.min(LARGEST_TYPE, Math.max(smallest, Math.floor((rem / ems) * 20) / 20))}rem, 8cqi)`
}

function rootSize() {
  return (ROOT.size ??= parseFloat(getComputedStyle(document.documentElement).fontSize))
}

export function fillLines(host, lines, wide = false) {
  host.classList.toggle("wide", wide)
  if (wide) host.tabIndex = 0 // only a matrix can be wider than the board, and is then scrolled, by keyboard too
  else host.removeAttribute("tabindex")
  const { smallest, wider } = host.classList.contains("one-line") ? WHOLE : { smallest: SMALLEST_TYPE, wider: 1 }
  const size = typeSize(host, Math.max(...lines.map(emsOfLine)) * wider, smallest)
  if (host.style.fontSize !== size) host.style.fontSize = size
  settle(host, lines.map(lineOf))
}

function lineOf(parts) {
  return element("div", "line", ...piecesOf(parts).flatMap((piece) => [piece.length > 1 ? element("span", "together", ...piece) : piece[0], " "]))
}

function emsOfLine(parts) {
  return parts.reduce((width, part) => width + emsOf(part), 1)
}

function piecesOf(parts) {
  const pieces = [[]]
  parts.forEach((part, i) => {
    if (i && startsPiece(parts, i)) pieces.push([])
    pieces.at(-1).push(part)
  })
  return pieces
}

// A piece begins at an operator between two terms, and after a comma.
function startsPiece(parts, i) {
  if (signOf(parts[i - 1]) === ",") return true
  return OPERATORS.has(signOf(parts[i])) && !/^[=≈+−·(,]?$/.test(signOf(parts[i - 1]) ?? "x")
}

// What a part shows where it is a sign of its own; undefined for numbers and symbols.
function signOf(part) {
  return part.className === "sign" ? part.textContent : undefined
}

// About how wide a part is: indices are small, and a fraction is as wide as its wider half.
function emsOf(part) {
  const { length } = part.textContent
  if (!length) return 0
  const shown = !part.firstElementChild || part.querySelector(".token") ? length : part.querySelector(".fraction") ? length / 2 : length * 0.75
  return DIGIT * shown + MARGIN
}
