// A film as the browser holds it: the numbers of every frame, and each unit's map as a slice of one array.

import { unpackArrays } from "../web/packing.js"

const MOST_NAMED = 12
const WIDEST = 0.99 // the share of weights that are drawn true to scale; the few beyond are as wide as these

export async function unpackReel(blob) {
  return new Reel(await unpackArrays(blob))
}

// Maps travel as differences within each row; whole numbers of a fixed width wrap around by themselves.
function undoDifferences(data, row) {
  for (let start = 0; start < data.length; start += row) {
    for (let i = start + 1; i < start + row; i++) data[i] += data[i - 1]
  }
}

export class Reel {
  /** @type {any} */ arrays
  /** @type {any} */ classes
  /** @type {any} */ layers
  /** @type {any} */ names
  /** @type {any} */ sizes
  /** @type {any} */ tables
  /** @type {any} */ bias
  /** @type {any} */ most

  constructor(film) {
    Object.assign(this, film, { tables: new Map() })
    for (const { shape, data } of this.layers.map((_, layer) => this.arrays[`map${layer}`]).filter(Boolean)) undoDifferences(data, shape.at(-1))
    this.frames = this.arrays.epochs.shape[0]
    this.depth = this.sizes.length - 1
    this.count = this.arrays.parameters.shape[1]
    this.starts = [0]
    for (let layer = 0; layer < this.depth; layer++) this.starts.push(this.starts[layer] + this.sizes[layer + 1] * (this.sizes[layer] + this.bias))
    this.widest = this.largestWeight(0, this.depth)
  }

  // Whether each output stands for a class of its own.
  get manyClasses() {
    return this.sizes.at(-1) > 1 && this.classes.length > 1
  }

  // How many units of a column are drawn; column 0 is the inputs. No input is drawn where they are too many.
  shown(column) {
    if (column > 0) return Math.min(this.sizes[column], this.most)
    return this.sizes[0] <= this.most ? this.sizes[0] : 0
  }

  // The examples, from 0, that the update of a frame was made with; none where frames are no updates.
  seen(frame) {
    const { shape: [, size] = [0, 0], data } = this.arrays.seen ?? {}
    return data ? [...data.subarray(frame * size, (frame + 1) * size)].filter((example) => example >= 0) : []
  }

  // The same in words, by their rows in the training set.
  madeWith(frame) {
    const rows = this.seen(frame).map((example) => example + 1).sort((a, b) => a - b)
    if (rows.length <= 1) return rows.length ? `made with training example no. ${rows[0]}` : ""
    return rows.length <= MOST_NAMED ? `made with training examples no. ${rows.join(", ")}` : `made with ${rows.length} examples`
  }

  epoch(frame) {
    return this.arrays.epochs.data[frame]
  }

  // A curve's number, or that of one of its lines.
  number(name, frame, line = 0) {
    const { shape, data } = this.arrays[name]
    return data[frame * (shape[1] ?? 1) + line]
  }

  weight(frame, layer, unit, from) {
    return this.arrays.parameters.data[frame * this.count + this.starts[layer] + unit * (this.sizes[layer] + this.bias) + from]
  }

  biasOf(frame, layer, unit) {
    return this.bias ? this.weight(frame, layer, unit, this.sizes[layer]) : 0
  }

  // The size of the largest weights of the layers from `first` up to `stop`, all frames taken together.
  largestWeight(first, stop) {
    const { data } = this.arrays.parameters
    const [start, size] = [this.starts[first], this.starts[stop] - this.starts[first]]
    const sizes = new Float32Array(this.frames * size)
    for (let frame = 0; frame < this.frames; frame++) {
      for (let i = 0; i < size; i++) sizes[frame * size + i] = Math.abs(data[frame * this.count + start + i])
    }
    sizes.sort() // NaN come last
    const finite = sizes.subarray(0, sizes.findLastIndex(Number.isFinite) + 1)
    return finite[Math.floor(WIDEST * (finite.length - 1))] || 1
  }

  // A unit's answers all over the plane, or along the line, as whole numbers; null where there are none.
  map(frame, layer, unit) {
    const maps = this.arrays[`map${layer}`]
    if (!maps || unit >= maps.shape[1]) return null
    const size = maps.shape.slice(2).reduce((product, side) => product * side, 1)
    return maps.data.subarray((frame * maps.shape[1] + unit) * size, (frame * maps.shape[1] + unit + 1) * size)
  }

  // The range in which a unit is drawn.
  range(layer, unit = 0) {
    return this.layers[layer][unit] ?? this.layers[layer][0]
  }

  // The value of every level of a unit's maps: they are finest at the centre, as the root of the distance from it.
  values(layer, unit = 0) {
    const range = this.range(layer, unit)
    if (!this.tables.has(range)) this.tables.set(range, this.tabulate(layer, range))
    return this.tables.get(range)
  }

  tabulate(layer, { low, high, centre }) {
    const most = 2 ** (8 * this.arrays[`map${layer}`].data.BYTES_PER_ELEMENT) - 1
    const reach = Math.max(high - centre, centre - low)
    const [first, last] = [-Math.sqrt((centre - low) / reach), Math.sqrt((high - centre) / reach)]
    return Float32Array.from({ length: most + 1 }, (_, level) => {
      const root = first + (level / most) * (last - first)
      return centre + reach * root * Math.abs(root)
    })
  }

  // Whether the net has diverged by this frame, so that there are no numbers.
  isLost(frame) {
    return Number.isNaN(this.weight(frame, 0, 0, 0))
  }

  inputName(input) {
    return this.names[input]
  }

  unitName(layer, unit) {
    if (layer < 0) return this.inputName(unit)
    if (layer < this.depth - 1) return `layer ${layer + 1}, unit ${unit + 1}`
    return this.sizes.at(-1) === 1 ? "output" : `output: ${this.classes[unit] ?? unit + 1}`
  }

  // What stands in front of a weight: an input's name, or the unit's number.
  sourceName(layer, from) {
    if (from === this.sizes[layer]) return "bias"
    return layer === 0 ? this.inputName(from) : `unit ${from + 1}`
  }
}
