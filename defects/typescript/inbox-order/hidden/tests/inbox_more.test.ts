import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Message, searchInbox, sortInbox } from '../src/inbox.ts';

const message = (id: string, received: number, priority?: number): Message => ({
  id,
  subject: `Message ${id}`,
  received,
  ...(priority === undefined ? {} : { priority }),
});
const ids = (messages: Message[]): string => messages.map(({ id }) => id).join(' ');

const MESSAGES = [
  message('a', 5),
  message('b', 9, 1),
  message('c', 7, 0),
  message('d', 8, -1),
  message('e', 5),
  message('f', 6),
  message('g', 1, 2),
];

test('one order, whatever the order of arrival', () => {
  for (let start = 0; start < MESSAGES.length; start++) {
    const rotated = [...MESSAGES.slice(start), ...MESSAGES.slice(0, start)];
    assert.equal(ids(sortInbox(rotated)), 'g b c f a e d');
    assert.equal(ids(sortInbox(rotated.reverse())), 'g b c f a e d');
  }
});

test('no priority is the same as 0', () => {
  assert.equal(ids(sortInbox([message('z', 1, 0), message('a', 1)])), 'a z');
  assert.equal(ids(sortInbox([message('a', 1), message('z', 2, 0)])), 'z a');
  assert.equal(ids(sortInbox([message('a', 9), message('b', 1, -3)])), 'a b');
});

test('the messages themselves stay in order', () => {
  const messages = [message('a', 1), message('b', 2)];
  sortInbox(messages);
  assert.equal(ids(messages), 'a b');
});

test('searching sorts too', () => {
  assert.equal(ids(searchInbox(MESSAGES, { since: 6 })), 'b c f d');
  assert.equal(ids(searchInbox(MESSAGES, {})), 'g b c f a e d');
});
