// Formulas and words are first described, in boxes that cost nothing, and then shown: of the nodes that are there, only
// what the new description has otherwise is touched, as all that changes is styled, laid out and painted anew.

// What a node is to be: boxes in boxes, as TeX has them, and texts.
export class Box {
  constructor(tag, className, children) {
    this.tag = tag
    this.className = className
    this.children = children.filter((child) => child !== "")
    this.ref = ""
    this.step = ""
    this.title = ""
  }

  get textContent() {
    return this.children.reduce((text, child) => text + (typeof child === "string" ? child : child.textContent), "")
  }

  // Whether its text begins with a sign; without putting the whole of it together.
  beginsWith(sign) {
    const first = this.children.find((child) => typeof child === "string" || child.textContent)
    return typeof first === "string" ? first.startsWith(sign) : Boolean(first?.beginsWith(sign))
  }

  isA(name) {
    return this.className.split(" ").includes(name)
  }

  // Whether it or a box in it is of that class.
  holds(name) {
    return this.isA(name) || this.children.some((child) => typeof child !== "string" && child.holds(name))
  }

  become(name) {
    this.className = this.className ? `${this.className} ${name}` : name
  }
}

export function box(tag, className, ...children) {
  return new Box(tag, className, children)
}

const ATTRIBUTES = Object.entries({ class: "className", "data-ref": "ref", "data-step": "step", title: "title" })
const NEW = { className: "", ref: "", step: "", title: "" }
const SHOWN = new WeakMap() // what was last shown in a host

export function settle(host, wanted) {
  if (SHOWN.get(host)?.nodes.some((node) => node.parentNode !== host)) forget(host) // a translator was here
  const after = { children: wanted.filter((child) => child !== "") }
  patch(host, SHOWN.get(host) ?? { children: [], nodes: [] }, after)
  SHOWN.set(host, after)
}

// What is shown next is made anew, of boxes that were shown before, too.
export function forget(host) {
  SHOWN.delete(host)
  host.replaceChildren()
}

function patch(host, before, after) {
  after.nodes = after.children.map((child, i) => {
    const own = before.nodes[i]
    if (own && takesOver(own, before.children[i], child)) return own
    const node = built(child)
    if (own) host.replaceChild(node, own)
    else host.appendChild(node)
    return node
  })
  for (const node of before.nodes.slice(after.nodes.length)) host.removeChild(node)
}

// Whether a node that showed one box could be made to show another.
function takesOver(node, old, child) {
  if (typeof child === "string" || typeof old === "string") {
    if (typeof child !== typeof old) return false
    if (child !== old) node.data = child
    return true
  }
  if (old.tag !== child.tag) return false
  write(node, old, child)
  patch(node, old, child)
  return true
}

function built(child) {
  if (typeof child === "string") return document.createTextNode(child)
  const node = document.createElement(child.tag)
  write(node, NEW, child)
  child.nodes = child.children.map(built)
  node.append(...child.nodes)
  return node
}

function write(node, old, wanted) {
  const another = old.ref !== wanted.ref // whatever the pointer lit goes
  for (const [attribute, name] of ATTRIBUTES) {
    const value = wanted[name]
    if (old[name] === value && !(another && name === "className")) continue
    if (value) node.setAttribute(attribute, value)
    else node.removeAttribute(attribute)
  }
}
