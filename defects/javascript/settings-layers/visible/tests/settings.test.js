import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lookUp, mergeSettings } from '../src/settings.js';

const DEFAULTS = { theme: 'light', editor: { tabs: 4, font: { size: 12 } } };

test('later layers win', () => {
  const merged = mergeSettings({ a: 1, b: 1 }, { b: 2 }, undefined);
  assert.deepEqual(merged, { a: 1, b: 2 });
});

test('looks up a path', () => {
  assert.equal(lookUp(DEFAULTS, 'editor.font.size'), 12);
  assert.equal(lookUp(DEFAULTS, 'editor.font.name', 'mono'), 'mono');
});

test('the defaults stay as they are', () => {
  const ann = mergeSettings(DEFAULTS, { editor: { font: { size: 20 } } });
  const bob = mergeSettings(DEFAULTS, { theme: 'dark' });
  assert.equal(lookUp(ann, 'editor.font.size'), 20);
  assert.equal(lookUp(bob, 'editor.font.size'), 12);
});
