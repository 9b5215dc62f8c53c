// Links to the app's own pages, which open without loading the app anew.

const { __streamlit: streamlit } = /** @type {any} */ (window)
const BASE = (streamlit?.BACKEND_BASE_URL ?? location.origin).replace(/\/*$/, "/")

// Links carry their page and its settings in `data-page`: behind a proxy the app is not at the root of its host.
export function aim(root) {
  for (const link of root.querySelectorAll("a[data-page]")) link.href = BASE + link.dataset.page
}

// Streamlit opens a page by its address when the browser goes back or forward; a link does the same by itself. With
// a modifier key, or another button than the first, it is the browser's to open.
export function follow(event) {
  const link = event.target.closest("a[data-page]")
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  history.pushState({}, "", link.href)
  dispatchEvent(new PopStateEvent("popstate", { state: {} }))
}
