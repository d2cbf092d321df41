import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Anchors, contents } from '../src/anchors.js';

const all = (...headings) => {
  const anchors = new Anchors();
  return headings.map((heading) => anchors.add(heading));
};

test('lower case with hyphens', () => {
  assert.deepEqual(all('Getting Started!', 'Caf\u00e9 & Bar'), ['getting-started', 'caf\u00e9-bar']);
});

test('the same heading again', () => {
  assert.deepEqual(all('Usage', 'Usage', 'usage?'), ['usage', 'usage-2', 'usage-3']);
});

test('a heading that looks numbered', () => {
  assert.deepEqual(all('Step', 'Step 2', 'Step'), ['step', 'step-2', 'step-3']);
});

test('contents', () => {
  assert.equal(contents('# A\ntext\n## B \n'), '- [A](#a)\n  - [B](#b)');
});
