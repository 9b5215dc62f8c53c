// How the parts of a formula stand in lines: in pieces that are not broken where they fit, each begun by its operator.

import { box, settle } from "./settle.js"

const OPERATORS = new Set("= ≈ + −".split(" "))
const DIGIT = 0.56 // of the size of the type, on average
const MARGIN = 0.3
const LARGEST_TYPE = 1.3
const SMALLEST_TYPE = 1.05
const WHOLE = { smallest: 0.9, wider: 1.15 } // a formula of the slides: many operators and indices, best in one line

// Lines shrink a little before they break, and the numbers of a matrix on a narrow board.
function typeSize(ems, smallest) {
  return `min(${LARGEST_TYPE}rem, max(${smallest}rem, round(down, (100cqi - 1.8rem) / ${ems.toFixed(1)}, 0.05rem)), 8cqi)`
}

export function fillLines(host, lines, wide = false) {
  host.classList.toggle("wide", wide)
  if (wide) host.tabIndex = 0 // only a matrix can be wider than the board, and is then scrolled, by keyboard too
  else host.removeAttribute("tabindex")
  const { smallest, wider } = host.classList.contains("one-line") ? WHOLE : { smallest: SMALLEST_TYPE, wider: 1 }
  const size = typeSize(Math.max(...lines.map(emsOfLine)) * wider, smallest)
  if (host.size !== size) host.style.fontSize = host.size = size
  settle(host, lines.map(lineOf))
}

function lineOf(parts) {
  return box("div", "line", ...piecesOf(parts).flatMap((piece) => [piece.length > 1 ? box("span", "together", ...piece) : piece[0], " "]))
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
  const plain = part.children.every((child) => typeof child === "string")
  const shown = plain || part.children.some((child) => typeof child !== "string" && child.holds("token")) ? length : part.holds("fraction") ? length / 2 : length * 0.75
  return DIGIT * shown + MARGIN
}
