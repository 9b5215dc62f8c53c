// Sums too long for the board: in symbols with letters that run, in numbers by their first terms and their last.

import { added, group, guarded, joined, sumParts, token } from "./formula.js"
import { termsOf, valueOf } from "./operations.js"
import { box } from "./settle.js"
import { symbol, under } from "./symbols.js"
import { format, formatSum, lostBy, parse, reaches } from "../../web/numbers.js"

// A sum of more terms than this is cut short; the terms themselves stand in the figure.
const LONG = 8
const MOST_TERMS = 12
const FIRST = 2
const MANY_ZEROS = 3
const LETTERS = [[], ["k"], ["i", "j"], ["c", "i", "j"], ["o", "c", "i", "j"]]
const OF_KERNEL = [[], ["k"], ["u", "v"], ["c", "u", "v"]] // i and j are the output's, u and v the kernel's
const FROM_FIRST = { start: 0, step: 1 }

// Fractions (∂ℓ/∂…) take twice the room.
export function fillsTheBoard(walk, ref) {
  const { name, elements } = walk.ref(ref)
  return elements.length > (walk.symbols[name].prefix ? LONG / 2 : LONG)
}

export function isManyNumbers(walk, [kind, block, ...others]) {
  return kind === "sum" && walk.showsProducts && !others.length && typeof block === "string" && walk.ref(block).elements.length > MOST_TERMS
}

// A sum of products over time: in symbols the first of them and the last say how it goes on.
export function isLongSum([kind, ...parts]) {
  return kind === "sum" && parts.length > LONG / 2 && parts.every((part) => part[0] === "product")
}

function isLongDot(walk, [kind, left]) {
  return kind === "dot" && walk.showsProducts && walk.ref(left).elements.length > LONG
}

// ---- symbols ------------------------------------------------------------------------------------------------------

// b + Σ w·x, where writing every product would fill the board.
export function manyProducts(walk, [left, right, bias]) {
  const { letters, indices } = running(walk, left, right)
  const factors = [left, right].map((ref, i) => token(symbol(walk, ref, indices?.[i]), ref))
  const sum = group([sigma(letters), factors[0], token("·"), factors[1]])
  return bias ? [token(symbol(walk, bias), bias), token("+"), sum] : [sum]
}

// The numbers of a window are counted from its first, as the kernel's are; an output's by rows and columns.
export function manyNumbers(walk, block) {
  const slices = slicesOf(walk, block).filter((part) => part.length > 1)
  const ofOutput = walk.ref(block).name.startsWith("grad_")
  const letters = (ofOutput ? LETTERS : OF_KERNEL)[slices.length] ?? []
  const index = [...walk.ref(block).index]
  slices.forEach((part, i) => (index[part.axis] = letters.length ? place(letters[i], part, ofOutput ? part : FROM_FIRST) : index[part.axis]))
  const indices = letters.length ? [index] : undefined
  return [group([sigma(letters), token(symbol(walk, block, indices?.[0]), block)])]
}

function sigma(letters) {
  return token(under("Σ", letters.join(",")))
}

// Two blocks that are run through together: letters for the one, and what the other's indices are in those letters.
function running(walk, left, right) {
  const whole = [left, right].map((ref) => slicesOf(walk, ref))
  if (whole[0].length !== whole[1].length) return { letters: [] }
  const slices = whole.map((side) => side.filter((_, i) => whole[0][i].length > 1))
  const plain = (part) => part.start === 0 && part.step === 1
  const overKernel = walk.ref(right).name === "weight" && !walk.ref(left).name.startsWith("grad_")
  const base = overKernel || slices[1].every(plain) ? 1 : slices[0].every((part) => Math.abs(part.step) === 1) ? 0 : 1
  const letters = (overKernel ? OF_KERNEL : LETTERS)[slices[base].length]
  if (!letters || !slices[base].every((part) => Math.abs(part.step) === 1)) return { letters: [] }
  const indices = [left, right].map((ref, side) => {
    const index = [...walk.ref(ref).index]
    for (const part of whole[side]) index[part.axis] = part.start
    slices[side].forEach((part, i) => (index[part.axis] = place(letters[i], part, slices[base][i])))
    return index
  })
  return { letters, indices }
}

// The index of a block, counted from 1, where the base's index is the letter: i, i+2, 4−i, 2i−1.
function place(letter, part, base) {
  const factor = part.step * base.step
  const shift = part.start + 1 - factor * (1 + base.start)
  const times = { 1: letter, "-1": `−${letter}` }[factor] ?? `${factor}${letter}`.replace("-", "−")
  if (!shift) return times
  return factor < 0 ? `${shift}${times}` : `${times}${shift > 0 ? "+" : "−"}${Math.abs(shift)}`
}

function slicesOf(walk, ref) {
  const { index, array, shape } = walk.ref(ref)
  const axes = array.shape.map((_, axis) => axis).filter((axis) => typeof index[axis] !== "number")
  return axes.map((axis, i) => {
    const step = index[axis]?.step ?? 1
    return { axis, step, start: index[axis]?.start ?? (step > 0 ? 0 : array.shape[axis] - 1), length: shape[i] }
  })
}

// ---- numbers ------------------------------------------------------------------------------------------------------

