// How a page gets its player: as a component of Streamlit, or alone in an exported walk.

import { Player } from "./player.js"

const PLAYERS = new WeakMap()
const rootStyle = document.documentElement.style

function playerIn(host, font) {
  let player = PLAYERS.get(host)
  if (!player) {
    const face = new FontFace("Unrolled Math", `url(${font})`)
    document.fonts.add(face)
    player = new Player(host)
    PLAYERS.set(host, player)
    takeRoom(player, host.host ?? host)
  }
  return player
}

// Where the page hands its height on, the player takes it in pixels: the page's nested boxes each ask for the height of
// what they hold, and would lay the figure out once a box, at every step. The page's messages stand above the iterations,
// whose height it gets.
function takeRoom(player, box) {
  if (getComputedStyle(box).getPropertyValue("--player-height").trim() !== "auto") return
  player.root.classList.add("roomy")
  player.room = new ResizeObserver(([{ contentRect }]) => player.root.style.setProperty("--room", `${contentRect.height}px`))
  player.room.observe(box)
  const { root: iterations } = player.strip
  player.foot = new ResizeObserver(() => rootStyle.setProperty("--iterations-height", `${iterations.offsetHeight}px`))
  player.foot.observe(iterations)
}

// Streamlit calls this at every change of data or theme.
export default function ({ data, parentElement, setTriggerValue }) {
  const player = playerIn(parentElement, new URL(data.font, document.baseURI))
  player.server = {
    edit: (changes) => setTriggerValue("edit", changes),
    iterate: (action) => setTriggerValue("iterate", action),
  }
  player.receive(data)
  return () => {
    player.room?.disconnect()
    player.foot?.disconnect()
    rootStyle.removeProperty("--iterations-height")
    player.destroy()
    PLAYERS.delete(parentElement)
  }
}

// An exported walk calls this once: no server behind it.
export function playAlone(host, data) {
  playerIn(host, data.font).receive(data)
}
