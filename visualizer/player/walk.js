// A trace as the browser holds it: arrays, steps, and who writes and reads which number.

import { clamp } from "../web/dom.js"
import { unpackArrays } from "../web/packing.js"
import { readsOf } from "./formula/operations.js"

const EMPTY = Object.freeze([])
const CHECK = "check " // before the name of the array that it is held against
const MOST_LINES = 4 // of a layer or chapter in matrices

export async function unpack(blob) {
  return new Walk(await unpackArrays(blob))
}

function withStrides({ shape, data }) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  return { shape, data, strides, writers: new Int32Array(data.length).fill(-1) }
}

// The numbers to compare an array with, sent as the bits in which they differ from it.
function checked(bits, { data }) {
  const ours = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return new Float64Array(bits.map((byte, i) => byte ^ ours[i]).buffer)
}

function parseRef(text) {
  const open = text.indexOf("[")
  if (open < 0) return { name: text, index: EMPTY }
  const index = text.slice(open + 1, -1).split(",").map((part) => {
    if (!part.includes(":")) return Number(part)
    const [start, stop, step] = part.split(":").map((n) => (n === "" || n === undefined ? null : Number(n)))
    return { start, stop, step: step ?? 1 }
  })
  return { name: text.slice(0, open), index }
}

export class Walk {
  constructor({ arrays: sent, steps, texts, chapters, symbols, functions, title, summary, overview, formulas, legend, scene }) {
    this.chapters = chapters
    this.symbols = symbols
    this.functions = functions
    this.title = title
    this.summary = summary
    this.overview = overview
    this.formulas = formulas
    this.legend = legend
    this.scene = scene
    const named = Object.entries(sent)
    this.arrays = Object.fromEntries(named.filter(([name]) => !name.startsWith(CHECK)).map(([name, array]) => [name, withStrides(array)]))
    const checks = named.filter(([name]) => name.startsWith(CHECK)).map(([name, { data }]) => [name.slice(CHECK.length), data])
    this.checks = Object.fromEntries(checks.map(([name, bits]) => [name, checked(bits, this.arrays[name])]))
    this.showsProducts = scene.short_sums || scene.marks.some((mark) => mark.kind === "products")
    this.refs = new Map()
    this.parsedRefs = new Map()
    this.steps = steps.map(([target, expression, phase, title, note, layer, unit, matrix]) => ({
      target, expression, matrix, reads: readsOf(expression),
      phase: texts[phase], title: texts[title], note: texts[note], layer: texts[layer], unit: texts[unit],
    }))
    this.steps.forEach((step, number) => {
      const { array, offsets } = this.ref(step.target)
      for (const offset of offsets) array.writers[offset] = number
    })
  }

  get length() {
    return this.steps.length
  }

  // A Ref text with all that is known of it: name, index as numbers and ranges, the array, offsets of its numbers.
  ref(text) {
    let ref = this.refs.get(text)
    if (!ref) {
      const { name, index } = this.parsed(text)
      const array = this.arrays[name]
      const axes = array.shape.map((size, axis) => rangeOf(index[axis], size))
      let places = [{ offset: 0, index: [] }]
      axes.forEach((range, axis) => {
        places = places.flatMap((place) =>
          range.map((i) => ({ offset: place.offset + i * array.strides[axis], index: [...place.index, i] })))
      })
      const shape = axes.filter((_, axis) => typeof index[axis] !== "number").map((range) => range.length)
      const elements = places.map((place) => (place.index.length ? `${name}[${place.index.join(",")}]` : name))
      ref = { text, name, index, array, shape, elements, offsets: places.map((place) => place.offset) }
      this.refs.set(text, ref)
    }
    return ref
  }

  // Whether the trace has all the numbers that a Ref names.
  has(text) {
    const { name, index } = this.parsed(text)
    const array = this.arrays[name]
    return Boolean(array) && index.every((part, axis) => typeof part !== "number" || (part >= 0 && part < array.shape[axis]))
  }

  value(text) {
    const { array, offsets } = this.ref(text)
    return array.data[offsets[0]]
  }

  // What torch's usual way gives for a number; undefined where there is nothing to compare with.
  check(text) {
    const { name, offsets } = this.ref(text)
    return this.checks[name]?.[offsets[0]]
  }

  // The step (counted from 1) that writes a number; 0 for a given one.
  writerOf(text) {
    const { array, offsets } = this.ref(text)
    return Math.max(...offsets.map((offset) => array.writers[offset])) + 1
  }

  isKnown(text, step) {
    return this.writerOf(text) <= step
  }

