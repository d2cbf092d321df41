import assert from 'node:assert/strict';
import { test } from 'node:test';

import { debounce } from '../src/debounce.js';
import { FakeTimers } from './fake_timers.js';

test('waits before it calls', () => {
  const timers = new FakeTimers();
  const calls = [];
  const save = debounce((text) => calls.push(text), 100, timers);
  save('a');
  timers.advance(99);
  assert.deepEqual(calls, []);
  timers.advance(1);
  assert.deepEqual(calls, ['a']);
});

test('calls once, for the last call', () => {
  const timers = new FakeTimers();
  const calls = [];
  const save = debounce((text) => calls.push(text), 100, timers);
  save('a');
  save('ab');
  save('abc');
  timers.advance(200);
  assert.deepEqual(calls, ['abc']);
});

test('can be cancelled', () => {
  const timers = new FakeTimers();
  const calls = [];
  const save = debounce((text) => calls.push(text), 100, timers);
  save('a');
  save.cancel();
  timers.advance(200);
  assert.deepEqual(calls, []);
});
