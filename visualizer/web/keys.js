// Keys for the whole page, a presenter's clicker included; a field that is typed in keeps its own.

/** @type {Record<string, string>} */
const ACTIONS = {
  ArrowLeft: "back", ArrowRight: "next", PageUp: "back", PageDown: "next", Home: "first", End: "last", " ": "play",
}
const TYPED_IN = "input:not([type=range]), textarea, select, [contenteditable=true], [role=slider], [role=option], [role=grid], [role=dialog] *"
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=tab]"
const CHOICES = "[role=radio], input[type=radio]"

/** @param {HTMLElement} root @param {Record<string, () => unknown>} actions */
export function bindKeys(root, actions) {
  // Gives whether the key was one of these.
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const undo = event.key === "z" && (event.ctrlKey || event.metaKey)
    const action = undo ? "undo" : ACTIONS[event.key]
    if (!actions[action] || event.defaultPrevented || (!undo && (event.ctrlKey || event.metaKey)) || event.altKey) return false
    const target = event.composedPath()[0]
    if (target instanceof Element) {
      if (target.matches(TYPED_IN)) return false
      if (event.key === " " && target.matches(PRESSED_BY_SPACE)) return false
    }
    if (!root.isConnected) return false
    event.preventDefault()
    actions[action]()
    return true
  }
  // Where nothing has the focus, the key is for nobody else: to hand it round the page, React's many listeners and all,
  // would cost each step some of its time.
  /** @param {KeyboardEvent} event */
  const onPageKey = (event) => event.target === document.body && onKey(event) && event.stopPropagation()
  // A choice that was clicked with the mouse, say the view that brought the walk, leaves the keys to the walk.
  const release = () => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches(`:is(${CHOICES}):not(:focus-visible)`)) focused.blur()
  }
  release()
  addEventListener("keydown", onPageKey, true)
  document.addEventListener("keydown", onKey)
  document.addEventListener("click", release)
  return () => {
    removeEventListener("keydown", onPageKey, true)
    document.removeEventListener("keydown", onKey)
    document.removeEventListener("click", release)
  }
}
