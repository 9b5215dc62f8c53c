// Numbers that were typed and that the server has not answered yet. Those typed while it is at work on others travel
// together with them, so that none overtakes and replaces another.

import { Delivery } from "../web/delivery.js"

const ANSWERED = 15000 // milliseconds; a change without an answer by then was refused

export class Changes {
  constructor(send) {
    this.values = new Map()
    this.delivery = new Delivery(() => this.values.size, () => send([...this.values].map(([ref, value]) => ({ ref, value }))))
  }

  add(ref, value) {
    this.values.set(ref, value)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.values.clear(), ANSWERED)
    this.delivery.begin()
  }

  // A new walk came: what it has is answered.
  hear(walk) {
    for (const [ref, value] of this.values) if (!walk.has(ref) || walk.value(ref) === value) this.values.delete(ref)
  }

  valueOf(ref, walk) {
    return this.values.get(ref) ?? walk.value(ref)
  }

  forget() {
    clearTimeout(this.timer)
    this.delivery.end()
    this.values.clear()
  }
}
