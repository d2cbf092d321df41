import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compareVersions, newest } from '../src/versions.js';

const ORDERED = [
  '0.9', '0.10.1', '1.0-1', '1.0-2', '1.0-10', '1.0-alpha', '1.0-alpha.9', '1.0-alpha.10',
  '1.0-alpha.b', '1.0-beta', '1.0', '1.0.9', '1.0.10', '1.2', '1.12', '9.0', '10.0', '100.0-rc', '100.0',
];

test('every pair', () => {
  for (const [i, a] of ORDERED.entries()) {
    for (const [j, b] of ORDERED.entries()) {
      assert.equal(compareVersions(a, b), Math.sign(i - j), `${a} and ${b}`);
    }
  }
});

test('zeros in front do not count', () => {
  assert.equal(compareVersions('1.02', '1.2'), 0);
  assert.equal(compareVersions('1.0-rc.01', '1.0-rc.1'), 0);
});

test('the newest of all', () => {
  assert.equal(newest(['1.9', '1.10', '1.8']), '1.10');
  assert.equal(newest(['1.9', '2.0-rc.9', '2.0-rc.10'], { prereleases: true }), '2.0-rc.10');
  assert.equal(newest([]), undefined);
});