  // The steps (counted from 1) that read a number.
  readersOf(text) {
    const { name, index } = this.ref(text)
    const found = this.readsOf(name).filter(([ref]) => this.includes(ref, name, index)).map(([, number]) => number)
    return [...new Set(found)]
  }

  // Every Ref into an array that some step reads, with that step (counted from 1).
  readsOf(name) {
    if (!this.readsByName) {
      this.readsByName = new Map()
      this.steps.forEach((step, number) => {
        for (const ref of step.reads) {
          const array = this.parsed(ref).name
          if (!this.readsByName.has(array)) this.readsByName.set(array, [])
          this.readsByName.get(array).push([ref, number + 1])
        }
      })
    }
    return this.readsByName.get(name) ?? EMPTY
  }

  // Whether a Ref's block holds one number of an array.
  includes(ref, name, index) {
    const block = this.parsed(ref)
    if (block.name !== name) return false
    return index.every((at, axis) => {
      const part = block.index[axis]
      if (typeof part === "number") return part === at
      if (!part) return true
      const { start, stop, step } = part
      const size = this.arrays[name].shape[axis]
      const first = start ?? (step > 0 ? 0 : size - 1)
      const inside = step > 0 ? at >= first && at < (stop ?? size) : at <= first && at > (stop ?? -1)
      return inside && (at - first) % step === 0
    })
  }

  parsed(text) {
    let ref = this.parsedRefs.get(text)
    if (!ref) this.parsedRefs.set(text, (ref = parseRef(text)))
    return ref
  }

  // The title of the chapter that a step stands in; "" before the first.
  chapterAt(step) {
    return this.chapters.find(({ start, stop }) => step > start && step <= stop)?.title ?? ""
  }

  // The next step at which a stride ends: the last of a number, unit, layer or chapter.
  stride(from, direction, size) {
    if (size === "number") return clamp(from + direction, 0, this.length)
    let at = from
    do at += direction
    while (at > 0 && at < this.length && this.group(at, size) === this.group(at + 1, size))
    return clamp(at, 0, this.length)
  }

  // All steps of the layer or chapter that ends at a step, as one: what they write, what they read from outside, and their
  // matrix lines. Null where a stride of that size goes step by step.
  whole(at, size) {
    if (!at || (size !== "layer" && size !== "chapter")) return null
    let first = at
    while (first > 1 && this.group(first - 1, size) === this.group(at, size)) first--
    const steps = this.steps.slice(first - 1, at)
    const last = steps.at(-1)
    if (steps.length < 2) return null
    const writes = steps.map((step) => step.target)
    const written = new Set(writes.flatMap((ref) => this.ref(ref).elements))
    const reads = [...new Set(steps.flatMap((step) => step.reads))].filter((ref) => !this.ref(ref).elements.every((element) => written.has(element)))
    const units = new Set(writes.map((ref) => this.ref(ref).index.at(-1))).size
    const name = size === "chapter" ? this.chapterAt(at) : last.layer
    const isLayer = size === "layer" && name.endsWith("layer")
    const called = name.endsWith("layer") ? `The ${name}` : /^t =/.test(name) ? name : `${name[0].toUpperCase()}${name.slice(1)}`
    const matrices = [...new Map(steps.map(({ matrix }) => [matrix.join(" "), matrix])).values()].filter((matrix) => matrix.length)
    return { ...last, writes, reads, matrices: matrices.slice(0, MOST_LINES), title: `${called}: ${isLayer && units > 1 ? `${units} units` : `${steps.length} numbers`}` }
  }

  // The step of another walk that stands at the place of a step of this one: as far into the chapter of that name.
  placeIn(other, step) {
    const [here, there] = [this, other].map(({ chapters }) => chapters.find(({ title }) => title === this.chapterAt(step)))
    if (other.length === this.length || !here || !there) return step
    const share = (step - here.start) / (here.stop - here.start)
    return there.start + Math.max(1, Math.round(share * (there.stop - there.start)))
  }

  group(step, size) {
    const { layer, unit } = this.steps[step - 1]
    const chapter = this.chapterAt(step)
    return { chapter, layer: `${chapter}|${layer}`, unit: `${chapter}|${layer}|${unit}` }[size]
  }
}

function rangeOf(part, size) {
  if (typeof part === "number") return [part]
  const { start, stop, step } = part ?? { start: null, stop: null, step: 1 }
  const range = []
  if (step > 0) for (let i = start ?? 0; i < Math.min(stop ?? size, size); i += step) range.push(i)
  else for (let i = start ?? size - 1; i > (stop ?? -1); i += step) range.push(i)
  return range
}
