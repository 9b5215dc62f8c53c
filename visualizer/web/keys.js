// Keys for the whole page, a presenter's clicker included; a field that is typed in keeps its own.

const ACTIONS = {
  ArrowLeft: "back", ArrowRight: "next", PageUp: "back", PageDown: "next", Home: "first", End: "last", " ": "play",
}
const TYPED_IN = "input:not([type=range]), textarea, select, [contenteditable=true], [role=slider], [role=option], [role=grid], [role=dialog] *"
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=tab]"
const CHOICES = "[role=radio], input[type=radio]"

export function bindKeys(root, actions) {
  const onKey = (event) => {
    const undo = event.key === "z" && (event.ctrlKey || event.metaKey)
    const action = undo ? "undo" : ACTIONS[event.key]
    if (!actions[action] || event.defaultPrevented || (!undo && (event.ctrlKey || event.metaKey)) || event.altKey) return
    const target = event.composedPath()[0]
    if (target instanceof Element) {
      if (target.matches(TYPED_IN)) return
      if (event.key === " " && target.matches(PRESSED_BY_SPACE)) return
    }
    if (!root.isConnected) return
    event.preventDefault()
    actions[action]()
  }
  // A choice that was clicked with the mouse, say the view that brought the walk, leaves the keys to the walk.
  const release = () => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches(`:is(${CHOICES}):not(:focus-visible)`)) focused.blur()
  }
  release()
  document.addEventListener("keydown", onKey)
  document.addEventListener("click", release)
  return () => (document.removeEventListener("keydown", onKey), document.removeEventListener("click", release))
}
