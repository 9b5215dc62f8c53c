// A step for a whole layer: vectors and matrices, by their names and with their numbers.

import { token } from "./formula.js"
import { box } from "./settle.js"
import { matrixSymbol, text } from "./symbols.js"
import { format } from "../../web/numbers.js"

const OPERATOR_PARTS = new Set(["=", "+", "−", "∘", "(", ")"])
const TRANSPOSED = "⊤"

export function matrixLine(walk, step) {
  return matrixParts(walk, step, (ref, transposed) => {
    const name = matrixSymbol(walk, ref)
    return token(transposed ? box("span", "row", name, box("sup", "", "⊤")) : name)
  })
}

export function matrixNumbers(walk, step, at) {
  const lit = { writes: new Set((step.writes ?? [step.target]).flatMap((ref) => walk.ref(ref).elements)), reads: new Set(step.reads.flatMap((ref) => walk.ref(ref).elements)) }
  return matrixParts(walk, step, (ref, transposed) => token(table(walk, ref, transposed, lit, at)))
}

function matrixParts(walk, step, write) {
  return step.matrix.flatMap((item, i) => {
    if (item === TRANSPOSED) return []
    if (OPERATOR_PARTS.has(item) || !walk.has(item)) return [token(OPERATOR_PARTS.has(item) ? item : text(item))]
    return [write(item, step.matrix[i + 1] === TRANSPOSED)]
  })
}

function table(walk, ref, transposed, lit, at) {
  const { shape, elements } = walk.ref(ref)
  const [rows, columns] = shape.length === 2 ? shape : [elements.length, 1]
  if (elements.length === 1) return cellNumber(walk, elements[0], lit, at)
  const [down, across] = transposed ? [columns, rows] : [rows, columns]
  const cell = (i, j) => box("span", "cell", cellNumber(walk, elements[transposed ? j * columns + i : i * columns + j], lit, at))
  const lines = Array.from({ length: down }, (_, i) => box("span", "cells-row", ...Array.from({ length: across }, (_, j) => cell(i, j))))
  return box("span", "matrix", ...lines)
}

function cellNumber(walk, ref, lit, at) {
  const role = lit.writes.has(ref) ? "writes" : lit.reads.has(ref) ? "reads" : ""
  return token(walk.isKnown(ref, at) ? format(walk.value(ref)) : "\u2002·\u2002", ref, role)
}
