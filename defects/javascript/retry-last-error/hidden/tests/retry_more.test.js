import assert from 'node:assert/strict';
import { test } from 'node:test';

import { retry } from '../src/retry.js';

function recorder() {
  const waits = [];
  return { waits, sleep: async (milliseconds) => { waits.push(milliseconds); } };
}

const always = (attempt) => { throw new RangeError(String(attempt)); };

test('does not wait after the last attempt', async () => {
  const { waits, sleep } = recorder();
  await assert.rejects(retry(always, { attempts: 4, wait: 10, sleep }), { message: '4' });
  assert.deepEqual(waits, [10, 20, 40]);
});

test('a single attempt', async () => {
  const { waits, sleep } = recorder();
  await assert.rejects(retry(always, { attempts: 1, sleep }), RangeError);
  assert.deepEqual(waits, []);
});

test('no longer than the longest', async () => {
  const { waits, sleep } = recorder();
  await assert.rejects(retry(always, { attempts: 5, wait: 10, longest: 25, sleep }), { message: '5' });
  assert.deepEqual(waits, [10, 20, 25, 25]);
});

test('errors that are not worth another attempt', async () => {
  const { waits, sleep } = recorder();
  const retryable = (error) => error.message !== '2';
  await assert.rejects(retry(always, { attempts: 5, wait: 1, retryable, sleep }), { message: '2' });
  assert.deepEqual(waits, [1]);
});

test('falsy results are results', async () => {
  const { waits, sleep } = recorder();
  assert.equal(await retry(async () => undefined, { sleep }), undefined);
  assert.equal(await retry(() => 0, { sleep }), 0);
  assert.deepEqual(waits, []);
});
