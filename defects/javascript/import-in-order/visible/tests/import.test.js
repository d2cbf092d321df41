import assert from 'node:assert/strict';
import { test } from 'node:test';

import { importRecords } from '../src/import.js';

test('nothing to import', async () => {
  const result = await importRecords([], assert.fail);
  assert.deepEqual(result, { stored: [], failed: [], skipped: [] });
});

test('stores every record', async () => {
  const { stored } = await importRecords([1, 2, 3], () => new Promise(setImmediate));
  assert.deepEqual(stored, [1, 2, 3]);
});

test('failures do not stop the others', async () => {
  const store = async (record) => { if (record === 2) throw new Error('two'); };
  const { stored, failed } = await importRecords([1, 2, 3], store);
  assert.deepEqual(stored, [1, 3]);
  assert.equal(failed[0].error.message, 'two');
});
