// Maps on canvases: levels become colours by a table, and the boundary is where a map crosses its centre.

import { cssColour } from "./inks.js"

const scratch = document.createElement("canvas")
const context = scratch.getContext("2d", { willReadFrequently: true })
let image = null

function imageOf(side) {
  if (image?.width !== side) {
    Object.assign(scratch, { width: side, height: side })
    image = context.createImageData(side, side)
    image.colours = new Uint32Array(image.data.buffer)
  }
  return image
}

function put(target, side, x, y, size) {
  context.putImageData(image, 0, 0)
  target.drawImage(scratch, 0, 0, side, side, x, y, size, size)
}

// A map of side × side levels, in the colours of `ramp`.
export function paintMap(target, levels, ramp, x, y, size) {
  const side = Math.sqrt(levels.length)
  const { colours } = imageOf(side)
  for (let i = 0; i < levels.length; i++) colours[i] = ramp[levels[i]]
  put(target, side, x, y, size)
}

// Of several maps the one with the highest level wins at each place, in the colour of its own ramp.
export function paintWinners(target, maps, ramps, x, y, size) {
  const side = Math.sqrt(maps[0].length)
  const { colours } = imageOf(side)
  for (let i = 0; i < colours.length; i++) {
    let best = 0
    for (let k = 1; k < maps.length; k++) if (maps[k][i] > maps[best][i]) best = k
    colours[i] = ramps[best][maps[best][i]]
  }
  put(target, side, x, y, size)
}

// The line along which a map crosses `value`: each square of four neighbours gives at most two pieces (marching squares).
// `values` are those of the levels.
export function traceBoundary(target, levels, values, value, x, y, size) {
  const side = Math.sqrt(levels.length)
  const step = size / side
  const at = (row, column) => values[levels[row * side + column]] - value
  target.beginPath()
  for (let row = 0; row < side - 1; row++) {
    for (let column = 0; column < side - 1; column++) {
      const corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]
      const above = corners.filter((corner) => corner > 0).length
      if (above === 0 || above === 4) continue
      const places = []
      for (let edge = 0; edge < 4; edge++) {
        const [one, other] = [corners[edge], corners[(edge + 1) % 4]]
        if (one > 0 === other > 0) continue
        const share = one / (one - other)
        const [dx, dy] = [[share, 0], [1, share], [1 - share, 1], [0, 1 - share]][edge]
        places.push([x + (column + 0.5 + dx) * step, y + (row + 0.5 + dy) * step])
      }
      for (let piece = 0; piece + 1 < places.length; piece += 2) (target.moveTo(...places[piece]), target.lineTo(...places[piece + 1]))
    }
  }
  target.stroke()
}

// The weights of a unit of the first layer as the pixels of a picture.
export function paintPicture(target, reel, frame, unit, inks, largest, x, y, size) {
  const [rows, columns] = reel.picture
  const [wide, high] = [size / columns, size / rows]
  for (let i = 0; i < rows * columns; i++) {
    target.fillStyle = cssColour(inks.signed(reel.weight(frame, 0, unit, i) / largest))
    target.fillRect(x + (i % columns) * wide, y + Math.floor(i / columns) * high, wide + 0.5, high + 0.5)
  }
}

// A curve over the width of a square; `shares` gives heights from 0 to 1.
export function traceCurve(target, count, height, x, y, size) {
  target.beginPath()
  for (let i = 0; i < count; i++) target.lineTo(x + (i / (count - 1)) * size, y + (1 - height(i)) * size)
  target.stroke()
}

// A canvas of this size in CSS pixels, sharp on the screen it is on; returns its context, scaled.
export function fitCanvas(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1)
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) })
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
  const drawn = canvas.getContext("2d")
  drawn.setTransform(ratio, 0, 0, ratio, 0, 0)
  return drawn
}

const SHAPES = [
  (target, r) => target.arc(0, 0, r, 0, 2 * Math.PI),
  (target, r) => polygon(target, 4, r * 1.3, 0),
  (target, r) => polygon(target, 3, r * 1.4, -Math.PI / 2),
  (target, r) => polygon(target, 4, r * 1.25, Math.PI / 4),
  (target, r) => polygon(target, 5, r * 1.2, -Math.PI / 2),
  (target, r) => polygon(target, 3, r * 1.4, Math.PI / 2),
]

function polygon(target, corners, radius, turn) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (2 * Math.PI * corner) / corners
    target.lineTo(radius * Math.cos(angle), radius * Math.sin(angle))
  }
  target.closePath()
}

// A point of a class has its shape too. Test points are hollow.
export function paintPoint(target, x, y, radius, shape, colour, edge, hollow) {
  target.save()
  target.translate(x, y)
  target.beginPath()
  SHAPES[shape % SHAPES.length](target, radius)
  target.fillStyle = hollow ? edge : colour
  target.strokeStyle = hollow ? colour : edge
  target.lineWidth = hollow ? 1.6 : 1
  target.fill()
  target.stroke()
  target.restore()
}
