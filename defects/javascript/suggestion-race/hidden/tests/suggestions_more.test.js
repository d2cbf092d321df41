import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { Suggestions } from '../src/suggestions.js';

describe('suggestions', () => {
  let shown;
  let searches;
  let suggestions;

  beforeEach(() => {
    shown = [];
    searches = [];
    suggestions = new Suggestions({
      search: (query) => new Promise((resolve, reject) => searches.push({ query, resolve, reject })),
      show: (list) => shown.push(list),
    });
  });

  it('drops answers that come after the input was cleared', async () => {
    const typed = [suggestions.type('ber'), suggestions.type('')];
    searches[0].resolve(['Bern']);
    await Promise.all(typed);
    assert.deepEqual(shown, [[]]);
  });

  it('drops answers in order, too', async () => {
    const typed = [suggestions.type('be'), suggestions.type('ber'), suggestions.type('berl')];
    for (const [index, { resolve }] of searches.entries()) resolve([index]);
    await Promise.all(typed);
    assert.deepEqual(shown, [[2]]);
  });

  it('drops late errors', async () => {
    const typed = [suggestions.type('ber'), suggestions.type('berl')];
    searches[1].resolve(['Berlin']);
    searches[0].reject(new Error('slow'));
    await Promise.all(typed);
    assert.deepEqual(shown, [['Berlin']]);
  });

  it('shows nothing for the latest error', async () => {
    const typed = suggestions.type('ber');
    searches[0].reject(new Error('down'));
    await typed;
    assert.deepEqual(shown, [[]]);
  });

  it('tells the same input twice apart', async () => {
    const typed = [suggestions.type('ber'), suggestions.type('ber')];
    searches[1].resolve(['new']);
    searches[0].resolve(['old']);
    await Promise.all(typed);
    assert.deepEqual(shown, [['new']]);
  });
});
