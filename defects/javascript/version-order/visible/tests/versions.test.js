import assert from 'node:assert/strict';
import { test } from 'node:test';

import { compareVersions, newest } from '../src/versions.js';

test('later numbers are newer', () => {
  assert.equal(compareVersions('1.2.0', '1.3'), -1);
  assert.equal(compareVersions('1.2', 'v1.2.0'), 0);
});

test('ten is more than nine', () => {
  assert.equal(compareVersions('1.10', '1.9'), 1);
});

test('a pre-release comes before its release', () => {
  assert.equal(compareVersions('2.0-rc.1', '2.0'), -1);
  assert.equal(compareVersions('2.0-alpha', '2.0-beta'), -1);
});

test('the newest release', () => {
  assert.equal(newest(['1.2', '1.4', '2.0-rc.1']), '1.4');
});
