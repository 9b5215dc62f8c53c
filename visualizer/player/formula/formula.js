// A step's expression as two lines: in symbols, and in numbers that add up.

import { cut, fillsTheBoard, isLongSum, isManyNumbers, longLines, manyNumbers, manyProducts } from "./long_sums.js"
import { OPERATIONS, summed, termsOf, valueOf } from "./operations.js"
import { box } from "./settle.js"
import { symbol, template } from "./symbols.js"
import { format, formatNearOne, formatSum, parse, reaches } from "../../web/numbers.js"

// Parts of a line. A token shows one number or block and carries its Ref; it is lit as the mark in the figure is.
export function token(node, ref, role = "reads") {
  const made = box("span", ref ? `token ${role}` : node === "(" ? "sign open" : "sign", node)
  if (ref) made.ref = ref
  if (typeof node !== "string" && (node.isA("fraction") || node.isA("matrix"))) made.become("tall")
  return made
}

export function group(parts) {
  return box("span", "together", ...parts)
}

// A product of two stays on one line.
function kept(parts) {
  return parts.length <= 4 ? [group(parts)] : parts
}

// Where a product is wider than its line, it breaks before a ·.
export function joined(parts, sign) {
  return parts.flatMap((part, i) => (i ? [...(sign === "·" ? [box("wbr", "")] : []), token(sign), ...part] : part))
}

const TURNED = { "+": "−", "−": "+" }

// Terms as a textbook joins them: + (−0.5) is − 0.5, and − (−0.5) is + 0.5.
export function added(terms, sign = "+") {
  return terms.flatMap((term, i) => (i ? [token(takeMinus(term[0]) ? TURNED[sign] : sign), ...term] : term))
}

// Takes the minus off a term's first number; false where there is none.
function takeMinus(node) {
  const first = node.isA("together") ? node.children[0] : node
  const [text, ...others] = first.children
  if (first.isA("sign") || others.length || typeof text !== "string" || !text.startsWith("−")) return false
  first.children = [text.slice(1)]
  return true
}

function bracketed(parts) {
  return [token("("), ...parts, token(")")]
}

const MANY_ZEROS = 3
const HALF = { 0.5: "½" }

// ---- symbols ------------------------------------------------------------------------------------------------------

export function symbolLine(walk, step) {
  return [token(symbol(walk, step.target), step.target, "writes"), token("="), ...symbols(walk, step.expression)]
}

function symbols(walk, expression) {
  return written(walk, expression, (ref) => token(symbol(walk, ref), ref), (ref) => symbol(walk, ref), "symbols")
}

// An expression's parts in order; `leaf` writes one number, `inner` writes it inside a function's template.
export function written(walk, expression, leaf, inner, line) {
  if (typeof expression === "number") return [token(HALF[expression] ?? format(expression))]
  if (typeof expression === "string") return [leaf(expression)]
  const [kind, ...parts] = expression
  const write = (part) => written(walk, part, leaf, inner, line)
  return (WRITTEN[kind] ?? writtenSum)({ walk, expression, parts, leaf, inner, line, write })
}

const WRITTEN = {
  apply: ({ walk, parts, inner, line }) => applied(walk, parts, inner, line),
  difference: ({ walk, expression, parts, line, write }) =>
    added(line === "numbers" && isOfNumbers(expression) ? differenceTexts(walk, parts).map((text, i) => [token(text, parts[i])]) : parts.map(write), "−"),
  product: ({ parts, write }) => kept(joined(factorsOf(parts, write), "·")),
  max: ({ walk, parts, leaf }) => [token("max"), ...bracketed(joined(walk.ref(parts[0]).elements.map((ref) => [leaf(ref)]), ","))],
  mean: ({ parts, write }) => [...bracketed(write(summed(parts[0]))), token("/"), token(String(parts[1]))],
}

