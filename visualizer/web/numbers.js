// Numbers as people write them: four significant digits or as many as are chosen, a true minus, and sums that add up digit for digit.

/** @type {Record<string, string>} */
const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }
export const DIGIT_CHOICES = [4, 6, 10]
const OF_LARGEST = [6, 5, 4, 3]
let chosenDigits = DIGIT_CHOICES[0]
const NOTHING = 1e-13 // what double precision leaves of a short decimal
const RESIDUE = 1e-10 // smaller ones are what rounding leaves of 0, and have no room in a small cell
const SURE_DIGITS = 15 // of a number in double precision

/** @param {number} digits */
export function chooseDigits(digits) {
  chosenDigits = digits
}

// The counts of digits that a figure may show: those chosen, or fewer where these have no room, at last those of the
// largest number only.
export function digitsToTry() {
  const chosen = DIGIT_CHOICES.filter((digits) => digits <= chosenDigits).reverse()
  return [...chosen.map((digits) => [digits]), ...OF_LARGEST.map((digits) => [DIGIT_CHOICES[0], digits])]
}

/** @param {string} text */
export function trueMinus(text) {
  return text.replace("-", "−")
}

/** @param {number} exponent */
function powerOfTen(exponent) {
  return exponent === 0 ? "" : "·10" + [...String(exponent)].map((c) => SUPERSCRIPT[c]).join("")
}

/** @param {number} value */
function special(value) {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  return value === 0 ? "0" : null
}

// Decimals at which a number shows its significant digits.
/** @param {number} value */
function decimalsOf(value, significant = chosenDigits) {
  if (value === 0 || !Number.isFinite(value)) return 0
  return Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(value))))
}

// The power of ten written behind numbers too small or too large for plain digits.
/** @param {number} value */
function exponentOf(value) {
  if (value === 0 || !Number.isFinite(value)) return 0
  const exponent = Math.floor(Math.log10(Math.abs(value)))
  return exponent < -4 || exponent > 5 ? exponent : 0
}

// A number at `decimals` places; a short exact number (0.8) keeps its short form.
/** @param {number} value @param {number} decimals */
function fixed(value, decimals) {
  const short = value.toFixed(Math.min(decimals, chosenDigits))
  if (Math.abs(Number(short) - value) <= NOTHING * Math.max(1, Math.abs(value)) && Number(short) !== 0) return short.includes(".") ? short.replace(/\.?0+$/, "") : short
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace("-", "") : text
}

/** @param {number} value */
export function format(value, significant = chosenDigits) {
  const text = special(value)
  if (text !== null) return text
  const exponent = exponentOf(value)
  const mantissa = exponent === 0 ? value : Number(value.toExponential().split("e")[0]) // 10 ** −324 is 0
  return trueMinus(fixed(mantissa, decimalsOf(mantissa, significant))) + powerOfTen(exponent)
}

// The same at the most of the chosen digits at which its text has room; at `least` digits it is not asked.
/** @param {number} value @param {number} least @param {(text: string) => boolean} fits */
export function formatFitting(value, least, fits) {
  for (let digits = chosenDigits; digits > Math.max(least, DIGIT_CHOICES[0]); digits--) {
    const text = format(value, digits)
    if (fits(text)) return text
  }
  return format(value, least)
}

// A number for a small cell: a short one as it is, others rounded to two or three digits; a tiny one keeps one digit.
/** @param {number} value */
export function formatSmall(value) {
  const text = special(value)
  if (text !== null) return text
  const size = Math.abs(value)
  if (size >= 1e6) return format(value, 2)
  const short = String(Number(size.toFixed(3)))
  if (Math.abs(Number(short) - size) <= NOTHING * Math.max(1, size) && short !== "0" && withoutZero(short).length <= 5) return trueMinus(value < 0 ? `-${short}` : short)
  const digits = fixed(value, size < 1 ? 2 : size < 10 ? 1 : 0)
  if (Number(digits) !== 0) return trueMinus(digits)
  return size < RESIDUE ? "0" : format(value, 1)
}

// .45 for 0.45, where room is short.
/** @param {string} text */
export function withoutZero(text) {
  return text.replace(/^([^\d.]*)0\.(?=\d)/, "$1.")
}

// A number at a fixed count of decimals, for numbers of the size of 1 that stand below each other.
/** @param {number} value @param {number} decimals */
export function formatDecimals(value, decimals) {
  const exponent = exponentOf(value)
  return special(value) ?? (exponent > 0 ? format(value, 2) : trueMinus(fixed(value, decimals)))
}

// A number just below 1 (or above −1) with digits enough for its distance from 1: saturation is about that distance.
/** @param {number} value */
export function formatNearOne(value) {
  const size = Math.abs(value)
  if (size <= 0.9 || size >= 1) return format(value)
  return trueMinus(fixed(value, Math.min(decimalsOf(1 - size), 15)))
}

