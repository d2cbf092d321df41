import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importRecords } from '../src/import.js';

test('one after the other', async () => {
  const events = [];
  await importRecords(['a', 'b'], async (record) => {
    events.push(`start ${record}`);
    await null;
    await null;
    events.push(`end ${record}`);
  });
  assert.deepEqual(events, ['start a', 'end a', 'start b', 'end b']);
});

test('too many errors', async () => {
  const tried = [];
  const store = async (record) => {
    tried.push(record);
    if (record % 2 === 0) throw new Error(String(record));
  };
  const result = await importRecords([1, 2, 3, 4, 5, 6], store, { maxErrors: 1 });
  assert.deepEqual(result.stored, [1, 3]);
  assert.deepEqual(result.failed.map(({ record }) => record), [2, 4]);
  assert.deepEqual(result.skipped, [5, 6]);
  assert.deepEqual(tried, [1, 2, 3, 4]);
});

test('no error is allowed', async () => {
  const store = async () => { throw new Error('no'); };
  const { failed, skipped } = await importRecords(['a', 'b'], store, { maxErrors: 0 });
  assert.equal(failed.length, 1);
  assert.deepEqual(skipped, ['b']);
});

test('a store that throws at once, and any iterable', async () => {
  const { stored, failed } = await importRecords(new Set([1, 2]), (record) => {
    if (record === 1) throw new TypeError('one');
  });
  assert.deepEqual(stored, [2]);
  assert.ok(failed[0].error instanceof TypeError);
});
