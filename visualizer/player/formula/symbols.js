// Symbols in boxes: w₁², ∂ℓ/∂a, and the templates of functions. No text is ever taken for markup.
// Plain inline text, not MathML: a line of it is laid out in a tenth of the time, and breaks where a line of words may.

import { box } from "./settle.js"

const SPACED = new Set("= + − · ∘ ≈ < > ≥ ≤".split(" "))

function row(nodes) {
  return nodes.length === 1 ? nodes[0] : box("span", "row", ...nodes)
}

export function text(token) {
  if (token === "Σ" || token === "∑") return box("span", "sigma", "∑")
  if (SPACED.has(token)) return box("span", "op", token)
  return /^\p{L}\p{M}?$/u.test(token) && token !== "∂" ? box("i", "", token) : token
}

function fraction(top, bottom) {
  return box("span", "fraction", box("span", "", top), box("span", "", bottom))
}

// A sign with a text below it: what a sum runs over.
export function under(sign, below) {
  return below ? box("span", "under", text(sign), box("small", "", ...letters(below))) : text(sign)
}

function indexText(parts, index) {
  const place = (at) => (typeof at === "number" ? String(at + 1) : typeof at === "string" ? at : "")
  const shown = parts.map((part) => (typeof part === "string" ? part : place(index[part])))
  return shown.filter(Boolean).join(",")
}

// The symbol in plain text, with Unicode's small digits: for tooltips and labels.
export function plainSymbol(walk, ref) {
  const { prefix, letter, below, above } = symbolParts(walk, ref)
  return `${prefix}${letter}${small(below, "₀₁₂₃₄₅₆₇₈₉")}${small(above, "⁰¹²³⁴⁵⁶⁷⁸⁹")}`
}

function small(indices, digits) {
  return [...indices].map((c) => (/\d/.test(c) ? digits[c] : c === "(" ? "⁽" : c === ")" ? "⁾" : c)).join("")
}

function scripts(base, below, above) {
  const [sub, sup] = [below && box("sub", "", ...letters(below)), above && box("sup", "", ...letters(above))]
  if (sub && sup) return row([base, box("span", "both", sup, sub)])
  return sub || sup ? row([base, sub || sup]) : base
}

// Letters of an index are italic one by one; a word in it (out) is not.
function letters(index) {
  return /^\p{L}{2,}$/u.test(index) ? [index] : [...index].map((c) => (/\p{L}/u.test(c) ? box("i", "", c) : c))
}

const LOW = "[₀-₉₊₋ᵢⱼₖ]"
const HIGH = "[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁱⁿᵃ-ᵡᶜᶠᶻʰʲʳʷʸˡˢˣ]"
const INDEXED = new RegExp(`((?<!\\p{L})\\p{L})?(?:(${LOW}(?:[,‚]?${LOW})*)(${HIGH}+)?|(${HIGH}+))`, "gu")

// Words whose symbols have Unicode's small digits (w₁²), as boxes that set the indices as formulas do.
export function indexed(words) {
  const nodes = []
  let done = 0
  for (const { index, 0: found, 1: letter = "", 2: low = "", 3: over = "", 4: high = over } of words.matchAll(INDEXED)) {
    const base = letter ? text(letter) : ""
    nodes.push(words.slice(done, index), box("span", "together", scripts(base, plain(low), plain(high))))
    done = index + found.length
  }
  return [...nodes, words.slice(done)]
}

function plain(small) {
  return small.normalize("NFKC").replace("‚", ",")
}

// The letter with its indices, in plain text (for tooltips, chips and screen readers) or as nodes.
// An index may hold a letter in place of a number, as in a sum over it.
export function symbolParts(walk, ref, written = walk.ref(ref).index) {
  const { name } = walk.ref(ref)
  const symbol = walk.symbols[name]
  const { index, letter } = withinBlock(symbol.blocks, numbered(symbol.numbers, written))
  const example = symbol.example === null ? "" : indexText([symbol.example], index)
  return {
    prefix: symbol.prefix,
    letter: symbol.letter,
    below: indexText(symbol.below, index),
    above: letter + indexText(symbol.above, index) + (example && `(${example})`),
  }
}

