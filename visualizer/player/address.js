// The page's address is the browser's to write: the step that is looked at, how many digits its numbers have, and what
// Python wants kept over a reload.

import { DIGIT_CHOICES } from "../web/numbers.js"

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
function digitsText(digits) {
  return digits === DIGIT_CHOICES[0] ? "" : String(digits)
}

const REST = 400

export class Address {
  constructor(player) {
    this.player = player
    addEventListener("pointerdown", this.write, true) // whatever is pressed next, its server reads the address as it is now
    window.navigation?.addEventListener("currententrychange", this.hear)
  }

  // Only a step that is looked at goes into the address; the server hears of none.
  rest() {
    clearTimeout(this.resting)
    if (!this.player.timer) this.resting = setTimeout(this.write, REST)
  }

  write = () => {
    clearTimeout(this.resting)
    const { data, at, stepped, digits, parked } = this.player
    if (!data?.address || parked) return
    const step = stepped || at !== data.start ? String(at) : ""
    writeInAddress({ ...data.kept, step, digits: digitsText(digits) })
  }

  // The server writes its settings into the address as it knew that before the last steps and changes.
  hear = ({ navigationType }) => {
    const { walk, path } = this.player
    if (navigationType !== "traverse" && walk && location.pathname === path) this.write()
  }

  end() {
    clearTimeout(this.resting)
    removeEventListener("pointerdown", this.write, true)
    window.navigation?.removeEventListener("currententrychange", this.hear)
  }
}

let writing = false

// What has no text is left out of the address. Who shows the address is told of it. Whoever writes because another just
// did is not heard: a player that goes and the one that comes would answer each other without end.
function writeInAddress(texts) {
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
