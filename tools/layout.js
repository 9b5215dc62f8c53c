() => {
  // What overlaps, is cut off or leaves the window, as sentences; run in a page that is drawn.
  // A control is what one clicks or types in, a text is a line of words, a graphic is an image, a canvas or a drawing.

  const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=slider], [role=radio], [role=tab], [role=switch], [role=combobox]"
  const GRAPHICS = "img, canvas, svg:not(#js-plotly-tester)"
  const SMALLEST_GRAPHIC = 40 // smaller ones are icons
  const TOLERANCE = 1.5
  const ROUND = 0.62 // of a line's height, its letters

  const parentOf = (node) => node.assignedSlot ?? node.parentNode ?? null
  const up = (node) => (node instanceof ShadowRoot ? node.host : parentOf(node))
  function* above(node) {
    for (let at = up(node); at && at !== document; at = up(at)) if (at instanceof Element) yield at
  }
  const closest = (node, test) => {
    for (const at of [node, ...above(node)]) if (at instanceof Element && test(at)) return at
    return null
  }
  const isFormula = (node) => node.localName === "math" || node.matches?.(".katex .base")
  const holds = (outer, inner) => {
    for (let at = inner; at; at = up(at)) if (at === outer) return true
    return false
  }
  const styles = new Map()
  const styleOf = (element) => styles.get(element) ?? (styles.set(element, getComputedStyle(element)), styles.get(element))

  // The part of a box that the boxes around it leave to be seen; what they cut off for good; null where nothing is left.
  function seen(element, box) {
    let { left, top, right, bottom } = box
    let cut = null
    let fixed = styleOf(element).position === "fixed"
    for (const at of above(element)) {
      if (fixed || at.dataset.testid === "stMain" || at === document.body) break // the page itself scrolls
      const style = styleOf(at)
      fixed = style.position === "fixed"
      for (const [overflow, side] of [[style.overflowX, "x"], [style.overflowY, "y"]]) {
        if (overflow === "visible") continue
        const frame = at.getBoundingClientRect()
        if (at.localName === "svg" && at.getAttribute("overflow") === "visible") continue
        const [least, most] = side === "x" ? [frame.left, frame.right] : [frame.top, frame.bottom]
        const [from, to] = side === "x" ? [left, right] : [top, bottom]
        if ((overflow === "hidden" || overflow === "clip") && cut === null && to > least && from < most) {
          const lost = Math.max(least - from, to - most)
          if (lost > Math.max(TOLERANCE, (side === "y" ? 0.3 : 0) * (box.bottom - box.top))) cut = at
        }
        if (side === "x") [left, right] = [Math.max(left, least), Math.min(right, most)]
        else [top, bottom] = [Math.max(top, least), Math.min(bottom, most)]
      }
      if (right - left < 1 || bottom - top < 1) return null
    }
    return { left, top, right, bottom, cut }
  }
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !closest(element, (at) => {
      const style = styleOf(at)
      return style.clip === "rect(0px, 0px, 0px, 0px)" || style.clipPath.startsWith("inset(50%") || (style.position === "absolute" && at.offsetWidth <= 1 && at.offsetHeight <= 1)
    })

  const short = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40)
  const nameOf = (element) =>
    short(element.getAttribute?.("aria-label") || element.innerText || element.textContent || element.getAttribute?.("alt") || "") ||
    `${element.localName}.${(element.getAttribute?.("class") ?? "").split(" ")[0]}`
  const ownerOf = (element) => closest(element, (at) => at.dataset?.testid === "stElementContainer" || at.dataset?.testid === "stHeader") ?? document.body

  const things = []
  function add(kind, element, box, name) {
    if (box.width < 1 || box.height < 1) return
    const part = seen(element, box)
    if (part) things.push({ kind, element, name, ...part })
  }
  function addText(node) {
    const element = node.parentElement ?? node.parentNode?.host
    if (!element || !short(node.data) || /^(style|script|title|desc|option|noscript|annotation)$/.test(element.localName) || !isShown(element)) return
    if (closest(element, isFormula) || element.closest("sub, sup")) return
    if (element.closest("svg")) {
      const text = element.closest("text") ?? element
      if (element !== text && text.contains(element) && [...text.querySelectorAll("*")].some((child) => child.textContent.trim())) {
        if (text.dataset.measured) return
      }
      return addLine(text, text.getBoundingClientRect(), short(text.textContent))
    }
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) addLine(element, rect, short(node.data))
  }
  const measured = new Set()
  function addLine(element, rect, name) {
    let line = rect.width > rect.height * 0.8 ? rect.height : 0
    if (element.localName === "text") {
      if (measured.has(element)) return
      measured.add(element)
      // An index above and one below: their own lines are what stands at the ends.
      if (element.childElementCount > 1) line = Math.min(...[...element.children].map((each) => each.getBoundingClientRect().height))
    }
    const shrink = ((1 - ROUND) / 2) * line
    add("text", element, { left: rect.left + 0.5, right: rect.right - 0.5, top: rect.top + shrink, bottom: rect.bottom - shrink, width: rect.width, height: rect.height }, name)
  }
  function walk(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) {
        addText(node)
        continue
      }
      if (node.shadowRoot) walk(node.shadowRoot)
      if (isFormula(node) && isShown(node)) addLine(node, node.getBoundingClientRect(), short(node.textContent))
      const inDrawing = node instanceof SVGElement && node.localName !== "svg"
      if (inDrawing || !isShown(node)) continue
      if (node.matches(CONTROLS)) for (const rect of node.getClientRects()) add("control", node, rect, nameOf(node))
      if (node.matches(GRAPHICS) && !node.parentElement?.closest("svg")) {
        const box = node.getBoundingClientRect()
        if (Math.min(box.width, box.height) >= SMALLEST_GRAPHIC) add("graphic", node, box, nameOf(node))
      }
    }
  }
  walk(document.body)

  const faults = new Set()
  const width = document.documentElement.clientWidth
  for (const page of [document.documentElement, document.querySelector("[data-testid=stMain]")]) {
    if (page && page.scrollWidth > width + 1) faults.add(`the page is ${page.scrollWidth} px wide`)
  }
  for (const { kind, element, name, left, right, cut } of things) {
    if (left < -TOLERANCE || right > width + TOLERANCE) faults.add(`${kind} “${name}” leaves the window`)
    // A number field of Streamlit's takes its buttons away, a moment after it got too narrow for them.
    if (cut && kind !== "graphic" && cut.dataset?.testid !== "stNumberInputContainer") faults.add(`${kind} “${name}” is cut off by ${cut.localName}.${cut.getAttribute("data-testid") ?? (cut.getAttribute("class") ?? "").split(" ")[0]}`)
    if (kind === "text" && element instanceof HTMLElement) {
      const box = closest(element, (at) => styleOf(at).textOverflow === "ellipsis" && styleOf(at).overflowX !== "visible")
      if (box && box.scrollWidth > box.clientWidth + 1) faults.add(`text “${name}” ends in …`)
    }
  }
  // A range's rail is what its ends and chapters are laid on.
  const isRail = (each) => each.element.matches("input[type=range]")
  // A bar that stays at the edge of the window, or of what scrolls, lies on what is scrolled below it; in the middle it would lie on what is read.
  const barOf = (each) => closest(each.element, (at) => ["fixed", "sticky"].includes(styleOf(at).position) && atEdge(at))
  const atEdge = (element) => {
    const { top, bottom } = element.getBoundingClientRect()
    const frame = closest(element.parentNode, (at) => /auto|scroll/.test(styleOf(at).overflowY))?.getBoundingClientRect()
    return top <= 1 || bottom >= innerHeight - 1 || (frame && (top <= frame.top + 1 || bottom >= frame.bottom - 1))
  }
  const apart = (one, other) => {
    if (barOf(one) !== barOf(other)) return true
    const layer = (each) => closest(each.element, (at) => at.dataset?.layered !== undefined)
    if (layer(one) && layer(one) === layer(other)) return true
    if (isRail(one) || isRail(other)) return ownerOf(one.element) === ownerOf(other.element)
    if (holds(one.element, other.element) || holds(other.element, one.element)) return true
    const kinds = new Set([one.kind, other.kind])
    const owners = ownerOf(one.element) === ownerOf(other.element)
    if (kinds.has("graphic")) return owners // a component lays its own drawings under its own words
    if (kinds.size === 2 || one.kind === "control") {
      // A widget of Streamlit's lays its field over its own words.
      const widget = (each) => closest(each.element, (at) => at.matches("[data-testid=stElementContainer] label, [data-baseweb], [data-testid=stNumberInputContainer], [data-testid=stFileUploaderDropzone], [data-testid=stDataFrame]"))
      const mine = widget(one)
      return Boolean(mine && (mine === widget(other) || holds(mine, other.element) || holds(widget(other) ?? document.createElement("i"), one.element)))
    }
    return false
  }
  things.sort((one, other) => one.left - other.left)
  things.forEach((one, i) => {
    for (let j = i + 1; j < things.length && things[j].left < one.right - TOLERANCE; j++) {
      const other = things[j]
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
      if (across <= TOLERANCE || down <= TOLERANCE || apart(one, other)) continue
      faults.add(`${one.kind} “${one.name}” and ${other.kind} “${other.name}” overlap by ${Math.round(across)} × ${Math.round(down)} px`)
    }
  })
  return [...faults]
}
