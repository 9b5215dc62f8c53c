// The board: what the step does, in words, in symbols and in numbers, and how it hangs together with the others.

import { numberLines, symbolLine } from "./formula/formula.js"
import { fillLines, watchWidth } from "./formula/lines.js"
import { matrixLine, matrixNumbers } from "./formula/matrix.js"
import { box, settle } from "./formula/settle.js"
import { indexed, symbolParts, template } from "./formula/symbols.js"
import { element } from "../web/dom.js"
import { format, formatFull } from "../web/numbers.js"

const PHASE = { forward: "Forward", loss: "Loss", backward: "Backward", update: "Update" }
const HINT = "→ goes on by one number, ← back. Click a number to see how it was computed; click an input to edit it."
const BLOCK = 6 // more numbers than these are named together
const SHOWN_CHIPS = 6
const NEAR = 1e-9
const SOON = 150 // milliseconds

export class Board {
  /** @type {any} */ learned

  constructor(host, { onJump, onNotation, onStart }) {
    this.onJump = onJump
    this.phase = element("div", "phase")
    this.title = element("h2", "title")
    this.title.dataset.testid = "player-title"
    this.symbols = element("div", "formula")
    this.symbols.dataset.testid = "formula-symbols"
    this.numbers = element("div", "formula")
    this.numbers.dataset.testid = "formula-numbers"
    this.notation = element("button", "notation")
    this.notation.onclick = () => onNotation()
    this.toStart = element("button", "to-start", "Go to the start")
    this.toStart.onclick = () => onStart()
    this.whole = element("div", "formula")
    this.whole.dataset.testid = "formula-whole"
    this.wholeBox = element("section", "card", element("header", "", element("span", "", "all in one line; j counts the examples")), this.whole)
    this.symbolBox = element("section", "card", element("header", "", element("span", "", "in symbols"), this.notation), this.symbols)
    this.numberBox = element("section", "card numbers", element("header", "", element("span", "", "in numbers")), this.numbers)
    this.legend = element("p", "hint")
    this.note = element("p", "note")
    this.hint = element("p", "hint", HINT)
    this.from = element("div", "chips")
    this.by = element("div", "chips")
    this.check = element("div", "check")
    host.append(this.toStart, this.phase, this.title, this.symbolBox, this.numberBox, this.wholeBox, this.legend, this.note, this.hint, this.from, this.by, this.check)
    watchWidth(host, [this.symbols, this.numbers, this.whole])
  }

  // `whole` is what the stride has gone through: a layer or a chapter, all of whose steps are shown as one; else null.
  paint(walk, at, notation, whole = null, justOpened = false) {
    hide(this.toStart, !at || !justOpened)
    const step = walk.steps[at - 1]
    if (whole) notation = "matrix"
    settle(this.notation, [notation === "matrix" ? "one number" : "matrix notation"])
    hide(this.notation, Boolean(whole) || !step?.matrix.length)
    hide(this.numberBox, !step)
    for (const part of [this.hint, this.legend]) hide(part, Boolean(step))
    this.paintWhole(walk, step)
    if (!step) return this.paintStart(walk)
    this.namePhase(step.phase, [...new Set([PHASE[step.phase], step.layer].map((part) => part.toUpperCase()))].join(" · "))
    settle(this.title, indexed(whole?.title ?? step.title))
    const shown = whole ?? step
    const matrices = notation !== "matrix" ? [] : whole ? whole.matrices : [step.matrix].filter((matrix) => matrix.length)
    const inMatrices = matrices.map((matrix) => ({ ...shown, matrix }))
    fillLines(this.symbols, matrices.length ? inMatrices.map((each) => matrixLine(walk, each)) : [symbolLine(walk, step)])
    fillLines(this.numbers, matrices.length ? inMatrices.map((each) => matrixNumbers(walk, each, at)) : numberLines(walk, step), matrices.length > 0)
    this.say(notFinite(walk, step, this.learned) ?? (whole ? "" : step.note))
    this.paintSoon(() => {
      const sources = [...new Set((whole ?? step).reads.flatMap((ref) => (walk.ref(ref).elements.length > BLOCK ? [ref] : walk.ref(ref).elements)))]
      this.fillChips(this.from, walk, "comes from", sources.map((ref) => [ref, walk.writerOf(ref)]))
      const users = whole ? [] : walk.readersOf(step.target).map((number) => [walk.steps[number - 1].target, number])
      this.fillChips(this.by, walk, "used by", users)
      this.paintCheck(walk, step)
    })
  }

  namePhase(phase, text) {
    settle(this.phase, [text])
    if (this.phase.dataset.phase !== phase) this.phase.dataset.phase = phase
  }

  // Many steps in turn have the same note: it stays as it is.
  say(note) {
    if (note === this.said) return
    this.said = note
    settle(this.note, indexed(note))
  }

  // What is looked at after the number itself: at once, or, while steps follow one upon another, when the last is there.
  // Until then what is there is another step's, and leads nowhere.
  paintSoon(paint) {
    const now = performance.now()
    const waits = now - this.paintedAt < SOON
    clearTimeout(this.soon)
    if (waits) this.soon = setTimeout(() => this.paintNow(paint), SOON)
    else this.paintNow(paint)
    this.rests(!waits)
    this.paintedAt = now
  }

