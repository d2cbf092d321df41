import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Workflow } from '../src/workflow.ts';

test('authors do not approve their own', () => {
  const workflow = new Workflow('ann');
  workflow.perform('submit', 'ann');
  assert.throws(() => workflow.perform('approve', 'ann'), /authors do not approve/);
  assert.equal(workflow.state, 'review');
  assert.deepEqual(workflow.history, ['ann: submit']);
});

test('several people have to approve', () => {
  const workflow = new Workflow('ann', 2);
  workflow.perform('submit', 'ann');
  assert.equal(workflow.perform('approve', 'bob'), 'review');
  assert.equal(workflow.perform('approve', 'bob'), 'review');
  assert.equal(workflow.perform('approve', 'cid'), 'approved');
});

test('a rejection forgets approvals', () => {
  const workflow = new Workflow('ann', 2);
  workflow.perform('submit', 'ann');
  workflow.perform('approve', 'bob');
  assert.equal(workflow.perform('reject', 'cid'), 'draft');
  workflow.perform('submit', 'ann');
  assert.equal(workflow.perform('approve', 'cid'), 'review');
});

test('an approved document can be rejected', () => {
  const workflow = new Workflow('ann');
  workflow.perform('submit', 'ann');
  workflow.perform('approve', 'bob');
  assert.deepEqual(workflow.actions, ['publish', 'reject']);
  assert.equal(workflow.perform('reject', 'bob'), 'draft');
});

test('documents are apart', () => {
  const [one, two] = [new Workflow('ann', 2), new Workflow('bob', 2)];
  one.perform('submit', 'ann');
  two.perform('submit', 'bob');
  one.perform('approve', 'cid');
  assert.equal(two.perform('approve', 'cid'), 'review');
  assert.equal(one.perform('approve', 'bob'), 'approved');
});
