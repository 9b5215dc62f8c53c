// Tables that are wider than their room scroll; the keyboard has to reach them, too.

const TABLES = "[data-testid=stMarkdownContainer] table"
const seen = new WeakSet()

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    for (const scroller of [target, target.parentElement]) {
      if (scroller && scroller.scrollWidth > scroller.clientWidth) scroller.setAttribute("tabindex", "0")
      else scroller?.removeAttribute("tabindex")
    }
  }
})

function look() {
  for (const table of document.querySelectorAll(TABLES)) {
    if (seen.has(table)) continue
    seen.add(table)
    sizes.observe(table)
  }
}

let waiting = 0

// Tables come with each run of a page; many changes at once are one look.
export function reachTables() {
  new MutationObserver(() => (waiting ||= window.setTimeout(() => ((waiting = 0), look()), 100))).observe(document.body, { childList: true, subtree: true })
  look()
}
