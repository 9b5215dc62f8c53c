// Arrays as one text: what Python packed comes out as it went in.

import assert from "node:assert/strict"
import { test } from "node:test"
import { unpackArrays } from "../../visualizer/web/packing.js"

const PACKED_BY_PYTHON = "H4sIAAAAAAAAA6tgYGCoVspLzE1VslJQKk/MydZReNTR9KhlspKOglJiUVFiZTFQplqpAkhGK6Xl5CeWmJkA5aKNYnUUDIBYKSe1LDWnGCxdmplXYgGSNNRRMAbKGZqBFJSD5YBSxkZgOaCYkUlsbS3QaoZZM0Fgpz0DGLAcYGRiBrPYIQIMAFu94AqgAAAA"

test("what packing.py packed comes out as it went in", async () => {
  const { name, arrays } = await unpackArrays(PACKED_BY_PYTHON)
  assert.equal(name, "walk, ∂ℓ")
  assert.deepEqual(arrays.x, { shape: [2], data: new Float64Array([0.1, -2.5]) })
  assert.deepEqual(arrays.levels, { shape: [1, 3], data: new Uint8Array([1, 2, 3]) })
  assert.deepEqual(arrays.w, { shape: [1], data: new Int32Array([7]) })
})