// All the digits that mean something, for tooltips and screen readers: the last two of 17 are the computer's rounding.
/** @param {number} value */
export function formatFull(value) {
  return special(value) ?? trueMinus(String(Number(value.toPrecision(15))))
}

// What a reader would get from a shown number.
/** @param {string} text @returns {number} */
export function parse(text) {
  if (text === "∞" || text === "−∞" || text === "NaN") return text === "NaN" ? NaN : text === "∞" ? Infinity : -Infinity
  const [mantissa, power] = text.replaceAll("−", "-").split("·10")
  const exponent = power ? Number([...power].map((c) => Object.keys(SUPERSCRIPT).find((k) => SUPERSCRIPT[k] === c)).join("")) : 0
  return Number(mantissa) * 10 ** exponent
}

// A shown result is reached from shown numbers when it is their value rounded to the digits shown.
/** @param {number} value @param {string} text */
export function reaches(value, text) {
  const mantissa = text.split("·10")[0]
  const decimals = (mantissa.split(".")[1] ?? "").length
  const scale = text.includes("·10") ? parse(text) / parse(mantissa) : 1
  if (!Number.isFinite(value)) return special(value) === text
  return Math.abs(value / scale - parse(mantissa)) <= 0.5 * 10 ** -decimals * (1 + 1e-9)
}

// By how much a number, rounded to the digits of a text, is more than the text says; "" where it is no more and no less.
/** @param {number} value @param {string} text */
export function lostBy(value, text) {
  const decimals = text.includes("·10") ? 0 : (text.split(".")[1] ?? "").length
  const units = Math.round((value - parse(text)) * 10 ** decimals)
  return units ? trueMinus((units / 10 ** decimals).toFixed(decimals)) : ""
}

/** @typedef {{ text: string, units: number }} Written a number's text, and how many it is of the last decimal's */

// How many decimals the longest of some terms shows: their sum needs no more.
/** @param {Written[]} terms */
function decimalsShown(terms) {
  return Math.max(0, ...terms.map(({ text, units }) => (units ? (text.split("·10")[0].split(".")[1] ?? "").length : 0)))
}

// The terms of a sum and its total, written at the same place so that the digits shown add up. A term too small for that
// place has its own power of ten and counts as 0; a total too small for it is only near to what is shown.
// What rounding left over is returned as a text of its own ("" when nothing is left); `add` sums a stretch of the terms.
// With `ofLargest` the place is at most that of so many digits of the largest, however small others are.
/** @param {number[]} terms @param {number} total */
export function formatSum(terms, total, significant = chosenDigits, ofLargest = SURE_DIGITS) {
  const all = [...terms, total]
  if (!all.every(Number.isFinite)) return { terms: terms.map((term) => format(term, significant)), total: format(total, significant), rounding: "", relation: "=", add: () => "" }
  const largest = Math.max(...all.map(Math.abs))
  const most = Math.min(significant + 3, decimalsOf(largest, ofLargest))
  const exponent = Math.max(exponentOf(largest), -300) // the scale is a number itself
  const scale = 10 ** exponent
  const smallest = Math.min(...terms.map(Math.abs).filter((size) => size >= 0.5 * 10 ** -most))
  const wanted = Math.max(decimalsOf(total, significant), decimalsOf(smallest, significant - 1), significant - 1)
  const decimals = exponent !== 0 ? significant - 1 : Math.min(wanted, most)
  /** @param {number} value @returns {Written} */
  const write = (value) => {
    const scaled = exponent === 0 ? value : value / scale
    if (value === 0) return { text: "0", units: 0 }
    const text = trueMinus(fixed(scaled, decimals))
    const units = Math.round(parse(text) * 10 ** decimals)
    return { text: units ? text + powerOfTen(exponent) : format(value, significant), units }
  }
  const written = all.map(write)
  const last = written[terms.length]
  /** @param {number} units */
  const digits = (units, places = decimals) => (units ? trueMinus((units / 10 ** decimals).toFixed(places)) + powerOfTen(exponent) : "")
  /** @param {Written[]} some */
  const sum = (some) => some.reduce((units, each) => units + each.units, 0)
  const texts = written.map(({ text }) => text)
  return {
    terms: texts.slice(0, -1),
    total: texts[terms.length],
    rounding: digits(last.units - sum(written.slice(0, -1))),
    relation: total !== 0 && !last.units ? "≈" : "=",
    /** @param {number} start @param {number} stop */
    add: (start, stop) => digits(sum(written.slice(start, stop)), decimalsShown(written.slice(start, stop))) || "0",
  }
}

// A share in per cent, as text/numbers.py writes it.
/** @param {number} share @param {number} decimals */
export function percent(share, decimals = 1) {
  return `${(100 * share).toFixed(decimals)}\u00a0%`
}
