import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fill } from '../src/template.js';

test('dollar signs of every kind', () => {
  for (const value of ['$&', '$$', '$`', "$'", '$1', '$<name>', '$']) {
    assert.equal(fill('a{v}b{v}c', { v: value }), `a${value}b${value}c`);
  }
});

test('values that look like placeholders', () => {
  assert.equal(fill('{a} {b} {a}', { a: '{b}', b: '{a}' }), '{b} {a} {b}');
  assert.equal(fill('{a}{b}', { a: '{b}', b: 'x' }), '{b}x');
});

test('braces that are no placeholders', () => {
  assert.equal(fill('{} { a } {a-b} {a}', { a: 1 }), '{} { a } {a-b} 1');
});

test('empty and zero values', () => {
  assert.equal(fill('[{a}{b}]', { a: '', b: 0 }), '[0]');
});

test('names that objects have by themselves', () => {
  assert.throws(() => fill('{toString}', {}), /no value/);
});
