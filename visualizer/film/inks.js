// The theme's colours as numbers, and the colour of every level of a map worked out once.

const VARIABLES = {
  plus: "--st-blue-color", minus: "--st-orange-color", ground: "--st-background-color", ink: "--st-text-color",
  quiet: "--st-gray-text-color", line: "--st-border-color", panel: "--st-secondary-background-color", mark: "--st-yellow-color",
}
const SERIES = ["blue", "orange", "violet", "green", "yellow", "gray"].map((name) => `--st-${name}-color`)
const STRENGTH = 0.85 // of a map's colours, so that points stand out from them

const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true })

function channels(colour) {
  probe.fillStyle = "#000"
  probe.fillStyle = colour
  probe.fillRect(0, 0, 1, 1)
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)]
}

const mix = (one, other, share) => one.map((channel, i) => Math.round(channel + share * (other[i] - channel)))
const packed = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
export const cssColour = ([red, green, blue], alpha = 1) => `rgb(${red} ${green} ${blue} / ${alpha})`

export class Inks {
  /** @type {any} */ ground
  /** @type {any} */ ink
  /** @type {any} */ plus
  /** @type {any} */ minus

  constructor(root) {
    const style = getComputedStyle(root)
    const read = (name) => channels(style.getPropertyValue(name).trim() || "#888")
    for (const [name, variable] of Object.entries(VARIABLES)) this[name] = read(variable)
    this.series = SERIES.map(read)
    this.key = JSON.stringify([VARIABLES, SERIES].map(Object.values).flat().map((name) => style.getPropertyValue(name)))
    this.ramps = new WeakMap()
  }

  // The colour of class `number`, and of a signed value from −1 to 1.
  ofClass(number, classes) {
    if (classes === 2) return number === 1 ? this.plus : this.minus
    return this.series[number % this.series.length]
  }

  signed(value, strength = STRENGTH) {
    return mix(this.ground, value < 0 ? this.minus : this.plus, strength * Math.min(1, Math.abs(value)))
  }

  // The colour of every level of a map, whose values are given; `centre` has the ground's colour.
  ramp(values, { low, high, centre }) {
    if (!this.ramps.has(values)) {
      const reach = Math.max(high - centre, centre - low) || 1
      this.ramps.set(values, Uint32Array.from(values, (value) => packed(this.signed((value - centre) / reach))))
    }
    return this.ramps.get(values)
  }

  // The same for a class's share, from none to all.
  classRamp(values, number, classes) {
    return Uint32Array.from(values, (value) => packed(mix(this.ground, this.ofClass(number, classes), STRENGTH * Math.max(0, Math.min(1, value)))))
  }
}
