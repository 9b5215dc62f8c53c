// HTML nodes, and the size of the page's type.

export function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}
