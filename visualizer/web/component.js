// What Streamlit's components have in common: one thing in each place on the page, made when it first gets data.

// Streamlit calls the function that this gives at every change of data or theme, and what that gives once the place goes.
// `make` builds the thing in its host, `serverOf` what the thing may tell the server: triggers and state by their names.
/**
 * @template Data
 * @typedef {object} Streamlit
 * @property {Data} data
 * @property {HTMLElement | ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setTriggerValue
 * @property {(name: string, value: unknown) => void} setStateValue
 */

/**
 * @template Data, Server
 * @typedef {{ server: Server | null, receive(data: Data): unknown, destroy(): void }} Thing
 */

/**
 * @template Data, Server
 * @template {Thing<Data, Server>} Kind
 * @param {(host: HTMLElement | ShadowRoot) => Kind} make
 * @param {(streamlit: Pick<Streamlit<Data>, "setTriggerValue" | "setStateValue">, thing: Kind) => Server} serverOf
 * @returns {(streamlit: Streamlit<Data>) => () => void}
 */
export function component(make, serverOf) {
  /** @type {WeakMap<Node, Kind>} */
  const things = new WeakMap()
  return ({ data, parentElement, ...streamlit }) => {
    const thing = things.get(parentElement) ?? make(parentElement)
    things.set(parentElement, thing)
    thing.server = serverOf(streamlit, thing)
    thing.receive(data)
    return () => {
      thing.destroy()
      things.delete(parentElement)
    }
  }
}