// A sum or a dot, term by term, or by Σ where that would fill the board.
function writtenSum({ walk, expression, parts, line, write }) {
  const [kind] = expression
  if (line === "symbols" && kind === "dot" && fillsTheBoard(walk, parts[0])) return manyProducts(walk, parts)
  if (line === "symbols" && isManyNumbers(walk, expression)) return manyNumbers(walk, parts[0])
  const { terms, dropped } = line === "numbers" ? withoutZeros(walk, termsOf(walk, expression)) : { terms: termsOf(walk, expression), dropped: 0 }
  const shown = terms.map(write)
  return [...added(line === "symbols" && isLongSum(expression) ? cut(shown) : shown), ...zerosNote(dropped)]
}

// A difference of two numbers: they are written at one place, so that close ones (10,000.7 − 9,998.2) keep their distance.
function isOfNumbers([kind, ...parts]) {
  return kind === "difference" && parts.every((part) => typeof part === "string")
}

function differenceTexts(walk, refs) {
  const [left, right] = refs.map((ref) => walk.value(ref))
  const { terms } = formatSum([left, -right], left - right)
  return [terms[0], turned(terms[1])]
}

function turned(text) {
  return text === "0" ? text : text.startsWith("−") ? text.slice(1) : `−${text}`
}

// Products with a 0 in them say nothing one by one; where they are many (a one-hot input), they are only counted.
function withoutZeros(walk, terms) {
  const isZero = (term) => Array.isArray(term) && term[0] === "product" && term.slice(1).some((part) => valueOf(walk, part) === 0)
  const kept = terms.filter((term) => !isZero(term))
  const dropped = terms.length - kept.length
  return dropped < MANY_ZEROS || !kept.length ? { terms, dropped: 0 } : { terms: kept, dropped }
}

function zerosNote(count) {
  return count ? [box("small", "", `+ ${count} products with a 0`)] : []
}

// Equal neighbours are written as a square; sums inside a product get brackets.
function factorsOf(parts, write) {
  const factors = []
  for (const [i, part] of parts.entries()) {
    if (i && part === parts[i - 1] && typeof part === "string") {
      factors.at(-1).push(squareSign())
    } else {
      const open = Array.isArray(part) && OPERATIONS[part[0]].open
      factors.push(open ? bracketed(write(part)) : guarded(part, write(part), i === 0))
    }
  }
  return factors
}

function squareSign() {
  return box("span", "square", "²")
}

// A negative number that does not stand first is put in brackets.
export function guarded(part, nodes, first = false) {
  return !first && nodes.length === 1 && nodes[0].beginsWith("−") ? [group(bracketed(nodes))] : nodes
}

function applied(walk, [name, refs], inner, line) {
  const elements = (argument) => walk.ref(refs[argument]).elements
  const parts = walk.functions[name][line]
  const write = [parts].flat(Infinity).includes("1") ? formatNearOne : format // 1 − h needs the digits of its distance
  const texts = name === "exp" && line === "numbers" ? differenceTexts(walk, refs) : null
  const slot = (argument, ref = refs[argument], bracketed = false) => {
    const node = token(texts ? texts[argument] : inner(ref, write), ref)
    return node.beginsWith("−") && !bracketed ? box("span", "row", "(", node, ")") : node
  }
  return rowOf(template(parts, slot, elements)).map((part) => (typeof part !== "string" && part.isA("token") ? part : token(part)))
}

// The parts of a row, or what is no row alone.
export function rowOf(whole) {
  return typeof whole !== "string" && whole.isA("row") ? whole.children : [whole]
}

// ---- numbers ------------------------------------------------------------------------------------------------------

