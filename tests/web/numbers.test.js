// How numbers are written: in a small cell of a grid, and as sums that add up on screen.

import assert from "node:assert/strict"
import { test } from "node:test"
import { format, formatSmall, formatSum, percent } from "../../visualizer/web/numbers.js"

const SMALL = [
  [0, "0"], [1, "1"], [-2.5, "−2.5"], [0.125, "0.125"], [255, "255"], [12345, "12345"], [-0.4567, "−0.46"], [2.345678, "2.3"],
  [-12.3456, "−12"], [0.0043, "0.004"], [-0.00031, "−0.0003"], [4.2e-5, "4·10⁻⁵"], [5.55e-17, "0"], [-3e-12, "0"],
  [123456.7, "123457"], [2.5e6, "2.5·10⁶"],
]

for (const [value, text] of SMALL) {
  test(`${value} in a small cell is ${text}`, () => assert.equal(formatSmall(value), text))
}

for (const [terms, total] of [[[0, 18], "18"], [[1.5, 2.25], "3.75"], [[0.25, 0.5, -0.75], "0"], [[1e-9, 2], "2"]]) {
  test(`the sum of ${terms} has no more digits than its terms`, () => {
    const sum = terms.reduce((one, other) => one + other, 0)
    assert.equal(formatSum(terms, sum).add(0, terms.length), total)
  })
}

test("what is not finite is said", () => {
  assert.deepEqual([NaN, Infinity, -Infinity].map((value) => format(value)), ["NaN", "∞", "−∞"])
})

test("a share is written in per cent, with one decimal where none are asked for", () => {
  assert.equal(percent(0.8235), "82.3\u00a0%")
  assert.equal(percent(0.8235, 0), "82\u00a0%")
})
