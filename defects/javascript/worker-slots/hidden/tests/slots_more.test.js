import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Slots } from '../src/slots.js';

test('waiting tasks follow a failure', async () => {
  const slots = new Slots(1);
  const order = [];
  const first = slots.run(async () => { order.push('a'); throw new Error('a'); });
  const second = slots.run(async () => { order.push('b'); throw new Error('b'); });
  const third = slots.run(async () => { order.push('c'); return 'c'; });
  const results = await Promise.allSettled([first, second, third]);
  assert.deepEqual(results.map(({ status }) => status), ['rejected', 'rejected', 'fulfilled']);
  assert.equal(results[0].reason.message, 'a');
  assert.deepEqual(order, ['a', 'b', 'c']);
  assert.deepEqual(slots.load, { running: 0, waiting: 0 });
});

test('a task that throws before it waits', async () => {
  const slots = new Slots(2);
  await assert.rejects(slots.run(() => { throw new TypeError('at once'); }), TypeError);
  assert.equal(await slots.run(() => 'plain'), 'plain');
  assert.deepEqual(slots.load, { running: 0, waiting: 0 });
});

test('never more than fit, with failures among them', async () => {
  const slots = new Slots(3);
  let running = 0;
  let most = 0;
  const tasks = Array.from({ length: 20 }, (_, n) => slots.run(async () => {
    running += 1;
    most = Math.max(most, running);
    await null;
    await null;
    running -= 1;
    if (n % 3 === 0) throw new Error(String(n));
    return n;
  }));
  const results = await Promise.allSettled(tasks);
  assert.equal(most, 3);
  assert.equal(results.filter(({ status }) => status === 'rejected').length, 7);
});
