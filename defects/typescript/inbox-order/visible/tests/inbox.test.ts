import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Message, searchInbox, sortInbox } from '../src/inbox.ts';

const message = (id: string, received: number, priority?: number): Message => ({
  id,
  subject: `Message ${id}`,
  received,
  priority,
});
const ids = (messages: Message[]): string => messages.map(({ id }) => id).join(' ');

test('newer messages first', () => {
  assert.equal(ids(sortInbox([message('a', 10, 1), message('b', 20, 1)])), 'b a');
});

test('a message without priority comes after an important one', () => {
  assert.equal(ids(sortInbox([message('a', 30), message('b', 20, 2)])), 'b a');
});

test('finds words in any case', () => {
  const found = searchInbox([message('a', 1, 0), message('b', 2, 0)], { words: ['mess', 'B'] });
  assert.equal(ids(found), 'b');
});
