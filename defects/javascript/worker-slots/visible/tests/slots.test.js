import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Slots } from '../src/slots.js';

test('gives the result of a task', async () => {
  assert.equal(await new Slots(1).run(async () => 42), 42);
});

test('runs no more than fit', async () => {
  const slots = new Slots(2);
  const gates = [];
  const tasks = [1, 2, 3].map((n) => slots.run(() => new Promise((open) => gates.push(() => open(n)))));
  assert.deepEqual(slots.load, { running: 2, waiting: 1 });
  gates[0]();
  await tasks[0];
  assert.deepEqual(slots.load, { running: 2, waiting: 0 });
  gates[1]();
  gates[2]();
  assert.deepEqual(await Promise.all(tasks), [1, 2, 3]);
});

test('goes on after a failure', async () => {
  const slots = new Slots(1);
  await assert.rejects(slots.run(async () => { throw new Error('broken'); }), /broken/);
  assert.deepEqual(slots.load, { running: 0, waiting: 0 });
});
