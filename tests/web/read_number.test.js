// One number, read in the browser: as Python reads it (tests/inputs/test_numbers.py has the same cases).

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { readNumber } from "../../visualizer/web/read_number.js"

const CASES = JSON.parse(readFileSync(new URL("../inputs/numbers.json", import.meta.url), "utf8"))

for (const { text, limit, ...wanted } of CASES) {
  test(JSON.stringify(text), () => {
    const { value, fault } = readNumber(text, limit)
    const found = Object.fromEntries(Object.entries({ value, fault }).filter(([name]) => name in wanted))
    assert.deepEqual(found, Object.fromEntries(Object.entries(wanted).filter(([name]) => name === "value" || name === "fault")))
  })
}