export function numberLines(walk, step) {
  const long = longLines(walk, step)
  if (long) return long
  const value = walk.value(step.target)
  const sum = sumOf(walk, step.expression)
  const shown = sum && formatSum(sum.map((term) => signed(walk, term)), value)
  const total = shown ? shown.total : format(value)
  const target = token(total, step.target, "writes")
  const first = written(walk, step.expression, (ref) => token(format(walk.value(ref)), ref), (ref, write) => write(walk.value(ref)), "numbers")
  if (sum && sum.every((term) => typeof term.part === "string")) return [[target, token(shown.relation), ...sumParts(sum, shown)]]
  const lines = [[target, token(relation(walk, step.expression, total)), ...first]]
  if (sum) lines.push([token(shown.relation), ...sumParts(sum, shown)])
  else if (isCompound(step.expression)) lines.push(factorLine(walk, step.expression, total))
  return lineText(lines[0].slice(1)) === lineText(lines[1] ?? []) ? lines.slice(0, 1) : lines
}

function lineText(parts) {
  return parts.map((part) => part.textContent).join("")
}

// The terms of a top-level sum or difference with their signs; null where the expression is no sum.
function sumOf(walk, expression) {
  if (!Array.isArray(expression)) return null
  const [kind, ...parts] = expression
  if (kind === "difference") return parts.map((part, i) => ({ part, sign: i ? -1 : 1 }))
  if (!OPERATIONS[kind].terms) return null
  const { terms } = withoutZeros(walk, termsOf(walk, expression))
  return terms.length === 1 && Array.isArray(terms[0]) ? null : terms.map((part) => ({ part, sign: 1 }))
}

function signed(walk, { part, sign }) {
  return sign * valueOf(walk, part)
}

export function sumParts(sum, { terms, rounding }) {
  const parts = terms.flatMap((shown, i) => {
    const { part, sign } = sum[i]
    const negative = shown.startsWith("−") || (shown === "0" && sign < 0)
    const digits = i ? shown.replace("−", "") : shown
    const node = typeof part === "string" ? token(digits, part) : token(digits)
    node.become("term")
    return i ? [token(negative ? "−" : "+"), node] : [node]
  })
  if (!rounding) return parts
  const left = token(rounding.startsWith("−") ? rounding.slice(1) : rounding)
  left.become("term rounding")
  left.title = "what is lost by showing few digits"
  return [...parts, token(rounding.startsWith("−") ? "−" : "+"), group([left, box("small", "", " rounding")])]
}

function isCompound(expression) {
  return Array.isArray(expression) && expression[0] === "product" && expression.slice(1).some(Array.isArray)
}

// The same product once more, each factor worked out.
function factorLine(walk, [, ...factors], total) {
  const texts = factors.map((part) => (typeof part === "number" ? HALF[part] ?? format(part) : format(valueOf(walk, part))))
  const parts = factors.map((part, i) => guarded(part, [typeof part === "string" ? token(texts[i], part) : token(texts[i])], i === 0))
  const value = factors.reduce((product, part, i) => product * (typeof part === "number" ? part : parse(texts[i])), 1)
  return [token(reaches(value, total) ? "=" : "≈"), ...joined(parts, "·")]
}

// "=" where the shown numbers give the shown result to its last digit, "≈" where they only come near.
function relation(walk, expression, total) {
  return reaches(shownValue(walk, expression), total) ? "=" : "≈"
}

function shownValue(walk, expression) {
  if (typeof expression === "number") return HALF[expression] ? expression : parse(format(expression))
  if (typeof expression === "string") return parse(format(walk.value(expression)))
  const [kind, ...parts] = expression
  if (kind === "apply") return shownFunction(walk, parts)
  if (isOfNumbers(expression)) return differenceTexts(walk, parts).map(parse).reduce((left, right) => left - right)
  return OPERATIONS[kind].value(parts, (part) => shownValue(walk, part), walk)
}

// A function's value counts as exact where it is an argument passed on, with its sign or without, or a small whole number;
// a power of e is exact at 1 only.
function shownFunction(walk, [name, refs, value]) {
  const result = Number(value)
  const passed = refs.some((ref) => walk.ref(ref).elements.some((element) => Math.abs(walk.value(element)) === Math.abs(result)))
  const whole = Number.isInteger(result) && Math.abs(result) < 1e4
  return (name === "exp" ? result === 1 : passed || whole) ? parse(format(result)) : NaN
}
