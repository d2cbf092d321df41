/**
 * Suggestions for what is being typed.
 *
 * `search(text)` gives a promise of a list; `show(list)` puts one on the screen. Only the answer to
 * the latest input is ever shown, and its error is the only one that is reported, as an empty list.
 * Input shorter than `least` letters clears the list at once, without a search.
 */
export class Suggestions {
  #search;
  #show;
  #least;
  #latest = 0;

  constructor({ search, show, least = 2 }) {
    this.#search = search;
    this.#show = show;
    this.#least = least;
  }

  /** Tell what the input now is. The promise is fulfilled when this input is done with. */
  async type(text) {
    this.#latest += 1;
    const number = this.#latest;
    const query = text.trim();
    if (query.length < this.#least) {
      this.#show([]);
      return;
    }
    const list = await this.#answer(query);
    if (number === this.#latest) this.#show(list);
  }

  async #answer(query) {
    try {
      return await this.#search(query);
    } catch {
      return [];
    }
  }
}
