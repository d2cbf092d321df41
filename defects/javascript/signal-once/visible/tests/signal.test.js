import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Signal } from '../src/signal.js';

test('calls listeners in order', () => {
  const signal = new Signal();
  const heard = [];
  signal.connect((value) => heard.push(`a${value}`));
  signal.connect((value) => heard.push(`b${value}`));
  signal.emit(1);
  assert.deepEqual(heard, ['a1', 'b1']);
});

test('disconnects', () => {
  const signal = new Signal();
  const disconnect = signal.connect(() => assert.fail('still connected'));
  disconnect();
  disconnect();
  signal.emit();
});

test('once, with others', () => {
  const signal = new Signal();
  const heard = [];
  signal.once((value) => heard.push(`once${value}`));
  signal.connect((value) => heard.push(`all${value}`));
  signal.emit(1);
  signal.emit(2);
  assert.deepEqual(heard, ['once1', 'all1', 'all2']);
});
