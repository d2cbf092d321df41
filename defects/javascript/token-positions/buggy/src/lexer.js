/**
 * The tokens of a template language: words, signs, and texts in backquotes, which may hold line
 * ends. Each token knows its `kind`, its `text`, and the `line` and `column` of its first letter,
 * both counted from 1.
 */
export class Lexer {
  #source;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(source) {
    this.#source = source;
  }

  *[Symbol.iterator]() {
    for (let token = this.next(); token !== null; token = this.next()) yield token;
  }

  /** The next token; null at the end. A SyntaxError names the place of what is none. */
  next() {
    this.#skipBlanks();
    if (this.#at >= this.#source.length) return null;
    const token = { kind: '', text: '', line: this.#line, column: this.#at - this.#lineStart + 1 };
    const [kind, text] = this.#match(token);
    token.kind = kind;
    token.text = kind === 'text' ? text.slice(1, -1) : text;
    this.#at += text.length;
    return token;
  }

  #match({ line, column }) {
    const rest = this.#source.slice(this.#at);
    for (const [kind, pattern] of [['word', /^\w+/], ['sign', /^[{}()|,.=]/], ['text', /^`[^`]*`/]]) {
      const found = rest.match(pattern);
      if (found) return [kind, found[0]];
    }
    throw new SyntaxError(`line ${line}, column ${column}: unexpected ${JSON.stringify(rest[0])}`);
  }

  #skipBlanks() {
    while (/\s/.test(this.#source[this.#at] ?? '')) {
      if (this.#source[this.#at] === '\n') {
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      }
      this.#at += 1;
    }
  }
}
