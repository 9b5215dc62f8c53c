// Below the figure: which of a scene's frames is shown (example, filter, time step), which pane, folded or unrolled.

import { element } from "../web/dom.js"

export class FrameBar {
  constructor(host, actions) {
    this.actions = actions
    this.root = element("div", "frames")
    host.append(this.root)
  }

  paint({ frames, frame_name: name, panes, pane_names: names, folds_to: folds }, frame, pane, folded) {
    this.root.hidden = frames < 2 && panes.length < 2
    const step = (label, says, to) => this.button(label, says, () => this.actions.frame(to))
    const parts = frames < 2 ? [] : [
      step("◀", `${name} before`, (frame + frames - 1) % frames), `${name} ${frame + 1} of ${frames}`, step("▶", `next ${name}`, (frame + 1) % frames),
    ]
    for (const [i, each] of panes.entries()) {
      const button = this.button(names[i], "", () => this.actions.pane(each))
      button.setAttribute("aria-pressed", String(each === pane))
      parts.push(button)
    }
    if (folds) {
      const button = this.button(folded ? "Unroll" : "Fold", folded ? "Time unrolled: a column for each step" : "One cell with its loop", () => this.actions.fold())
      button.dataset.testid = "player-fold"
      parts.push(button)
    }
    this.root.replaceChildren(...parts)
  }

  button(label, title, onclick) {
    return Object.assign(element("button", "plain", label), { type: "button", title, onclick })
  }
}
