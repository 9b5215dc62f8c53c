// Nodes of HTML and SVG, the size of the page's type, and whether the page is dark.

const SVG = "http://www.w3.org/2000/svg"
const DARK = 0.4 // of a ground's luminance

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} [className] @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[T]} */
export function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

/** @template {keyof SVGElementTagNameMap} T @param {T} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} children @returns {SVGElementTagNameMap[T]} */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value))
  node.append(...children)
  return node
}

export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

// What has the focus in the page, or in the component, that a node stands in.
/** @param {Element} node @returns {HTMLElement | null} */
export function focusedBeside(node) {
  const root = /** @type {Document | ShadowRoot} */ (node.getRootNode())
  return /** @type {HTMLElement | null} */ (root.activeElement)
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}

// Whether what lies under a node's words is dark: the theme as the viewer has it, and not as the page is told.
/** @param {Element} node */
export function isDark(node) {
  const [red, green, blue] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255]
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK
}
