import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mergeSettings } from '../src/settings.js';

function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

test('layers that cannot be changed can be merged', () => {
  const layers = [{ a: { b: { c: 1, d: 1 } } }, { a: { b: { d: 2 }, e: {} } }, { a: { e: { f: 3 } } }];
  assert.deepEqual(mergeSettings(...layers.map(deepFreeze)), { a: { b: { c: 1, d: 2 }, e: { f: 3 } } });
});

test('changing the result changes no layer', () => {
  const lower = { editor: { tabs: 4 } };
  const upper = { view: { zoom: 1 } };
  const merged = mergeSettings(lower, upper);
  merged.editor.tabs = 8;
  merged.view.zoom = 2;
  assert.deepEqual([lower, upper], [{ editor: { tabs: 4 } }, { view: { zoom: 1 } }]);
});

test('objects and other values replace each other', () => {
  assert.deepEqual(mergeSettings({ a: { b: 1 } }, { a: 2 }), { a: 2 });
  assert.deepEqual(mergeSettings({ a: 2 }, { a: { b: 1 } }), { a: { b: 1 } });
  assert.deepEqual(mergeSettings({ a: [1, 2] }, { a: [3] }), { a: [3] });
  assert.deepEqual(mergeSettings({ a: { b: 1 } }, { a: null }), { a: null });
});

test('undefined lets the layer below through', () => {
  const merged = mergeSettings({ a: 1, b: { c: 1 } }, { a: undefined, b: { c: undefined } });
  assert.deepEqual(merged, { a: 1, b: { c: 1 } });
});
