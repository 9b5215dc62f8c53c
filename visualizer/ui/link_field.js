// The page's address in a field, with a button that copies it.

const COPIED = 1500

export default function ({ parentElement }) {
  const field = parentElement.querySelector("input")
  const button = parentElement.querySelector("button")
  const show = () => (field.value = location.href)
  show()
  field.onfocus = () => field.select()
  button.onclick = async () => {
    // Without https, browsers have no clipboard to write to, but still copy what is selected.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value)
    else (field.select(), document.execCommand("copy"))
    button.textContent = "Copied"
    setTimeout(() => (button.textContent = "Copy"), COPIED)
  }
  addEventListener("address", show)
  return () => removeEventListener("address", show)
}
