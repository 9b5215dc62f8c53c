// How a page gets its player: as a component of Streamlit, or alone in an exported walk.

import { Player } from "./player.js"

const PLAYERS = new WeakMap()
const rootStyle = document.documentElement.style
const WALK_PAGE = ".st-key-walk-page"
const BELOW_MESSAGE = 8
const MOVES_WITHIN = 2000 // milliseconds
let parked = null

export function playerIn(host, font, key) {
  let player = PLAYERS.get(host)
  if (!player) {
    player = moved(host, key) ?? made(host, font)
    PLAYERS.set(host, player)
    takeRoom(player, host.host ?? host)
  }
  return player
}

function made(host, font) {
  const face = new FontFace("Unrolled Math", `url(${font})`)
  document.fonts.add(face)
  return new Player(host)
}

// On a busy server Streamlit takes the player away and puts it back while somebody types: it is the same player then, and
// what is typed stays in its field.
function park(player, key) {
  end(parked)
  player.park()
  parked = { player, key, timer: setTimeout(() => (end(parked), (parked = null)), MOVES_WITHIN) }
}

function moved(host, key) {
  const found = parked
  if (!found || found.key !== key || found.player.path !== location.pathname) return null
  clearTimeout(found.timer)
  parked = null
  found.player.moveTo(host)
  return found.player
}

function end(found) {
  clearTimeout(found?.timer)
  found?.player.destroy()
}

// Where the page hands its height on, the player takes it in pixels: the page's nested boxes each ask for the height of
// what they hold, and would lay the figure out once a box, at every step.
function takeRoom(player, box) {
  if (getComputedStyle(box).getPropertyValue("--player-height").trim() !== "auto") return
  player.root.classList.add("roomy")
  const { foot, said } = roomForWords(player, box)
  player.room = new ResizeObserver(([{ contentRect }]) => {
    player.root.style.setProperty("--room", `${contentRect.height}px`)
    said()
  })
  player.room.observe(box)
  player.foot = new ResizeObserver(foot)
  for (const part of [player.strip.root, player.transportHost]) player.foot.observe(part)
  player.said = new MutationObserver(said)
  player.said.observe(box.closest(WALK_PAGE), { childList: true, subtree: true, characterData: true })
}

// The page's messages stand between the board's words and the iterations: each side gets the other's height.
function roomForWords(player, box) {
  const messages = () => [...box.closest(WALK_PAGE).querySelectorAll(":scope > [data-testid=stLayoutWrapper]")]
  const total = (parts) => parts.reduce((height, part) => height + part.getBoundingClientRect().height, 0)
  return {
    foot: () => rootStyle.setProperty("--foot", `${total([player.strip.root, player.transportHost]) + BELOW_MESSAGE}px`),
    said: () => rootStyle.setProperty("--said", `${total(messages()) + messages().length * BELOW_MESSAGE}px`),
  }
}

// Streamlit calls this at every change of data or theme.
export default function ({ data, parentElement, setTriggerValue }) {
  const player = playerIn(parentElement, new URL(data.font, document.baseURI), data.key)
  player.server = {
    edit: (changes) => setTriggerValue("edit", changes),
    iterate: (action) => setTriggerValue("iterate", action),
  }
  player.receive(data)
  return () => {
    player.room?.disconnect()
    player.foot?.disconnect()
    player.said?.disconnect()
    for (const height of ["--foot", "--said"]) rootStyle.removeProperty(height)
    park(player, data.key)
    PLAYERS.delete(parentElement)
  }
}

// An exported walk calls this once: no server behind it.
export function playAlone(host, data) {
  playerIn(host, data.font).receive(data)
}
