/**
 * Due dates of a plan that repeats every so many months, in UTC, as `YYYY-MM-DD`.
 *
 * Each is the same day of the month as the first one; in a month that is too short for it, the last
 * day of that month.
 */
export function* dueDates(first, { every = 1, count = Infinity } = {}) {
  let date = parse(first);
  for (let number = 0; number < count; number++) {
    yield format(date);
    date = addMonths(date, every);
  }
}

/** The first due date on or after a day; null when the plan has ended by then. */
export function nextDue(first, today, options) {
  for (const date of dueDates(first, options)) {
    if (date >= today) return date;
  }
  return null;
}

function addMonths(date, months) {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()));
}

function parse(text) {
  return new Date(`${text}T00:00:00Z`);
}

function format(date) {
  return date.toISOString().slice(0, 10);
}
