/** Something that happens, and those who want to know. */
export class Signal {
  #listeners = [];

  /** Call `listener` each time; the result removes it again. */
  connect(listener) {
    const entry = { listener };
    this.#listeners.push(entry);
    return () => {
      const index = this.#listeners.indexOf(entry);
      if (index >= 0) this.#listeners.splice(index, 1);
    };
  }

  /** Call `listener` for the next time only. */
  once(listener) {
    const disconnect = this.connect((...args) => {
      disconnect();
      listener(...args);
    });
    return disconnect;
  }

  /**
   * Call every listener that is connected now, in order. One that throws does not keep the others
   * from being called; the first error is thrown in the end.
   */
  emit(...args) {
    const errors = [];
    for (const { listener } of [...this.#listeners]) {
      try {
        listener(...args);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  get count() {
    return this.#listeners.length;
  }
}
