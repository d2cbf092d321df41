import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { debounce } from '../src/debounce.js';
import { FakeTimers } from './fake_timers.js';

describe('debounce', () => {
  let timers;
  let calls;
  let save;

  beforeEach(() => {
    timers = new FakeTimers();
    calls = [];
    save = debounce((...args) => calls.push(args), 100, timers);
  });

  it('counts the time from the last call', () => {
    save(1);
    timers.advance(80);
    save(2);
    timers.advance(80);
    assert.deepEqual(calls, []);
    timers.advance(20);
    assert.deepEqual(calls, [[2]]);
  });

  it('keeps one timer at most', () => {
    for (let i = 0; i < 5; i++) save(i);
    assert.equal(timers.waiting, 1);
  });

  it('flushes the last call, once', () => {
    save('a', 'b');
    save('c');
    save.flush();
    assert.deepEqual(calls, [['c']]);
    save.flush();
    timers.advance(500);
    assert.deepEqual(calls, [['c']]);
    assert.equal(timers.waiting, 0);
  });

  it('has the this of the last call', () => {
    const seen = [];
    const named = debounce(function () { seen.push(this.name); }, 10, timers);
    named.call({ name: 'first' });
    named.call({ name: 'last' });
    timers.advance(10);
    assert.deepEqual(seen, ['last']);
  });

  it('starts anew after a call and after a cancel', () => {
    save(1);
    timers.advance(100);
    save(2);
    save.cancel();
    save(3);
    timers.advance(100);
    assert.deepEqual(calls, [[1], [3]]);
  });
});
