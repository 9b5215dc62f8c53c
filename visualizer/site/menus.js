// The menus of pages in the bar: one is open at a time, and the page one is on is marked in it and on its button.

import { aim, follow } from "./links.js"
import { reachTables } from "./tables.js"
import { watchFields } from "../web/number_fields.js"

const GAP = 4

function place(button, menu) {
  const { left, bottom } = button.getBoundingClientRect()
  const most = document.documentElement.clientWidth - menu.offsetWidth - GAP
  menu.style.left = `${Math.max(GAP, Math.min(left, most))}px`
  menu.style.top = `${bottom + GAP}px`
}

function bind(nav) {
  for (const button of nav.querySelectorAll("button")) {
    const menu = button.nextElementSibling
    button.popoverTargetElement = menu
    menu.addEventListener("toggle", (event) => {
      const open = event.newState === "open"
      button.setAttribute("aria-expanded", open)
      if (open) place(button, menu)
    })
    menu.addEventListener("click", () => menu.hidePopover())
  }
  nav.addEventListener("click", follow)
  nav.addEventListener("keydown", walk)
}

// Up and down go through the menu that is open; the keys of a walk below do not hear of it.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const menu = event.target.closest(".menu") ?? event.target.nextElementSibling
  if (!step || !menu?.matches(":popover-open")) return
  event.preventDefault()
  event.stopPropagation()
  const links = [...menu.querySelectorAll("a")]
  links[(links.indexOf(event.target) + step + links.length) % links.length].focus()
}

function mark(nav, page) {
  for (const link of nav.querySelectorAll("a")) link.toggleAttribute("aria-current", link.dataset.page === page)
  for (const link of nav.querySelectorAll("[aria-current]")) link.setAttribute("aria-current", "page")
  for (const button of nav.querySelectorAll("button")) {
    const here = button.nextElementSibling.querySelector("[aria-current]")
    button.classList.toggle("here", Boolean(here))
    button.querySelector(".page").textContent = here?.querySelector("strong").textContent ?? ""
  }
}

// What stands below the bar knows how high it is.
const HEIGHT = new ResizeObserver(([{ target }]) => {
  document.documentElement.style.setProperty("--frame-header", `${target.getBoundingClientRect().height}px`)
})

const BOUND = new WeakSet()

reachTables()

export default function ({ data, parentElement }) {
  const nav = parentElement.querySelector("nav")
  if (!BOUND.has(nav)) {
    BOUND.add(nav)
    aim(nav)
    bind(nav)
    watchFields()
    const bar = document.querySelector(".st-key-bar")
    if (bar) HEIGHT.observe(bar)
  }
  const ground = getComputedStyle(parentElement.host ?? parentElement).getPropertyValue("--st-background-color")
  document.documentElement.style.setProperty("--frame-ground", ground)
  mark(nav, data.page)
}
