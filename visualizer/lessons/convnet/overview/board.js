// Beside the figure: how the number that is looked at is computed.

import { largestOf } from "./numbers.js"
import { cellGrid, smallMap } from "./paint.js"
import { element } from "../../../web/dom.js"
import { format, formatFull, percent, trueMinus } from "../../../web/numbers.js"

const FEW = 3
const COLOURS = ["red", "green", "blue"]
const DECIMALS = 4
const LAST = 0.5 * 10 ** -DECIMALS

const SAID = {
  x: () => "A pixel of the image: where everything starts.",
  relu1: () => "ReLU keeps what is positive and makes the rest 0.",
  pool1: () => "Max pooling keeps the largest number of its window.",
}
SAID.relu2 = SAID.relu1
SAID.pool2 = SAID.pool1

export class Board {
  constructor(root, actions) {
    this.root = root
    this.actions = actions
    this.root.setAttribute("aria-live", "polite")
  }

  draw(place, numbers, colours) {
    const value = numbers.at(place)
    this.root.replaceChildren(
      element("div", "board-title", numbers.name(place)),
      this.valueLine(place, numbers, value),
      ...(place.layer === "p" ? this.classParts(place, numbers, colours) : numbers.isSum(place) ? this.sumParts(place, numbers, colours) : this.plainParts(place, numbers)),
    )
  }

  valueLine(place, numbers, value) {
    const shown = element("strong", "value", place.layer === "p" ? percent(value) : format(value, 5))
    shown.title = formatFull(value)
    shown.dataset.testid = "convnet-value"
    const line = element("div", "value-line", shown)
    if (numbers.backward) line.append(element("span", "gradient", `∂ℓ/∂${place.layer === "p" ? "z" : "y"} = ${format(numbers.at(place, true), 4)}`))
    if (place.layer === "p") line.append(this.walkButton({ ...place, layer: "z" }, "Walk score"), this.walkButton(place, "Walk softmax"))
    else if (place.layer !== "x") line.append(this.walkButton(place, "Walk this number"))
    return line
  }

  walkButton(place, text) {
    const button = element("button", "walk", text)
    Object.assign(button, { type: "button", onclick: () => this.actions.walk(place) })
    button.dataset.testid = `convnet-walk-${place.layer}`
    return button
  }

  // ---- a weighted sum -----------------------------------------------------------------------------------------------

  sumParts(place, numbers, colours) {
    const parts = numbers.parts(place)
    const size = parts.length > FEW ? 50 : 62
    const side = numbers.net.kernel
    const image = numbers.layers[place.layer].source === "x"
    const said = image && parts.length > 1
      ? `In each colour of the image, a window of ${side} × ${side} pixels times the kernel; all of it added up, and the bias.`
      : parts.length > 1
      ? `In each of the ${parts.length} maps below it, a window of ${side} × ${side} numbers times the kernel; all of it added up, and the bias.`
      : `A window of ${side} × ${side} pixels times the kernel, added up, and the bias.`
    const shown = parts.length > 1 ? this.table(place, numbers, parts, size, colours) : this.grids(place, numbers, parts[0], colours)
    return [element("p", "", said), shown, this.total(parts, numbers.bias(place), numbers.at(place))]
  }

  // One window, its kernel and their products, or the kernel's gradient, with their numbers.
  grids(place, numbers, part, colours) {
    const gradient = numbers.backward ? numbers.weights(place, part.window.map, true) : null
    const rows = [
      ["window", "", part.numbers, 1, true],
      ["kernel", "×", part.weights, largestOf(part.weights), false],
      gradient ? ["∂ℓ/∂ kernel", "", gradient, largestOf(gradient), false] : ["products", "=", part.products, largestOf(part.products), false],
    ]
    const grids = rows.flatMap(([name, sign, values, most, grey]) => [element("span", "sign", sign), element("span", "part-head", name), cellGrid(values, most, colours, grey)])
    return element("div", "grids", ...grids)
  }

