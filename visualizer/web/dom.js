// Nodes of HTML and SVG, the size of the page's type, and whether the page is dark.

const SVG = "http://www.w3.org/2000/svg"
const DARK = 0.4 // of a ground's luminance

export function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value))
  node.append(...children)
  return node
}

export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}

// Whether what lies under a node's words is dark: the theme as the viewer has it, and not as the page is told.
export function isDark(node) {
  const [red, green, blue] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255]
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK
}
