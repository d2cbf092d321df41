import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Signal } from '../src/signal.js';

test('several that leave at once', () => {
  const signal = new Signal();
  const heard = [];
  for (const name of 'abcd') signal.once(() => heard.push(name));
  signal.emit();
  assert.deepEqual(heard, ['a', 'b', 'c', 'd']);
  assert.equal(signal.count, 0);
});

test('who joins during an event waits for the next', () => {
  const signal = new Signal();
  const heard = [];
  signal.once(() => signal.connect((value) => heard.push(value)));
  signal.emit(1);
  signal.emit(2);
  assert.deepEqual(heard, [2]);
});

test('who is removed during an event is still told of it', () => {
  const signal = new Signal();
  const heard = [];
  let removeSecond;
  signal.connect(() => removeSecond());
  removeSecond = signal.connect((value) => heard.push(value));
  signal.connect((value) => heard.push(-value));
  signal.emit(1);
  signal.emit(2);
  assert.deepEqual(heard, [1, -1, -2]);
});

test('errors do not stop the others', () => {
  const signal = new Signal();
  const heard = [];
  signal.once(() => { throw new Error('first'); });
  signal.once(() => { throw new Error('second'); });
  signal.connect(() => heard.push('third'));
  assert.throws(() => signal.emit(), /first/);
  assert.deepEqual(heard, ['third']);
  signal.emit();
  assert.equal(heard.length, 2);
});
