/**
 * A cache of at most `limit` entries that live for `lifetime` milliseconds.
 *
 * When it is full, the entry goes that was set or read the longest time ago.
 */
export class Cache {
  #entries = new Map();

  /** `clock` gives the time in milliseconds. */
  constructor({ limit, lifetime = Infinity, clock = Date.now }) {
    this.limit = limit;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** The number of entries, expired ones that were not read since included. */
  get size() {
    return this.#entries.size;
  }

  /** The value of a key, which is young again by this; undefined when there is none. */
  get(key) {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.expires <= this.clock()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Set the value of a key; its life starts anew. */
  set(key, value) {
    this.#entries.set(key, { value, expires: this.clock() + this.lifetime });
    if (this.#entries.size > this.limit) {
      const oldest = this.#entries.keys().next().value;
      this.#entries.delete(oldest);
    }
  }

  /** The keys, oldest first. */
  keys() {
    return [...this.#entries.keys()];
  }
}