  paintNow(paint) {
    paint()
    this.rests(true)
  }

  rests(still) {
    if (still === !this.from.inert) return
    this.from.inert = this.by.inert = !still
  }

  paintStart(walk) {
    clearTimeout(this.soon)
    this.namePhase("start", "Start")
    settle(this.title, [walk.title])
    const lines = walk.overview[0] === "lines" ? walk.overview.slice(1) : [walk.overview]
    fillLines(this.symbols, lines.map(wholeFormula))
    this.say(walk.summary)
    settle(this.legend, indexed(walk.legend))
    for (const part of [this.from, this.by, this.check]) settle(part, [])
  }

  // The formula that this number is part of, as the slides have it.
  paintWhole(walk, step) {
    const formula = step && walk.formulas[walk.ref(step.target).name]
    hide(this.wholeBox, !formula)
    if (!formula || formula === this.shownWhole) return
    this.shownWhole = formula
    fillLines(this.whole, [wholeFormula(formula)])
  }

  fillChips(host, walk, label, list) {
    const chips = (part) => part.map(([ref, number]) => chipOf(walk, ref, number))
    const others = list.slice(SHOWN_CHIPS)
    const more = others.length ? [box("button", "chip", `and ${others.length} more`)] : []
    const shown = list.length ? [box("span", "chips-label", label), ...chips(list.slice(0, SHOWN_CHIPS))] : []
    settle(host, [...shown, ...more])
    host.onclick = ({ target }) => this.press(target.closest("button.chip"), () => settle(host, [...shown, ...chips(others)]))
  }

  press(chip, showOthers) {
    if (chip?.dataset.step) this.onJump(Number(chip.dataset.step))
    else if (chip) showOthers()
  }

  paintCheck(walk, step) {
    const value = walk.value(step.target)
    const check = walk.check(step.target)
    if (check === undefined || !Number.isFinite(value)) return settle(this.check, [])
    const agrees = Object.is(value, check) || Math.abs(value - check) <= NEAR * Math.max(1, Math.abs(check))
    const gradients = Object.values(walk.symbols).some((symbol) => symbol.prefix)
    const source = step.phase === "forward" || step.phase === "loss" || !gradients ? "torch" : "autograd"
    this.check.className = agrees ? "check" : "check wrong"
    settle(this.check, [`${agrees ? "✓" : "✗"} ${source}: ${format(check)}`])
    this.check.title = `here ${formatFull(value)}, ${source} ${formatFull(check)}`
  }
}

// An attribute that is set again, to what it was, costs a style.
function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden
}

function chipOf(walk, ref, number) {
  const count = walk.ref(ref).elements.length
  const where = number ? ` ${count > 1 ? "up to " : ""}step ${number}` : " given"
  const chip = box(number ? "button" : "span", "chip", ...plainScripts(walk, ref), count > 1 ? ` ${count} numbers,${where}` : where)
  return Object.assign(chip, { ref, step: number ? String(number) : "" })
}

function wholeFormula(formula) {
  return partsOf(formula).map((part) => box("span", "sign bare", template(part, () => null, () => [])))
}

// A row's parts, and those of the rows in it: a line may break before any.
function partsOf(formula) {
  return formula[0] === "row" ? formula.slice(1).flatMap(partsOf) : [formula]
}

// A symbol in a line of words: many of them, so without what formulas cost.
function plainScripts(walk, ref) {
  const { prefix, letter, below, above } = symbolParts(walk, ref)
  return [prefix + letter, below && box("sub", "", below), above && box("sup", "", above)].filter(Boolean)
}

// Why a number is none: where it begins, and what helps. `learned`: whether updates made these weights.
function notFinite(walk, step, learned) {
  const value = walk.value(step.target)
  if (Number.isFinite(value)) return null
  const first = originOf(walk, step)
  if (first === step && dividesByZero(walk, step.expression)) {
    const unused = walk.readersOf(step.target).length ? "" : " No other step needs it."
    return `Infinite, as it is divided by a number so small that a computer takes it for 0.${unused}`
  }
  const what = Number.isNaN(value) ? "The result is NaN (not a number)" : "This number has grown past what a computer can hold"
  const help = learned ? "A smaller learning rate, or going back an iteration, helps." : "Smaller numbers to begin with help."
  return `${what}. It begins at step ${walk.steps.indexOf(first) + 1}. ${help}`
}

// The step at which a number that is none came in: none of what that one reads is.
function originOf(walk, step) {
  const source = step.reads.flatMap((ref) => walk.ref(ref).elements).find((ref) => !Number.isFinite(walk.value(ref)) && walk.writerOf(ref))
  return source ? originOf(walk, walk.steps[walk.writerOf(source) - 1]) : step
}

function dividesByZero(walk, expression) {
  if (expression[0] === "mean") return dividesByZero(walk, expression[1])
  return expression[0] === "apply" && expression[2].some((ref) => walk.value(ref) === 0)
}
