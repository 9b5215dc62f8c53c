// Maps on canvases: blue for plus, orange for minus; an image in its own greys or colours.

import { element } from "../../../web/dom.js"
import { formatFull, trueMinus } from "../../../web/numbers.js"

const STRONGEST = 0.95
const MARKED_FROM = 6 // pixels of the screen: from here on a minus stands in each negative cell
const FINE = 12
const LIGHT = 0.7 // of a cell's full colour where a number stands on it
const LEVELS = 500 // of colour on either side of 0

function channels(style, name) {
  const hex = style.getPropertyValue(name).trim()
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) || 0)
}

// Red, green and blue, from 0 to 255, as one pixel of a canvas.
function packedColour([red, green, blue]) {
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
}

export class Colours {
  /** @type {any} */ ground
  /** @type {any} */ ink
  /** @type {any} */ plus
  /** @type {any} */ minus

  constructor(root) {
    const style = getComputedStyle(root)
    for (const [name, variable] of [["plus", "blue"], ["minus", "orange"], ["ground", "background"], ["ink", "text"]]) this[name] = channels(style, `--st-${variable}-color`)
    this.ramp = Uint32Array.from({ length: 2 * LEVELS + 1 }, (_, i) => packedColour(this.signed(i / LEVELS - 1)))
  }

  signed(share) {
    const to = share < 0 ? this.minus : this.plus
    const strength = STRONGEST * Math.min(1, Math.abs(share))
    return this.ground.map((channel, i) => channel + strength * (to[i] - channel))
  }
}

function put(canvas, side, colourOf) {
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side })
  const image = new ImageData(side, side)
  const pixels = new Uint32Array(image.data.buffer)
  for (let i = 0; i < pixels.length; i++) pixels[i] = colourOf(i)
  canvas.getContext("2d").putImageData(image, 0, 0)
}

export function paintSigned(canvas, numbers, most, colours) {
  const { ramp } = colours
  put(canvas, Math.round(Math.sqrt(numbers.length)), (i) => ramp[LEVELS + Math.round((LEVELS * numbers[i]) / most)])
}

// Brightness from 0 to 1, or three planes of it.
export function paintImage(canvas, planes) {
  const [red, green, blue] = planes.length === 3 ? planes : [planes[0], planes[0], planes[0]]
  put(canvas, Math.round(Math.sqrt(red.length)), (i) => packedColour([255 * red[i], 255 * green[i], 255 * blue[i]]))
}

// A few numbers, large enough for a minus in every negative one.
export function smallMap(numbers, most, colours, size, label, grey = false) {
  const side = Math.round(Math.sqrt(numbers.length))
  const canvas = element("canvas", "small-map")
  Object.assign(canvas, { width: side * FINE, height: side * FINE })
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", label)
  const ink = canvas.getContext("2d")
  numbers.forEach((number, i) => {
    const [x, y] = [(i % side) * FINE, Math.floor(i / side) * FINE]
    const colour = grey ? Array(3).fill(255 * number) : colours.signed(number / most)
    ink.fillStyle = `rgb(${colour.map(Math.round).join(" ")})`
    ink.fillRect(x, y, FINE, FINE)
    if (number >= 0 || size / side < MARKED_FROM) return
    ink.fillStyle = `rgb(${colours.ink.join(" ")} / 0.75)`
    ink.fillRect(x + 0.3 * FINE, y + 0.45 * FINE, 0.4 * FINE, 0.12 * FINE)
  })
  return canvas
}

// The same with the numbers written in the cells, all to the same decimals: three digits of the largest.
export function cellGrid(numbers, most, colours, grey = false) {
  const grid = element("div", "cells")
  const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(most))))
  grid.style.setProperty("--columns", Math.round(Math.sqrt(numbers.length)))
  for (const number of numbers) {
    const colour = (grey ? Array(3).fill(255 * number) : colours.signed((LIGHT * number) / most)).map(Math.round)
    const cell = element("span", "", trueMinus(number.toFixed(decimals).replace(/^-(?=[0.]*$)/, "")))
    cell.title = formatFull(number)
    const bright = (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255
    Object.assign(cell.style, { background: `rgb(${colour.join(" ")})`, color: bright > 0.45 ? "#000" : "#fff" })
    grid.append(cell)
  }
  return grid
}
