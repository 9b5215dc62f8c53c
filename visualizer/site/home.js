// The first page: its links, and its pictures dark where the theme is.

import { aim, follow } from "./links.js"

const DARK = 0.4

function isDark(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255]
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK
}

export default function ({ parentElement }) {
  const main = parentElement.querySelector("main")
  aim(main)
  main.onclick = follow
  main.classList.toggle("dark", isDark(getComputedStyle(main).backgroundColor))
}
