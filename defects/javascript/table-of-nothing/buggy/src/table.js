/**
 * Rows of cells as lines of text. Columns are as wide as their widest cell or heading, and two
 * blanks apart. Cells that are numbers stand on the right. A line of dashes follows the headings.
 */
export function table(headings, rows) {
  const widths = headings.map((heading, column) => {
    const cells = rows.map((row) => String(row[column] ?? ''));
    return Math.max(...cells.map((cell) => cell.length));
  });
  const lines = [headings, widths.map((width) => '-'.repeat(width)), ...rows];
  return lines.map((cells) => line(cells, widths)).join('\n');
}

function line(cells, widths) {
  const padded = widths.map((width, column) => {
    const cell = cells[column] ?? '';
    return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}
