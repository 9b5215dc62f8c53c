// The real player in a page of its own, without a server: what the tests hand to it, and how they read it.

import { playerIn } from "../../visualizer/player/mount.js"
import { fillLines } from "../../visualizer/player/formula/lines.js"
import { numberLines } from "../../visualizer/player/formula/formula.js"
import { Products } from "../../visualizer/player/figure/products.js"
import { unpack } from "../../visualizer/player/walk.js"
import { chooseDigits } from "../../visualizer/web/numbers.js"

const host = document.getElementById("walk")
const player = playerIn(host, "data:font/woff2;base64,")
window.show = async (blob) => {
  player.at = null
  await player.receive({ blob, start: 0, editable: [], iterations: null })
}
const readToken = (token) => {
  const copy = token.cloneNode(true)
  for (const label of copy.querySelectorAll("small")) label.remove()
  for (const fraction of copy.querySelectorAll(".fraction")) fraction.replaceWith("a fraction")
  return copy.textContent.trim()
}
const tokensOf = (node) => [...node.children].flatMap((child) =>
  child.matches(".piece, .together") ? tokensOf(child) : child.matches("small, wbr") ? [] : [readToken(child)])
const linesOf = (host) => [...host.querySelectorAll(".line")].map(tokensOf).filter((line) => line.length)
window.read = (step) => {
  player.go(step)
  return linesOf(player.board.numbers)
}
const productsOf = (part) => [...part.querySelectorAll("text.number")].map((text) => text.textContent)
const rowsOf = (line) => {
  const rows = [[]]
  let right = -Infinity
  for (const part of line.querySelectorAll(".token, .sign")) {
    if (part.parentElement.closest(".token, .sign")) continue
    const box = part.getBoundingClientRect()
    if (box.left < right - 2) rows.push([])
    rows.at(-1).push(part.textContent.trim())
    right = box.right
  }
  return rows
}
window.readRows = (step) => {
  player.go(step)
  const lines = [...player.root.querySelectorAll(".board .formula:not(.wide) .line")]
  return lines.filter((line) => line.offsetWidth).map(rowsOf)
}
window.readNote = (step) => {
  player.go(step)
  return player.board.note.textContent
}
window.readUnpainted = async (blob, steps, digits) => {
  chooseDigits(digits)
  const walk = await unpack(blob)
  const board = document.createElement("div")
  const mark = walk.scene.marks.find(({ kind }) => kind === "products")
  const products = mark && new Products(mark)
  return steps.map((number) => {
    const step = walk.steps[number - 1]
    fillLines(board, numberLines(walk, step))
    products?.paint(walk, step, true)
    return [linesOf(board), products ? [...products.node.children].map(productsOf) : []]
  })
}
window.boardIsAsAfresh = (step) => {
  player.go(step)
  const hosts = () => [player.board.symbols, player.board.numbers]
  const kept = hosts().map((each) => each.cloneNode(true))
  player.board.symbols.replaceChildren()
  player.board.numbers.replaceChildren()
  player.paint()
  return hosts().every((each, i) => each.isEqualNode(kept[i]))
}
window.ready = true
