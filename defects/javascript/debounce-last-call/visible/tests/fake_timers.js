/** Timers that run when they are told to. */
export class FakeTimers {
  #now = 0;
  #last = 0;
  #waiting = new Map();

  setTimeout = (action, wait) => {
    this.#last += 1;
    this.#waiting.set(this.#last, { action, due: this.#now + wait });
    return this.#last;
  };

  clearTimeout = (timer) => {
    this.#waiting.delete(timer);
  };

  get waiting() {
    return this.#waiting.size;
  }

  advance(milliseconds) {
    this.#now += milliseconds;
    for (const [timer, { action, due }] of [...this.#waiting]) {
      if (due <= this.#now && this.#waiting.delete(timer)) action();
    }
  }
}
