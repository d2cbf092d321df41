import assert from 'node:assert/strict';
import { test } from 'node:test';

import { retry } from '../src/retry.js';

const sleep = async () => {};

test('returns what the action returns', async () => {
  assert.equal(await retry(async () => 'done', { sleep }), 'done');
});

test('tries again', async () => {
  const result = await retry((attempt) => {
    if (attempt < 3) throw new Error(`attempt ${attempt}`);
    return attempt;
  }, { sleep });
  assert.equal(result, 3);
});

test('gives up with the last error', async () => {
  const failing = retry((attempt) => { throw new Error(`attempt ${attempt}`); }, { sleep });
  await assert.rejects(failing, /attempt 3/);
});
