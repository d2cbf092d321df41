import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fill, placeholders } from '../src/template.js';

test('fills placeholders', () => {
  assert.equal(fill('Dear {name}, {count} left', { name: 'Ann', count: 3 }), 'Dear Ann, 3 left');
});

test('prices', () => {
  assert.equal(fill('It costs {price}.', { price: "$'99" }), "It costs $'99.");
});

test('a value is missing', () => {
  assert.throws(() => fill('Dear {name}', {}), /no value for \{name\}/);
});

test('names', () => {
  assert.deepEqual(placeholders('{b} {a} {b}'), ['b', 'a']);
});
