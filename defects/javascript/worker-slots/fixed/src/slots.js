/**
 * Runs asynchronous tasks, at most `size` of them at a time, in the order in which they came.
 */
export class Slots {
  #size;
  #running = 0;
  #waiting = [];

  constructor(size) {
    this.#size = size;
  }

  /** How many tasks run, and how many wait. */
  get load() {
    return { running: this.#running, waiting: this.#waiting.length };
  }

  /** Run `task` when a slot is free; a promise of what it returns or throws. */
  run(task) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#startNext();
    });
  }

  #startNext() {
    if (this.#running >= this.#size || this.#waiting.length === 0) return;
    const { task, resolve, reject } = this.#waiting.shift();
    this.#running += 1;
    this.#perform(task).then(resolve, reject);
  }

  async #perform(task) {
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }
}
