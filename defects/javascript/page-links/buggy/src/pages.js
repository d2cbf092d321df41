/**
 * The links below a list that is shown page by page: page numbers, and `null` for each gap.
 *
 * Always there are the first and the last page, the current one, and `around` pages on each side of
 * it. A gap of a single page is filled by that page. Without items there is one page.
 */
export function pageLinks({ items, perPage, current, around = 1 }) {
  const last = Math.max(1, Math.ceil(items / perPage));
  const from = Math.max(1, current - around);
  const to = Math.min(last, current + around);

  const pages = new Set([1]);
  for (let page = from; page <= to; page++) pages.add(page);
  if (to < last - 1) pages.add(last);

  const links = [];
  for (const page of [...pages]) {
    const before = links.at(-1) ?? 0;
    if (page - before === 2) links.push(page - 1);
    else if (page - before > 2) links.push(null);
    links.push(page);
  }
  return links;
}

/** The items on a page: from the first index up to, but not with, the second. */
export function pageRange({ items, perPage, current }) {
  const start = (current - 1) * perPage;
  return [Math.min(start, items), Math.min(start + perPage, items)];
}
