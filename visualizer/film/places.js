// Where the columns of a net stand: inputs at the left, then the layers, the output last.

const LARGEST = 84
const SMALLEST = 14
const ROOM = 0.74 // of a unit's place that the unit itself takes
const SHARE = 0.46 // of a column's place that a unit takes at most

// `counts` are the units of each column; a column of 0 is one block. `head` and `foot` are left to the columns' names and
// to the legend. Returns a unit's size and every unit's centre.
export function placesOf(counts, width, height, head, foot) {
  const room = height - head - foot
  const most = Math.max(1, ...counts)
  const unit = Math.max(SMALLEST, Math.min(LARGEST, (ROOM * room) / most, (SHARE * width) / counts.length))
  const margin = unit / 2 + 14
  const apart = counts.length > 1 ? (width - 2 * margin) / (counts.length - 1) : 0
  const columns = counts.map((count, column) => {
    const between = Math.min(room / Math.max(1, count), unit * 2.1)
    const top = head + (room - between * Math.max(1, count)) / 2
    const ys = Array.from({ length: Math.max(1, count) }, (_, i) => top + between * (i + 0.5))
    return { x: margin + column * apart, ys }
  })
  return { unit, columns }
}

// The wire nearest to a point, as [layer, unit, from]; null where none is near.
export function nearestWire({ unit, columns }, x, y, near) {
  let found = null
  for (let layer = 0; layer + 1 < columns.length; layer++) {
    const [left, right] = [columns[layer].x + unit / 2, columns[layer + 1].x - unit / 2]
    if (x < left || x > right) continue
    const share = (x - left) / (right - left)
    columns[layer + 1].ys.forEach((to, i) => columns[layer].ys.forEach((from, j) => {
      const slope = (to - from) / (right - left)
      const distance = Math.abs(from + share * (to - from) - y) / Math.hypot(1, slope)
      if (distance < near) [near, found] = [distance, [layer, i, j]]
    }))
  }
  return found
}
