// The operations that a step may write a number by, the twin of engine/trace/operations.py: by the name that each travels
// under, the Refs that it reads in the order in which they are written, and its value from its parts' values.

const product = (parts, of) => parts.reduce((product, part) => product * of(part), 1)
const total = (terms, of) => terms.reduce((sum, part) => sum + of(part), 0)

export const OPERATIONS = {
  dot: {
    open: true, // wants brackets as a factor
    reads: ([left, right, bias]) => [bias, left, right].filter(Boolean),
    terms: (walk, [left, right, bias]) => {
      const others = walk.ref(right).elements
      const products = walk.ref(left).elements.map((element, i) => ["product", element, others[i]])
      return bias ? [...walk.ref(bias).elements, ...products] : products
    },
    value: (parts, of, walk) => total(OPERATIONS.dot.terms(walk, parts), of),
  },
  sum: {
    open: true,
    reads: (parts) => parts.flatMap(readsOf),
    terms: (walk, parts) => parts.flatMap((part) => (typeof part === "string" ? walk.ref(part).elements : [part])),
    value: (parts, of, walk) => total(OPERATIONS.sum.terms(walk, parts), of),
  },
  product: { reads: (parts) => parts.flatMap(readsOf), value: product },
  difference: { open: true, reads: (parts) => parts.flatMap(readsOf), value: ([left, right], of) => of(left) - of(right) },
  max: { reads: ([block]) => [block], value: ([block], of, walk) => Math.max(...walk.ref(block).elements.map(of)) },
  mean: { reads: ([numbers]) => readsOf(numbers), value: ([numbers, count], of) => of(summed(numbers)) / count },
  apply: { reads: ([, refs]) => refs, value: ([, , value]) => Number(value) },
}

const EMPTY = Object.freeze([])

export function readsOf(expression) {
  if (typeof expression === "number") return EMPTY
  if (typeof expression === "string") return [expression]
  const [kind, ...parts] = expression
  return OPERATIONS[kind].reads(parts)
}

// The terms of a sum: its own, or the products of a dot, each as an expression.
export function termsOf(walk, expression) {
  const [kind, ...parts] = expression
  return OPERATIONS[kind].terms(walk, parts)
}

export function valueOf(walk, expression) {
  if (typeof expression === "number") return expression
  if (typeof expression === "string") return walk.value(expression)
  const [kind, ...parts] = expression
  return OPERATIONS[kind].value(parts, (part) => valueOf(walk, part), walk)
}

// What a mean divides: the sum of a block, or an expression.
export function summed(part) {
  return typeof part === "string" ? ["sum", part] : part
}
