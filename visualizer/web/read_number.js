// A number as people write it: the twin of numbers.py, which says what is read; one table of cases tests both.

const NUMBER_EXAMPLES = "Type one such as 0.5, −2, 1e-3 or 1/3."
const NUMBER_MINUS = "-‐‑‒–−﹣－"
const NUMBER_SPACE = "\\s\\u0085\\ufeff\\u200b\\u001c-\\u001f"
const NUMBER_SIGN = `[+${NUMBER_MINUS.replace("-", "\\-")}]?`
const NUMBER_AROUND = new RegExp(`^[${NUMBER_SPACE}]+|[${NUMBER_SPACE}]+$`, "gu")
const NUMBER_NOT_FINITE = new RegExp(`^${NUMBER_SIGN}(nan|inf|infinity|∞)$`, "iu")
/** @typedef {"." | ","} Mark */
/** @type {Record<Mark, RegExp>} */
const NUMBER_MARKS = { ".": writtenNumber("\\.", ","), ",": writtenNumber(",", "\\.") }

/** @param {string} mark @param {string} other */
function writtenNumber(mark, other) {
  /** @param {number} n */
  const signed = (n) => {
    const gaps = `[1-9]\\d{0,2}(?<gap${n}>[\\u00a0\\u2007\\u2009\\u202f'’])\\d{3}(?:\\k<gap${n}>\\d{3})*(?:${mark}\\d*)?`
    const unsigned = `(?:[1-9]\\d{0,2}(?:${other}\\d{3})+(?:${mark}\\d*)?|${gaps}|\\d+(?:${mark}\\d*)?|${mark}\\d+)`
    return `${NUMBER_SIGN}[${NUMBER_SPACE}]?${unsigned}(?:[eE]${NUMBER_SIGN}\\d{1,4})?`
  }
  const slash = `[${NUMBER_SPACE}]*[/⁄][${NUMBER_SPACE}]*`
  return new RegExp(`^(?<over>${signed(1)})(?:${slash}(?<below>${signed(2)}))?$`, "u")
}

// { value }, or { fault }: a sentence for the person who typed it.
/** @param {string} text @returns {{ value: number, fault?: undefined } | { value?: undefined, fault: string }} */
export function readNumber(text, limit = 1e6) {
  const bare = text.replace(NUMBER_AROUND, "")
  const named = `“${shownPiece(bare)}”`
  if (!bare) return { fault: `Nothing is typed. ${NUMBER_EXAMPLES}` }
  if (NUMBER_NOT_FINITE.test(bare)) return { fault: `${named} is not finite; only finite numbers can be computed with.` }
  const found = numberReadings(bare)
  const marks = /** @type {Mark[]} */ (Object.keys(found))
  if (!marks.length) return { fault: `${named} is not a number. ${NUMBER_EXAMPLES}` }
  if (marks.length > 1 && !Object.is(found["."], found[","]) && bare.includes(".") && bare.includes(",")) {
    return { fault: `${named} can be read in two ways. Write it without marks between thousands.` }
  }
  const value = /** @type {number} */ (found[marks.includes(",") && bare.includes(",") ? "," : marks[0]])
  if (Number.isNaN(value)) return { fault: `${named} divides by 0.` }
  if (Math.abs(value) > limit) {
    const most = limit.toLocaleString("en", { maximumFractionDigits: 0 })
    return { fault: `${named} is too large; numbers go from −${most} to ${most}.` }
  }
  return { value }
}

// The numbers that a text can stand for, by the decimal mark that it is read with.
/** @param {string} bare */
export function numberReadings(bare) {
  /** @type {Partial<Record<Mark, number>>} */
  const found = {}
  for (const [mark, written] of /** @type {[Mark, RegExp][]} */ (Object.entries(NUMBER_MARKS))) {
    const { over, below } = written.exec(bare)?.groups ?? {}
    if (over === undefined) continue
    const divisor = below === undefined ? 1 : plainNumber(below, mark)
    found[mark] = divisor === 0 ? NaN : plainNumber(over, mark) / divisor
  }
  return found
}

/** @param {string} text @param {Mark} mark */
function plainNumber(text, mark) {
  const bare = text.replace(new RegExp(`[${NUMBER_SPACE}'’]`, "gu"), "")
  const other = mark === "." ? "," : "."
  const signed = [...bare.replaceAll(other, "").replaceAll(mark, ".")].map((each) => (NUMBER_MINUS.includes(each) ? "-" : each))
  return Number(signed.join(""))
}

// One short piece of a line, as `shown` in text.py makes it.
/** @param {string} text */
function shownPiece(text) {
  const all = [...text]
  const cut = all.length <= 30 ? all : [...all.slice(0, 29), "…"]
  return cut.map((each) => (each !== " " && /[\p{C}\p{Z}]/u.test(each) ? "·" : each)).join("")
}