  table(place, numbers, parts, size, colours) {
    const grey = numbers.layers[place.layer].source === "x"
    const most = {
      numbers: grey ? 1 : numbers.most(parts[0].window.layer, false),
      weights: Math.max(...parts.map((part) => largestOf(part.weights))),
      products: Math.max(...parts.map((part) => largestOf(part.products))),
    }
    const heads = ["", "window", "", "kernel", "", "products", "sum"]
    if (place.layer === "p") [heads[1], heads[3]] = ["map", "weights"]
    const gradients = numbers.backward ? parts.map((part) => numbers.weights(place, part.window.map, true)) : null
    if (gradients) heads.splice(4, 3, "", place.layer === "p" ? "∂ℓ/∂ weights" : "∂ℓ/∂ kernel", "")
    const mostGradient = gradients && Math.max(...gradients.map(largestOf))
    const table = element("div", "parts")
    table.style.setProperty("--size", `${size}px`)
    table.onpointermove = (event) => this.pointAt(table, event, parts)
    table.append(...heads.map((head) => element("span", "part-head", head)))
    parts.forEach((part, i) => {
      const label = grey ? (parts.length === FEW ? COLOURS[i] : "image") : `map ${i + 1}`
      const last = gradients
        ? [element("span", "sign", ""), smallMap(gradients[i], mostGradient, colours, size, `${label}: gradient of the kernel`), element("span", "")]
        : [element("span", "sign", "="), smallMap(part.products, most.products, colours, size, `${label}: products`), element("span", "sum", short(part.sum))]
      const row = [
        element("span", "part-name", label),
        smallMap(part.numbers, most.numbers, colours, size, `${label}: window`, grey),
        element("span", "sign", "×"),
        smallMap(part.weights, most.weights, colours, size, `${label}: kernel`),
        ...last,
      ]
      for (const map of row.filter((node) => node.matches("canvas"))) map.dataset.part = i
      table.append(...row)
    })
    return element("div", "", table, element("div", "pointed", "Point at a cell to read its product."))
  }

  // One product of those pointed at, in numbers.
  pointAt(table, event, parts) {
    const map = event.target.closest?.("[data-part]")
    if (!map) return
    const { numbers, weights, products } = parts[map.dataset.part]
    const side = Math.round(Math.sqrt(numbers.length))
    const box = map.getBoundingClientRect()
    const cell = (at, start, length) => Math.max(0, Math.min(side - 1, Math.floor(((at - start) / length) * side)))
    const at = cell(event.clientY, box.top, box.height) * side + cell(event.clientX, box.left, box.width)
    table.nextElementSibling.textContent = `${format(numbers[at], 4)} × ${bracketed(format(weights[at], 4))} = ${format(products[at], 4)}`
  }

  // The sums as shown, added up; where rounding would show, it is written.
  total(parts, bias, value) {
    const sum = parts.reduce((total, part) => total + rounded(part.sum), 0) + rounded(bias)
    const rest = rounded(value) - sum
    const all = parts.length > 1 ? "all sums " : "sum "
    const line = element("div", "total", element("span", "", all), element("b", "", short(parts.reduce((total, part) => total + rounded(part.sum), 0))))
    line.append(` + bias ${short(bias)}`)
    if (Math.abs(rest) > LAST) line.append(` + rounding ${short(rest)}`)
    line.append(element("span", "", " = "), element("b", "", short(value)))
    return line
  }

  // ---- ReLU and pooling ---------------------------------------------------------------------------------------------

  plainParts(place, numbers) {
    const said = element("p", "", SAID[place.layer]())
    if (place.layer === "x") return [said, ...this.channels(place, numbers)]
    const [window] = numbers.sources(place)
    const inside = numbers.inside(window)
    if (place.layer.startsWith("relu")) return [said, element("div", "formula", `max(0, ${format(inside[0], 5)}) = ${format(numbers.at(place), 5)}`)]
    const best = inside.indexOf(Math.max(...inside))
    const grid = element("div", "window-grid", ...[...inside].map((number, i) => element("span", i === best ? "best" : "", format(number, 4))))
    grid.style.setProperty("--columns", window.size)
    return [said, grid, element("div", "formula", `largest = ${format(inside[best], 5)}`)]
  }

  channels(place, numbers) {
    const { maps } = numbers.layers.x
    if (maps === 1) return []
    const values = Array.from({ length: maps }, (_, map) => format(numbers.at({ ...place, map }), 4))
    return [element("div", "formula", `red ${values[0]}, green ${values[1]}, blue ${values[2]}`)]
  }

  // ---- a class ------------------------------------------------------------------------------------------------------

  classParts(place, numbers, colours) {
    const parts = numbers.parts(place)
    const score = numbers.values.z.data[place.map]
    const said = `Softmax: e to the score of this class, ${format(score, 4)}, divided by the same of all classes. What each map of the last pooling adds to the score:`
    return [element("p", "", said), this.table(place, numbers, parts, 30, colours), this.total(parts, numbers.bias(place), score)]
  }
}

function bracketed(text) {
  return text.startsWith("−") ? `(${text})` : text
}

function rounded(number) {
  return Number(number.toFixed(DECIMALS))
}

function short(number) {
  const text = number.toFixed(DECIMALS)
  return trueMinus(Number(text) === 0 ? text.replace("-", "") : text)
}
