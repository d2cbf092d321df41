import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Anchors } from '../src/anchors.js';

const all = (...headings) => {
  const anchors = new Anchors();
  return headings.map((heading) => anchors.add(heading));
};

test('numbered by us first, by the author later', () => {
  assert.deepEqual(all('Step', 'Step', 'Step 2'), ['step', 'step-2', 'step-2-2']);
});

test('the first number that is free', () => {
  assert.deepEqual(
    all('a 3', 'a', 'a', 'a', 'a 3', 'a'),
    ['a-3', 'a', 'a-2', 'a-4', 'a-3-2', 'a-5'],
  );
});

test('headings without letters', () => {
  assert.deepEqual(all('!!!', '---', 'Section 2', '?'), ['section', 'section-2', 'section-2-2', 'section-3']);
});

test('never twice the same', () => {
  const headings = [];
  for (let i = 0; i < 60; i++) headings.push(['a', 'a 2', 'a-2-2', 'A  3', '2'][(i * 7) % 5]);
  const anchors = all(...headings);
  assert.equal(new Set(anchors).size, headings.length);
});

test('documents do not know of each other', () => {
  assert.deepEqual([all('a'), all('a')], [['a'], ['a']]);
});
