// Gives a node the children that it is to have, and keeps those of its own that are like them: what is put in another's
// place is styled, laid out and painted anew.

const TAKEN_OVER = ["class", "data-ref", "data-step", "title"]

export function settle(host, wanted) {
  let own = host.firstChild
  for (const node of wanted) {
    const next = own && own.nextSibling
    if (!own) host.appendChild(node)
    else if (!own.isEqualNode(node) && !takeOver(own, node)) host.replaceChild(node, own)
    own = next
  }
  while (own) {
    const next = own.nextSibling
    host.removeChild(own)
    own = next
  }
}

// Whether a node could be made like another of its kind.
function takeOver(own, wanted) {
  if (own.nodeName !== wanted.nodeName) return false
  if (own.nodeType === Node.TEXT_NODE) {
    own.data = wanted.data
    return true
  }
  for (const name of TAKEN_OVER) {
    const value = wanted.getAttribute(name)
    if (own.getAttribute(name) === value) continue
    if (value === null) own.removeAttribute(name)
    else own.setAttribute(name, value)
  }
  settle(own, [...wanted.childNodes])
  return true
}