// An axis whose places are not counted through: the rows of an output layer that only some time steps have.
function numbered(numbers, index) {
  const [axis, shown] = numbers ?? []
  return numbers ? index.map((part, i) => (i === axis && typeof part === "number" ? shown[part] - 1 : part)) : index
}

// An axis that stacks equal blocks (an LSTM's gates): the block by its letter, and the place within it.
function withinBlock(blocks, index) {
  const [axis, size, letters] = blocks ?? []
  if (!blocks || typeof index[axis] !== "number") return { index, letter: "" }
  const within = index.map((part, i) => (i === axis ? part % size : part))
  return { index: within, letter: letters[Math.floor(index[axis] / size)] }
}

export function symbol(walk, ref, index) {
  const { prefix, letter, below, above } = symbolParts(walk, ref, index)
  return withPrefix(prefix, scripts(text(letter), below, above))
}

export function withPrefix(prefix, node) {
  if (prefix === "∂ℓ/∂") return fraction(row(["∂", text("ℓ")]), row(["∂", node]))
  return prefix ? row([`${prefix.trim()}\u2009`, node]) : node
}

// A whole vector or matrix by its name: W^1 gives W¹ in bold; a number among many examples has the example above.
export function matrixSymbol(walk, ref) {
  const { name, shape, index } = walk.ref(ref)
  const { matrix, letter, prefix, example } = walk.symbols[name]
  const [base, above = ""] = (matrix || letter).split("^")
  const shown = example !== null && typeof index[example] === "number" ? `(${index[example] + 1})` : ""
  const bold = shape.length === 0 ? base : boldLetters(shape.length === 2 ? base.toUpperCase() : base)
  return withPrefix(prefix, scripts(text(bold), "", above + shown))
}

// Bold letters of the mathematical alphabet; a name of several letters (out) stays as it is.
function boldLetters(name) {
  if (name.length !== 1) return name
  const code = name.charCodeAt(0)
  if (code >= 97 && code <= 122) return String.fromCodePoint(0x1d41a + code - 97)
  return code >= 65 && code <= 90 ? String.fromCodePoint(0x1d400 + code - 65) : name
}

// A row; a sign that begins it stands close to what follows.
function rowOfParts(parts) {
  if (typeof parts[0] !== "string" && parts[0].isA("op")) parts[0].become("first")
  return box("span", "row", ...parts)
}

// A template: texts, argument numbers, and row / frac / sup / sub / each. `slot(n, ref?)` writes an argument.
export function template(parts, slot, elements) {
  if (typeof parts === "string") return text(parts)
  if (typeof parts === "number") return slot(parts)
  const [kind, ...rest] = parts
  const inner = (part) => template(part, slot, elements)
  const within = (i) => rest[i - 1] === "(" && rest[i + 1] === ")" // brackets of its own
  if (kind === "row") return rowOfParts(rest.map((part, i) => (typeof part === "number" ? slot(part, undefined, within(i)) : inner(part))))
  if (kind === "frac") return fraction(...rest.map(inner))
  if (kind === "sup" && Array.isArray(rest[0]) && rest[0][0] === "sub") return scripts(inner(rest[0][1]), rest[0][2], rest[1])
  if (kind === "sup") return row([inner(rest[0]), box("sup", "", ...(typeof rest[1] === "string" ? letters(rest[1]) : [inner(rest[1])]))])
  if (kind === "sub" && rest[0] === "Σ") return under("Σ", rest[1])
  if (kind === "sub") return scripts(inner(rest[0]), rest[1], "")
  const [argument, repeated] = rest
  const terms = elements(argument).map((ref) =>
    template(repeated, (n) => slot(n, n === argument ? ref : undefined), elements))
  return box("span", "row", ...terms.flatMap((term, i) => (i ? [text("+"), term] : [term])))
}
