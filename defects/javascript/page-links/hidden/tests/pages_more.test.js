import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageLinks, pageRange } from '../src/pages.js';

test('every page of many lists', () => {
  for (let last = 1; last <= 12; last++) {
    for (let current = 1; current <= last; current++) {
      for (const around of [0, 1, 2]) {
        const links = pageLinks({ items: last * 10 - 5, perPage: 10, current, around });
        const label = `${current} of ${last}, ${around} around: ${links}`;
        const numbers = links.filter((link) => link !== null);
        assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => a - b), label);
        assert.equal(numbers[0], 1, label);
        assert.equal(numbers.at(-1), last, label);
        for (let page = current - around; page <= current + around; page++) {
          assert.equal(numbers.includes(page), page >= 1 && page <= last, label);
        }
        for (const [index, link] of links.entries()) {
          if (link === null) assert.ok(links[index + 1] - links[index - 1] > 2, label);
          else if (index > 0 && links[index - 1] !== null) assert.equal(link - links[index - 1], 1, label);
        }
      }
    }
  }
});

test('a gap of one page is filled', () => {
  assert.deepEqual(pageLinks({ items: 60, perPage: 10, current: 1 }), [1, 2, null, 6]);
  assert.deepEqual(pageLinks({ items: 40, perPage: 10, current: 1 }), [1, 2, 3, 4]);
  assert.deepEqual(pageLinks({ items: 60, perPage: 10, current: 6, around: 2 }), [1, null, 4, 5, 6]);
});

test('no items, and one page', () => {
  assert.deepEqual(pageLinks({ items: 0, perPage: 10, current: 1 }), [1]);
  assert.deepEqual(pageLinks({ items: 10, perPage: 10, current: 1 }), [1]);
  assert.deepEqual(pageRange({ items: 0, perPage: 10, current: 1 }), [0, 0]);
});
