// Symbols as MathML: w₁², ∂ℓ/∂a, and the templates of functions. Built node by node: no text is ever taken for markup.

const MATH = "http://www.w3.org/1998/Math/MathML"
const OPERATORS = new Set("= + − · ∘ ( ) [ ] , Σ ∂ ≈ | ⊤ < > ≥ ≤".split(" "))

export function math(tag, ...children) {
  const node = document.createElementNS(MATH, tag)
  node.append(...children)
  return node
}

export function row(nodes) {
  return nodes.length === 1 ? nodes[0] : math("mrow", ...nodes)
}

export function text(token) {
  if (/^[−\d.∞]/.test(token) && token !== "−") return math("mn", token)
  if (!OPERATORS.has(token)) return math("mi", token)
  const node = math("mo", token === "Σ" ? "∑" : token === "⊤" ? "⊤" : token)
  if ("()[]|".includes(token)) node.setAttribute("stretchy", "false")
  if (token === "∂") for (const side of ["lspace", "rspace"]) node.setAttribute(side, "0")
  return node
}

// A whole formula part that stands in a line of text.
export function inline(node) {
  const whole = math("math", node)
  whole.setAttribute("displaystyle", "true")
  return whole
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
  if (below && above) return math("msubsup", base, text(below), text(above))
  if (below) return math("msub", base, text(below))
  return above ? math("msup", base, text(above)) : base
}

// The letter with its indices, in plain text (for tooltips, chips and screen readers) or as MathML.
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

// An axis whose places are not counted through: the rows of a read-out that only some time steps have.
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
  return withPrefix(prefix, scripts(math("mi", letter), below, above))
}

export function withPrefix(prefix, node) {
  if (prefix === "∂ℓ/∂") return math("mfrac", row([text("∂"), math("mi", "ℓ")]), row([text("∂"), node]))
  return prefix ? row([math("mtext", prefix.trim() + "\u2009"), node]) : node
}

// A whole vector or matrix by its name: W^1 gives W¹ in bold; a number among many examples has the example above.
export function matrixSymbol(walk, ref) {
  const { name, shape, index } = walk.ref(ref)
  const { matrix, letter, prefix, example } = walk.symbols[name]
  const [base, above = ""] = (matrix || letter).split("^")
  const shown = example !== null && typeof index[example] === "number" ? `(${index[example] + 1})` : ""
  const bold = shape.length === 0 ? base : boldLetters(shape.length === 2 ? base.toUpperCase() : base)
  return withPrefix(prefix, scripts(math("mi", bold), "", above + shown))
}

// Bold letters of the mathematical alphabet; a name of several letters (out) stays as it is.
function boldLetters(name) {
  if (name.length !== 1) return name
  const code = name.charCodeAt(0)
  if (code >= 97 && code <= 122) return String.fromCodePoint(0x1d41a + code - 97)
  return code >= 65 && code <= 90 ? String.fromCodePoint(0x1d400 + code - 65) : name
}

// A template: texts, argument numbers, and row / frac / sup / sub / each. `slot(n, ref?)` writes an argument.
export function template(parts, slot, elements) {
  if (typeof parts === "string") return text(parts)
  if (typeof parts === "number") return slot(parts)
  const [kind, ...rest] = parts
  const inner = (part) => template(part, slot, elements)
  if (kind === "row") return math("mrow", ...rest.map(inner))
  if (kind === "frac") return math("mfrac", ...rest.map(inner))
  if (kind === "sup") return math("msup", ...rest.map(inner))
  if (kind === "sub") return math(rest[0] === "Σ" ? "munder" : "msub", ...rest.map(inner))
  const [argument, repeated] = rest
  const terms = elements(argument).map((element) =>
    template(repeated, (n) => slot(n, n === argument ? element : undefined), elements))
  return math("mrow", ...terms.flatMap((term, i) => (i ? [text("+"), term] : [term])))
}
