// Arrays out of one text, as packing.py writes them.

const ALIGNED = 8
const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array, uint16: Uint16Array }

/** @typedef {Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array} Numbers */
/** @typedef {{ shape: number[], data: Numbers }} Packed */
/** @typedef {[type: keyof typeof TYPES, shape: number[], offset: number]} Placed */

// The header, with its arrays as { shape, data } by name.
/** @param {string} blob @returns {Promise<any>} */
export async function unpackArrays(blob) {
  const text = atob(blob)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) // a loop: Uint8Array.from takes ten times as long
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  const buffer = await new Response(stream).arrayBuffer()
  const length = new DataView(buffer).getUint32(0, true)
  const { arrays, ...header } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)))
  return { ...header, arrays: readArrays(buffer, Math.ceil((4 + length) / ALIGNED) * ALIGNED, arrays) }
}

/** @param {ArrayBuffer} buffer @param {number} start @param {Record<string, Placed>} arrays @returns {Record<string, Packed>} */
function readArrays(buffer, start, arrays) {
  return Object.fromEntries(Object.entries(arrays).map(([name, [type, shape, offset]]) => {
    const count = shape.reduce((product, size) => product * size, 1)
    return [name, { shape, data: new TYPES[type](buffer, start + offset, count) }]
  }))
}
