import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Workflow } from '../src/workflow.ts';

test('a draft can only be submitted', () => {
  const workflow = new Workflow('ann');
  assert.deepEqual(workflow.actions, ['submit']);
  assert.throws(() => workflow.perform('publish', 'bob'), /not possible in draft/);
  assert.equal(workflow.perform('submit', 'ann'), 'review');
});

test('the whole way', () => {
  const workflow = new Workflow('ann');
  workflow.perform('submit', 'ann');
  assert.equal(workflow.perform('approve', 'bob'), 'approved');
  assert.equal(workflow.perform('publish', 'ann'), 'published');
  assert.deepEqual(workflow.history, ['ann: submit', 'bob: approve', 'ann: publish']);
});