// The products that a step adds up, as the block that they come from, with the sum of each part (channel); `sumOf` adds up
// a stretch of them.
export function longSum(walk, step, digits = []) {
  if (step.expression[0] !== "dot") return null
  const [, left, , bias] = step.expression
  if (walk.ref(left).elements.length < 2) return null
  const shape = [1, 1, ...walk.ref(left).shape]
  const [rows, columns] = shape.slice(-2)
  const values = termsOf(walk, step.expression).map((term) => valueOf(walk, term))
  const { terms, total, rounding, relation, add } = formatSum(values, walk.value(step.target), ...digits)
  const first = bias ? 1 : 0
  const texts = terms.slice(first)
  const cells = texts.map((text, i) => (text !== "0" && add(first + i, first + i + 1) === "0" ? "≈ 0" : text)) // no room for a power of ten
  const parts = texts.length / (rows * columns)
  const sumOf = (start, stop) => add(first + start, first + stop)
  const subtotals = Array.from({ length: parts }, (_, part) => sumOf(part * rows * columns, (part + 1) * rows * columns))
  const exact = subtotals.map((_, part) => values.slice(first + part * rows * columns, first + (part + 1) * rows * columns).reduce((sum, value) => sum + value, 0))
  const roundings = subtotals.map((text, part) => roundingNote(exact[part], text))
  return { parts, rows, columns, texts, cells, subtotals, roundings, sumOf, total, rounding, relation, bias: bias ? terms[0] : null, names: partNames(walk, left, parts) }
}

// What the rounded terms of a sum have lost, in words beside it.
function roundingNote(value, shown) {
  const lost = lostBy(value, shown)
  return lost && ` ${lost.startsWith("−") ? "−" : "+"} ${lost.replace("−", "")} rounding`
}

// What the parts of a sum are: the channels of a picture by their colours, others by their numbers.
function partNames(walk, left, parts) {
  if (parts < 2) return [""]
  const kind = walk.ref(left).name.startsWith("grad_") ? "filter" : "channel"
  const colours = ["red", "green", "blue"]
  return Array.from({ length: parts }, (_, i) => (kind === "channel" && parts === 3 ? colours[i] : `${kind} ${i + 1}`))
}

// The lines of a sum that is too long; null for any other step.
export function longLines(walk, step) {
  if (!Array.isArray(step.expression)) return null
  if (isLongDot(walk, step.expression)) return dotLines(walk, step)
  return isManyNumbers(walk, step.expression) ? manyLines(walk, step) : null
}

function dotLines(walk, step) {
  const { bias, subtotals, names, total, rounding, relation, texts } = longSum(walk, step)
  const target = token(total, step.target, "writes")
  const products = termsOf(walk, step.expression).slice(bias === null ? 0 : 1)
  const telling = tellingOnes(products.map((term) => valueOf(walk, term)))
  const terms = cut(telling.places.map((at, i) => productParts(walk, products[at], i === 0 && bias === null)))
  const begun = bias === null ? [] : [token(bias, step.expression[3])]
  const parts = subtotals.map((shown) => ({ part: null, shown }))
  if (bias !== null) parts.unshift({ part: step.expression[3], shown: bias })
  const whole = parts.length > 1 || rounding
    ? sumParts(parts.map(({ part }) => ({ part, sign: 1 })), { terms: parts.map(({ shown }) => shown), rounding })
    : addedTexts(cut(telling.places.map((at) => texts[at]), "…"))
  const split = names.length > 1 ? `: ${names.join(", ")}` : ""
  const shownSum = telling.places.reduce((sum, at) => sum + shownProduct(walk, products[at]), bias === null ? 0 : parse(bias))
  const sign = terms.length < telling.places.length || reaches(shownSum, total) ? "=" : "≈"
  return [[target, token(sign), ...begun, ...(bias === null ? added(terms) : added([[token("")], ...terms]).slice(1))], [note(`${texts.length} products${telling.zeros}, in the figure`)], [token(relation), ...whole, note(split.slice(2))]]
}

function manyLines(walk, step) {
  const { elements } = walk.ref(step.expression[1])
  const { places, zeros } = tellingOnes(elements.map((element) => walk.value(element)))
  const terms = cut(places.map((at) => [token(format(walk.value(elements[at])), elements[at])]))
  const total = format(walk.value(step.target))
  const shownSum = places.reduce((sum, at) => sum + parse(format(walk.value(elements[at]))), 0)
  const sign = terms.length < places.length || reaches(shownSum, total) ? "=" : "≈"
  return [[token(total, step.target, "writes"), token(sign), ...added(terms)], [note(`${elements.length} numbers${zeros}, in the figure`)]]
}

// Of the terms of a sum that is cut short, those that say something: not the zeros, where there are many.
function tellingOnes(values) {
  const all = values.map((_, at) => at)
  const others = all.filter((at) => values[at] !== 0)
  const zeros = all.length - others.length
  return zeros >= MANY_ZEROS && others.length ? { places: others, zeros: `, ${zeros} of them 0` } : { places: all, zeros: "" }
}

/**
 * The first terms and the last, "…" for those between.
 * @template T
 * @param {T[]} terms
 * @param {T} between
 * @returns {T[]}
 */
export function cut(terms, between = /** @type {any} */ ([token("…")])) {
  return terms.length <= FIRST + 1 ? terms : [...terms.slice(0, FIRST), between, terms.at(-1)]
}

function addedTexts(texts) {
  return texts.flatMap((text, i) => (i ? [token(text.startsWith("−") ? "−" : "+"), token(text.replace("−", ""))] : [token(text)]))
}

function shownProduct(walk, [, left, right]) {
  return parse(format(walk.value(left))) * parse(format(walk.value(right)))
}

function productParts(walk, [, left, right], first) {
  const [one, other] = [left, right].map((ref) => [token(format(walk.value(ref)), ref)])
  return [group(joined([guarded(left, one, first), guarded(right, other)], "·"))]
}

function note(words) {
  return box("small", "", words)
}
