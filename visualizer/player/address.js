// What the page's address says of the walk: the step, and how many digits its numbers have.

import { DIGIT_CHOICES } from "./numbers.js"

function parameter(name) {
  return new URLSearchParams(location.search).get(name)
}

export function stepOfAddress() {
  const text = parameter("step")
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null
}

export function digitsOfAddress() {
  const text = parameter("digits")
  return DIGIT_CHOICES.find((digits) => String(digits) === text) ?? DIGIT_CHOICES[0]
}

// "" where as many as usual are shown.
export function digitsText(digits) {
  return digits === DIGIT_CHOICES[0] ? "" : String(digits)
}

let writing = false

// What has no text is left out of the address. Who shows the address is told of it. Whoever writes because another just
// did is not heard: a player that goes and the one that comes would answer each other without end.
export function writeInAddress(texts) {
  if (writing) return
  const url = new URL(location.href)
  for (const [name, text] of Object.entries(texts)) {
    if (text) url.searchParams.set(name, text)
    else url.searchParams.delete(name)
  }
  if (url.href === location.href) return
  writing = true
  try {
    history.replaceState(history.state, "", url)
    dispatchEvent(new Event("address"))
  } finally {
    writing = false
  }
}
