// Every number of the net, and what each is made of.

const NAMES = {
  x: "image", conv1: "convolution 1", relu1: "ReLU 1", pool1: "pooling 1",
  conv2: "convolution 2", relu2: "ReLU 2", pool2: "pooling 2", p: "class",
}

export class Numbers {
  constructor(values, net, gradients, data) {
    this.values = values.arrays
    this.net = net
    this.gradients = gradients?.arrays ?? null
    this.classes = data.classes
    this.label = data.label
    this.target = data.target
    this.layers = Object.fromEntries(net.layers.map((layer) => [layer.name, layer]))
    this.largest = {}
  }

  get backward() {
    return this.gradients !== null
  }

  // One map of a layer as it stands in the figure: its numbers, or their gradients.
  map(layer, map, backward = this.backward) {
    const { data } = (backward ? this.gradients : this.values)[layer]
    const size = this.layers[layer].side ** 2
    return data.subarray(map * size, (map + 1) * size)
  }

  at({ layer, map, row, column }, backward = false) {
    if (layer === "p" && backward) return this.gradients.z.data[map]
    return this.map(layer, map, backward)[row * this.layers[layer].side + column]
  }

  // The size of a layer's largest number, which has the full colour.
  most(layer, backward = this.backward) {
    const key = `${layer} ${backward}`
    if (!(key in this.largest)) this.largest[key] = largestOf((backward ? this.gradients : this.values)[layer].data)
    return this.largest[key]
  }

  get winner() {
    const { data } = this.values.p
    return data.indexOf(Math.max(...data))
  }

  // The part of each source that a number is made of: { layer, map, row, column, height, width }, edges included.
  sources({ layer, map, row, column }) {
    const { source } = this.layers[layer]
    if (!source) return []
    const below = this.layers[source]
    const all = Array.from({ length: below.maps }, (_, i) => i)
    if (layer === "p") return all.map((each) => ({ layer: source, map: each, row: 0, column: 0, size: below.side }))
    if (layer.startsWith("conv")) {
      const reach = (this.net.kernel - 1) / 2
      return all.map((each) => ({ layer: source, map: each, row: row - reach, column: column - reach, size: this.net.kernel }))
    }
    if (layer.startsWith("relu")) return [{ layer: source, map, row, column, size: 1 }]
    const pool = this.net.pools[layer === "pool1" ? 0 : 1]
    return [{ layer: source, map, row: row * pool, column: column * pool, size: pool }]
  }

  // The numbers in a window; over the edge there are zeros of the padding.
  inside({ layer, map, row, column, size }, backward = false) {
    const { side } = this.layers[layer]
    const numbers = this.map(layer, map, backward)
    return Float64Array.from({ length: size * size }, (_, i) => {
      const [at, along] = [row + Math.floor(i / size), column + (i % size)]
      return at < 0 || along < 0 || at >= side || along >= side ? 0 : numbers[at * side + along]
    })
  }

  // The weights between a number and one of its sources, laid out as the window; null where there are none.
  weights({ layer, map }, source, backward = false) {
    const name = layer === "p" ? "out_weight" : `${layer}_weight`
    const all = (backward ? this.gradients : this.net.arrays)[name]
    if (!all) return null
    const sources = this.layers[this.layers[layer].source].maps
    const size = all.data.length / (this.layers[layer].maps * sources)
    const start = (map * sources + source) * size
    return all.data.subarray(start, start + size)
  }

  bias({ layer, map }) {
    return this.net.arrays[layer === "p" ? "out_bias" : `${layer}_bias`].data[map]
  }

  // What each source adds to a weighted sum.
  parts(place) {
    return this.sources(place).map((window) => {
      const [numbers, weights] = [this.inside(window), this.weights(place, window.map)]
      const products = numbers.map((number, i) => number * weights[i])
      return { window, numbers, weights, products, sum: products.reduce((sum, each) => sum + each, 0) }
    })
  }

  isSum({ layer }) {
    return layer === "p" || layer.startsWith("conv")
  }

  name({ layer, map, row, column }) {
    if (layer === "p") return `class “${this.classes[map]}”`
    return `${NAMES[layer]}${this.layers[layer].maps > 1 ? `, map ${map + 1}` : ""}, row ${row + 1}, column ${column + 1}`
  }
}

export function largestOf(numbers) {
  let most = 0
  for (const number of numbers) most = Math.max(most, Math.abs(number))
  return most || 1
}
