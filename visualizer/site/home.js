// The first page: its links, and its pictures dark where the theme is.

import { aim, follow } from "./links.js"
import { isDark } from "../web/dom.js"

export default function ({ parentElement }) {
  const main = parentElement.querySelector("main")
  aim(main)
  main.onclick = follow
  main.classList.toggle("dark", isDark(main))
}
