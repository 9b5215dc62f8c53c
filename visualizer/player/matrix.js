// A step for a whole layer: vectors and matrices, by their names and with their numbers.

import { token } from "./formula.js"
import { format } from "./numbers.js"
import { math, matrixSymbol, text } from "./symbols.js"

const OPERATOR_PARTS = new Set(["=", "+", "−", "∘", "(", ")"])
const TRANSPOSED = "⊤"

export function matrixLine(walk, step) {
  return matrixParts(walk, step, (ref, transposed) => {
    const name = matrixSymbol(walk, ref)
    return token(transposed ? math("msup", name, math("mo", "⊤")) : name)
  })
}

export function matrixNumbers(walk, step, at) {
  const lit = { writes: new Set(walk.ref(step.target).elements), reads: new Set(step.reads.flatMap((ref) => walk.ref(ref).elements)) }
  return matrixParts(walk, step, (ref, transposed) => token(table(walk, ref, transposed, lit, at)))
}

function matrixParts(walk, step, write) {
  return step.matrix.flatMap((part, i) => {
    if (part === TRANSPOSED) return []
    if (OPERATOR_PARTS.has(part) || !walk.has(part)) return [token(text(part))]
    return [write(part, step.matrix[i + 1] === TRANSPOSED)]
  })
}

function table(walk, ref, transposed, lit, at) {
  const { shape, elements } = walk.ref(ref)
  const [rows, columns] = shape.length === 2 ? shape : [elements.length, 1]
  const cell = (i, j) => math("mtd", cellNumber(walk, elements[i * columns + j], lit, at))
  const lines = transposed
    ? Array.from({ length: columns }, (_, j) => math("mtr", ...Array.from({ length: rows }, (_, i) => cell(i, j))))
    : Array.from({ length: rows }, (_, i) => math("mtr", ...Array.from({ length: columns }, (_, j) => cell(i, j))))
  return elements.length === 1 ? cellNumber(walk, elements[0], lit, at) : math("mrow", math("mo", "["), math("mtable", ...lines), math("mo", "]"))
}

function cellNumber(walk, element, lit, at) {
  const node = math("mrow", walk.isKnown(element, at) ? text(format(walk.value(element))) : math("mtext", "\u2002·\u2002"))
  node.dataset.ref = element
  node.setAttribute("class", `token ${lit.writes.has(element) ? "writes" : lit.reads.has(element) ? "reads" : ""}`)
  return node
}
