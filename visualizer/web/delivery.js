// What a component sends while Streamlit is about to begin a run is lost. So it is sent again, until it is answered, once
// the page is at rest. Python takes it in a way that makes no difference between once and twice.

const LOST = 1500 // milliseconds without an answer
const MOST_TRIES = 5

export class Delivery {
  constructor(isWaiting, send) {
    this.isWaiting = isWaiting
    this.send = send
  }

  begin() {
    this.tries = 0
    this.send()
    this.watch()
  }

  watch() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (!this.isWaiting() || this.tries >= MOST_TRIES) return
      if (isAtRest()) {
        this.tries += 1
        this.send()
      }
      this.watch()
    }, LOST)
  }

  end() {
    clearTimeout(this.timer)
  }
}

function isAtRest() {
  return document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-script-state") === "notRunning"
}
