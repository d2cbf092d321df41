import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Suggestions } from '../src/suggestions.js';

test('shows what is found', async () => {
  const shown = [];
  const suggestions = new Suggestions({
    search: async (query) => [`${query}!`],
    show: (list) => shown.push(list),
  });
  await suggestions.type('ber ');
  assert.deepEqual(shown, [['ber!']]);
});

test('short input clears the list', async () => {
  const shown = [];
  const suggestions = new Suggestions({ search: assert.fail, show: (list) => shown.push(list) });
  await suggestions.type(' b ');
  assert.deepEqual(shown, [[]]);
});

test('a late answer is not shown', async () => {
  const shown = [];
  const answers = new Map();
  const suggestions = new Suggestions({
    search: (query) => new Promise((resolve) => answers.set(query, resolve)),
    show: (list) => shown.push(list),
  });
  const typed = [suggestions.type('ber'), suggestions.type('berl')];
  answers.get('berl')(['Berlin']);
  answers.get('ber')(['Bern', 'Berlin']);
  await Promise.all(typed);
  assert.deepEqual(shown, [['Berlin']]);
});
