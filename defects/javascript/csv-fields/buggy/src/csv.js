/**
 * The rows of a CSV text, each an array of texts.
 *
 * Fields are separated by commas, rows by LF or CRLF. A field that starts with `"` goes up to the
 * closing one: commas, line ends and doubled quotes (which stand for one) are its text. Other fields
 * are taken as they are. The line end after the last row may be missing; a text without letters has
 * no rows. A quoted field that is not closed, or not followed by a comma or a line end, is a
 * SyntaxError that names the line.
 */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  let line = 1;

  while (at < text.length) {
    let field;
    if (text[at] === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) throw new SyntaxError(`line ${line}: the quote is not closed`);
      field = text.slice(at + 1, end);
      line += field.split('\n').length - 1;
      at = end + 1;
      if (at < text.length && !/^(,|\r?\n)/.test(text.slice(at, at + 2))) {
        throw new SyntaxError(`line ${line}: text after the closing quote`);
      }
    } else {
      const length = text.slice(at).search(/,|\r?\n|$/);
      field = text.slice(at, at + length);
      at += length;
    }
    row.push(field);
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    rows.push(row);
    row = [];
    line += 1;
    at += text[at] === '\r' ? 2 : 1;
  }
  return rows;
}
