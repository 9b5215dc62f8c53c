// How the parts of a formula stand in lines: in pieces that are not broken where they fit, each begun by its operator.

import { box, forget, settle } from "./settle.js"

const OPERATORS = new Set("= ≈ + −".split(" "))
// Widths in the size of the type, on average.
const DIGIT = 0.56
const INDEX = 0.42
const LETTER = 0.3 // by how much it is wider than an index
const BESIDE_FRACTION = 0.8
const MARGIN = 0.4
const OPERATOR = 1.2 // with the room around it in a formula of the slides
const GAPS = 1 // between the terms of a line
const DEEPEST = 2 // brackets in brackets

const WIDEST_SHARE = 0.08 // of an area's width, that the type may have: a number fits on any board

const WIDTHS = new WeakMap() // of the hosts: asking would cost every step a layout
const SHOWN_LINES = new WeakMap() // what they show
const ROOT = {}
const LARGEST_TYPE = 1.3
const SMALL_TYPE = 1.05 // smaller only where that keeps brackets whole
const LEAST_TYPE = 0.9 // formulas of the slides are best in one line
const CARD = 1.6 // rem, that a card takes from what is in it

// Has the lines of some hosts, each in a card of an area, follow that area's width. The hosts' own heights change at
// nearly every step: to watch them would cost each a second round of layout.
export function watchWidth(area, hosts) {
  const watcher = new ResizeObserver(([{ contentRect }]) => {
    ROOT.size = null // the root's type may have changed with it
    for (const host of hosts) {
      const width = contentRect.width - CARD * rootSize() - 2
      if (Math.abs(WIDTHS.get(host) - width) < 1) continue
      WIDTHS.set(host, width)
      if (!SHOWN_LINES.has(host)) continue
      forget(host)
      fillLines(host, ...SHOWN_LINES.get(host))
    }
  })
  watcher.observe(area)
}

export function fillLines(host, lines, wide = false) {
  SHOWN_LINES.set(host, [lines, wide])
  host.classList.toggle("wide", wide)
  if (wide) host.tabIndex = 0 // only a matrix can be wider than the board, and is then scrolled, by keyboard too
  else host.removeAttribute("tabindex")
  const width = widthInRem(host)
  const type = typeSize(lines, width)
  const size = `${Math.min(type, WIDEST_SHARE * (width + CARD))}rem`
  if (host.style.fontSize !== size) host.style.fontSize = size
  settle(host, lines.map((parts) => lineOf(parts, width / type)))
}

function widthInRem(host) {
  return (WIDTHS.get(host) ?? Infinity) / rootSize()
}

function rootSize() {
  return (ROOT.size ??= parseFloat(getComputedStyle(document.documentElement).fontSize))
}

// Lines shrink a little before they break, and a little more where that keeps brackets whole. In rem.
function typeSize(lines, width) {
  const smallest = lines.flat().some(isBare) ? LEAST_TYPE : SMALL_TYPE
  const fitting = (ems) => Math.floor((width / ems) * 20) / 20
  const whole = fitting(Math.max(...lines.map((parts) => GAPS + emsOf(parts))))
  if (whole >= smallest) return Math.min(LARGEST_TYPE, whole)
  const inPieces = fitting(Math.max(...lines.flatMap((parts) => byTerms(parts).flatMap((term) => byFactors(term))).map(emsOf)))
  return inPieces < LEAST_TYPE ? smallest : Math.min(smallest, inPieces)
}

function lineOf(parts, room) {
  const pieces = byTerms(parts).flatMap((term) => fitted(term, room))
  return box("div", "line", ...pieces.flatMap((piece) => [piece.length > 1 ? box("span", "piece", ...piece) : piece[0], " "]))
}

// A term that fits stays whole; else it is broken before its factors, and only then within brackets.
function fitted(term, room, depth = 0) {
  if (emsOf(term) <= room || depth > DEEPEST) return [term]
  return byFactors(term, depth).flatMap((factor) =>
    emsOf(factor) <= room ? [factor] : byTerms(factor, depth + 1).flatMap((inner) => fitted(inner, room, depth + 1)))
}

// A term begins at an operator between two of them, and after a comma.
function byTerms(parts, depth = 0) {
  return cutBefore(parts, depth, (part, before) => {
    const sign = signOf(before)
    return sign === "," || (OPERATORS.has(signOf(part)) && !/^([=≈+−·([,]?|∑.*)$/.test(sign ?? "x"))
  })
}

// The last of several factors takes the one before it along: alone in its line it would read as a number of its own.
function byFactors(term, depth = 0) {
  const factors = cutBefore(term, depth, (part) => signOf(part) === "·")
  return factors.reduceRight(([next, ...others], factor) => {
    const pair = next && ![factor, next].some(hasBracket) && next.filter((part) => signOf(part) === "·").length === 1
    return pair ? [[...factor, ...next], ...others] : [factor, ...(next ? [next] : []), ...others]
  }, [])
}

// Cuts parts before some of those that stand in so many brackets.
function cutBefore(parts, depth, begins) {
  const pieces = [[]]
  let open = 0
  parts.forEach((part, i) => {
    if (i && open === depth && begins(part, parts[i - 1])) pieces.push([])
    pieces.at(-1).push(part)
    open += { "(": 1, "[": 1, ")": -1, "]": -1 }[signOf(part)] ?? 0
  })
  return pieces
}

function hasBracket(parts) {
  return parts.some((part) => signOf(part) === "(")
}

// What a part shows where it is a sign of its own; undefined for numbers and symbols.
function signOf(part) {
  return part.isA("sign") ? part.textContent : undefined
}

function isBare(part) {
  return part.isA("bare")
}

// About how wide parts are, in the size of the type.
function emsOf(parts) {
  return parts.reduce((width, part) => width + emsOfPart(part), 0)
}

// A letter is wider than its indices, and a fraction about as wide as half of what is in it.
function emsOfPart(part) {
  if (part.className === "together") return emsOf(part.children)
  const { length } = part.textContent
  if (!length) return 0
  if (part.children[0]?.className === "op") return OPERATOR
  const margin = isBare(part) ? 0 : MARGIN
  const boxes = part.children.filter((child) => typeof child !== "string")
  if (!boxes.length || boxes.some((child) => child.holds("token"))) return DIGIT * length + margin
  return (part.holds("fraction") ? (DIGIT / 2) * length + BESIDE_FRACTION : INDEX * length + LETTER) + margin
}
