// Streamlit's fields for one number, all over the page. By themselves they drop what a browser doesn't take for a part
// of a number: 0,5 becomes 5 and 1/3 becomes 13. Here they are fields of text: what is typed or pasted is read when it
// is to count, and Streamlit is handed the plain number. Where it can't be read, it is said and the number before stays.

import { numberReadings, readNumber } from "./read_number.js"

const NUMBER_FIELD = "[data-testid=stNumberInputField]"
const WHOLE_STEP = "1" // what the buttons of a field of whole numbers add, and those of no other
const FIELD_GAP = 4
/** @type {WeakMap<HTMLInputElement, { text: string, typed: boolean }>} */
const BEFORE = new WeakMap()
/** @type {HTMLElement | undefined} */
let faultBox

export function watchFields() {
  if (faultBox) return
  faultBox = Object.assign(document.createElement("div"), { className: "number-fault", popover: "manual" })
  faultBox.setAttribute("role", "alert")
  document.body.append(faultBox)
  /** @param {string} event @param {(field: HTMLInputElement, event: any) => unknown} answer */
  const watch = (event, answer) => {
    const listen = (/** @type {any} */ each) => each.target.matches?.(NUMBER_FIELD) && answer(each.target, each)
    document.addEventListener(event, listen, true)
  }
  watch("pointerdown", openField)
  watch("focusin", arriveAtField)
  watch("beforeinput", keepBefore)
  watch("keydown", pressInField)
  watch("focusout", leaveField)
  for (const event of ["pointerdown", "input"]) document.addEventListener(event, () => sayFault(null, ""), true)
}

// React goes on writing its own type at every change; this field keeps the one it got here.
/** @param {HTMLInputElement} field */
function openField(field) {
  if (Object.hasOwn(field, "type")) return false
  Object.assign(field, { type: "text", autocomplete: "off", inputMode: Number(field.min || -1) < 0 ? "text" : "decimal" })
  field.setAttribute("role", "spinbutton")
  Object.defineProperty(field, "type", { get: () => "text", set: () => {} })
  return true
}

// Who comes by the keys finds the whole number selected, so that what is typed takes its place.
/** @param {HTMLInputElement} field */
function arriveAtField(field) {
  if (openField(field)) field.select()
  BEFORE.set(field, { text: field.value, typed: false })
}

// The buttons and keys that step may have changed the number since.
/** @param {HTMLInputElement} field */
function keepBefore(field) {
  if (!BEFORE.get(field)?.typed) BEFORE.set(field, { text: field.value, typed: true })
}

/** @param {HTMLInputElement} field @param {KeyboardEvent} event */
function pressInField(field, event) {
  if (!["Enter", "ArrowUp", "ArrowDown"].includes(event.key) || event.isComposing) return
  const fault = settleField(field)
  if (!fault) return
  event.preventDefault()
  event.stopImmediatePropagation()
  sayFault(field, `${fault} ${before(field)} stays.`)
}

/** @param {HTMLInputElement} field */
function leaveField(field) {
  const fault = settleField(field)
  if (!fault) return
  const { text } = keptOf(field)
  handOver(field, text)
  BEFORE.set(field, { text, typed: false })
  sayFault(field, `${fault} ${before(field)} stays.`)
}

/** @param {HTMLInputElement} field */
function keptOf(field) {
  return BEFORE.get(field) ?? { text: "", typed: false }
}

/** @param {HTMLInputElement} field */
function before(field) {
  return keptOf(field).text.replace("-", "−") || field.placeholder
}

// Streamlit gets the number that was typed; what can't be read comes back as a fault and stays in the field.
/** @param {HTMLInputElement} field */
function settleField(field) {
  if (!BEFORE.has(field) || field.value === keptOf(field).text) return ""
  const { text, fault } = readField(field)
  if (text === undefined) return fault
  handOver(field, text)
  BEFORE.set(field, { text, typed: false })
  return ""
}

/** @param {HTMLInputElement} field @returns {{ text: string, fault?: undefined } | { text?: undefined, fault: string }} */
function readField(field) {
  if (!field.value.trim() && field.placeholder) return { text: "" } // it says there what an empty field stands for
  const { value, fault } = readNumber(field.value, Number.MAX_VALUE)
  if (value === undefined) return { fault }
  const [least, most] = [Number(field.min || -Infinity), Number(field.max || Infinity)]
  const named = `“${field.value.trim()}”`
  if (field.step === WHOLE_STEP) {
    const found = Object.values(numberReadings(field.value.trim()))
    if (found.some((each) => each !== value)) return { fault: `${named} can be read in two ways. Write it without marks.` }
    if (!Number.isInteger(value)) return { fault: `${named} is not a whole number.` }
  }
  if (value >= least && value <= most) return { text: String(value) }
  return { fault: `${named} is too ${value < least ? "small" : "large"}; numbers go from ${limitText(least)} to ${limitText(most)}.` }
}

/** @param {number} limit */
function limitText(limit) {
  return limit.toLocaleString("en", { maximumFractionDigits: 12 }).replace("-", "−")
}

// As if it had been typed: React hears of a text only through the browser's own setter.
/** @param {HTMLInputElement} field @param {string} text */
function handOver(field, text) {
  if (field.value === text) return
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

// Over the page, below the field: nothing moves, and what lies under it can be clicked.
/** @param {HTMLInputElement | null} field @param {string} text */
function sayFault(field, text) {
  if (!faultBox || (!text && !faultBox.textContent)) return
  faultBox.textContent = text
  faultBox.togglePopover(Boolean(text))
  if (!text || !field) return
  const { left, top, bottom } = (field.closest("[data-testid=stNumberInputContainer]") ?? field).getBoundingClientRect()
  const room = document.documentElement
  const below = bottom + FIELD_GAP + faultBox.offsetHeight <= room.clientHeight
  faultBox.style.top = `${below ? bottom + FIELD_GAP : top - FIELD_GAP - faultBox.offsetHeight}px`
  faultBox.style.left = `${Math.max(FIELD_GAP, Math.min(left, room.clientWidth - faultBox.offsetWidth - FIELD_GAP))}px`
}
