// What Streamlit's components have in common: one thing in each place on the page, made when it first gets data.

// Streamlit calls the function that this gives at every change of data or theme, and what that gives once the place goes.
// `make` builds the thing in its host, `serverOf` what the thing may tell the server: triggers and state by their names.
export function component(make, serverOf) {
  const things = new WeakMap()
  return ({ data, parentElement, ...streamlit }) => {
    if (!things.has(parentElement)) things.set(parentElement, make(parentElement))
    const thing = things.get(parentElement)
    thing.server = serverOf(streamlit, thing)
    thing.receive(data)
    return () => {
      thing.destroy()
      things.delete(parentElement)
    }
  }
}
