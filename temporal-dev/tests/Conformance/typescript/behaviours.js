// What each behaviour of behaviours.json does and expects. A behaviour throws where the server does not keep it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { tokens } from './activities.js';

const options = ({ taskQueue }, ...args) => ({ workflowId: `typescript-${randomUUID()}`, taskQueue, args });

const execute = (context, name, ...args) => context.client.workflow.execute(name, options(context, ...args));
const start = (context, name, ...args) => context.client.workflow.start(name, options(context, ...args));

async function eventually(condition, what) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((next) => setTimeout(next, 50))) {
    if (await condition()) return;
  }
  throw new Error(`still not so: ${what}`);
}

async function list(client, query) {
  const found = [];
  for await (const one of client.workflow.list({ query })) found.push(one);
  return found;
}

async function withSchedule(context, change, test) {
  const scheduleId = `schedule-${randomUUID()}`;
  const handle = await context.client.schedule.create({
    scheduleId,
    spec: { intervals: [{ every: '1 hour' }] },
    action: { type: 'startWorkflow', workflowType: 'greet', args: ['schedule'], taskQueue: context.taskQueue, workflowId: `${scheduleId}-run` },
    ...change,
  });
  try {
    await test(handle, scheduleId);
  } finally {
    await handle.delete();
  }
}

export const behaviours = {
  async connects_and_reads_the_system_info({ connection }) {
    const info = await connection.workflowService.getSystemInfo({});
    assert.ok(info.serverVersion);
    assert.ok(info.capabilities.encodedFailureAttributes);
  },

  async starts_a_workflow_and_gets_its_result(context) {
    assert.equal(await execute(context, 'greet', 'world'), 'hello world');
  },

  async refuses_an_id_that_runs(context) {
    const handle = await start(context, 'waiting');
    await assert.rejects(
      context.client.workflow.start('waiting', { ...options(context), workflowId: handle.workflowId }),
      WorkflowExecutionAlreadyStartedError,
    );
    await handle.terminate();
  },

  async retries_an_activity_until_it_succeeds(context) {
    assert.equal(await execute(context, 'unreliable'), 3);
  },

  async fails_a_workflow_with_the_cause(context) {
    await assert.rejects(execute(context, 'failing'), (e) => e instanceof WorkflowFailedError && e.cause.type === 'InsufficientFunds' && e.cause.details[0].missing === 5);
  },

  async heartbeats_and_times_out_an_activity(context) {
    assert.equal(await execute(context, 'hanging'), 'HEARTBEAT');
  },

  async cancels_a_workflow_that_then_compensates(context) {
    const handle = await start(context, 'compensating');
    await handle.cancel();
    assert.equal(await handle.result(), 'hello undone');
  },

  async completes_an_activity_from_outside(context) {
    const handle = await start(context, 'deferred');
    await eventually(() => tokens.has(handle.workflowId), 'the activity runs');
    await context.client.activity.complete(tokens.get(handle.workflowId), 'from outside');
    assert.equal(await handle.result(), 'from outside');
  },

  async waits_on_timers_and_conditions(context) {
    assert.deepEqual(await execute(context, 'timing'), [false, 'short']);
  },

  async signals_and_queries_a_workflow(context) {
    const handle = await start(context, 'counting', 10);
    await handle.signal('add', 3);
    assert.equal(await handle.query('total'), 3);
    await handle.signal('add', 7);
    assert.equal(await handle.result(), 10);
    assert.equal(await handle.query('total'), 10);
  },

  async signals_with_start(context) {
    const given = { ...options(context, 2), signal: 'add', signalArgs: [1] };
    const first = await context.client.workflow.signalWithStart('counting', given);
    const second = await context.client.workflow.signalWithStart('counting', given);
    assert.equal(second.signaledRunId, first.signaledRunId);
    assert.equal(await first.result(), 2);
  },

  async updates_a_workflow(context) {
    const handle = await start(context, 'counting', 100);
    const accepted = await handle.startUpdate('change', { args: [4], waitForStage: WorkflowUpdateStage.ACCEPTED });
    assert.equal(await accepted.result(), 4);
    assert.equal(await handle.executeUpdate('change', { args: [5], updateId: 'once' }), 9);
    assert.equal(await handle.executeUpdate('change', { args: [5], updateId: 'once' }), 9);
    await handle.terminate();
  },

  async refuses_an_update_by_its_validator(context) {
    const handle = await start(context, 'counting', 100);
    await assert.rejects(handle.executeUpdate('change', { args: [-1] }), (e) => e instanceof WorkflowUpdateFailedError && /negative/.test(e.cause.message));
    await handle.terminate();
  },

  async updates_with_start(context) {
    const operation = new context.WithStartWorkflowOperation('counting', { ...options(context, 8), workflowIdConflictPolicy: 'USE_EXISTING' });
    assert.equal(await context.client.workflow.executeUpdateWithStart('change', { startWorkflowOperation: operation, args: [8] }), 8);
    assert.equal(await (await operation.workflowHandle()).result(), 8);
  },

  async runs_child_workflows(context) {
    assert.deepEqual(await execute(context, 'parent'), ['hello a', 'hello b', 'no money']);
  },

  async signals_and_cancels_an_external_workflow(context) {
    const handle = await start(context, 'counting', 100);
    await execute(context, 'meddling', handle.workflowId);
    await assert.rejects(handle.result(), (e) => e instanceof WorkflowFailedError && /cancelled/i.test(e.message));
  },

  async continues_as_new(context) {
    assert.equal(await execute(context, 'continuing', 2), true);
  },

  async patches_a_workflow(context) {
    assert.equal(await execute(context, 'patching'), 'new');
  },

  async runs_local_activities(context) {
    assert.equal(await execute(context, 'localOne'), 'hello local');
  },

  async describes_with_memo_and_search_attributes(context) {
    const handle = await context.client.workflow.start('described', { ...options(context), memo: { given: 'memo' }, searchAttributes: { TestKeyword: ['typescript'] } });
    assert.equal(await handle.result(), 'memo');
    const description = await handle.describe();
    assert.equal(description.status.name, 'COMPLETED');
    assert.deepEqual(description.memo, { given: 'memo', added: 2 });
    assert.deepEqual(description.searchAttributes.TestKeyword, ['typescript']);
    assert.deepEqual(description.searchAttributes.TestInt, [42]);
  },

  async lists_and_counts_by_a_filter(context) {
    const mark = randomUUID();
    for (const name of ['patching', 'waiting', 'waiting']) {
      await context.client.workflow.start(name, { ...options(context), searchAttributes: { TestKeyword: [mark] } });
    }
    const query = `TestKeyword = "${mark}" AND ExecutionStatus = "Running"`;
    await eventually(async () => (await list(context.client, query)).length === 2, 'two are listed');
    await eventually(async () => (await context.client.workflow.count(`TestKeyword = "${mark}"`)).count === 3, 'three are counted');
    for (const one of await list(context.client, query)) await context.client.workflow.getHandle(one.workflowId).terminate();
  },

  async terminates_a_workflow(context) {
    const handle = await start(context, 'waiting');
    await handle.terminate('enough');
    await assert.rejects(handle.result(), (e) => e instanceof WorkflowFailedError && e.cause.message === 'enough');
  },

  async fetches_a_history_and_replays_it(context) {
    const handle = await start(context, 'greet', 'replay');
    await handle.result();
    const history = await handle.fetchHistory();
    // How many there are depends on whether a task of a loaded machine was tried again; that none is missing does not.
    assert.deepEqual(history.events.map((e) => Number(e.eventId)), history.events.map((_, i) => i + 1));
    assert.ok(history.events[0].workflowExecutionStartedEventAttributes);
    assert.ok(history.events.at(-1).workflowExecutionCompletedEventAttributes);
    await Worker.runReplayHistory({ workflowBundle: context.bundle }, history, handle.workflowId);
  },

  async creates_a_schedule_that_starts_a_workflow(context) {
    await withSchedule(context, { spec: { intervals: [{ every: '1s' }] } }, async (handle) => {
      await eventually(async () => (await handle.describe()).info.numActionsTaken >= 1, 'one run was started');
      const { workflow } = (await handle.describe()).info.recentActions[0].action;
      assert.equal(await context.client.workflow.getHandle(workflow.workflowId).result(), 'hello schedule');
    });
  },

  async pauses_triggers_and_backfills_a_schedule(context) {
    await withSchedule(context, { state: { paused: true, note: 'not yet' } }, async (handle) => {
      assert.equal((await handle.describe()).state.paused, true);
      await handle.trigger(context.ScheduleOverlapPolicy.ALLOW_ALL);
      await eventually(async () => (await handle.describe()).info.numActionsTaken === 1, 'triggered');
      await handle.backfill({ start: new Date('2026-01-01T00:30:00Z'), end: new Date('2026-01-01T02:30:00Z'), overlap: 'ALLOW_ALL' });
      await eventually(async () => (await handle.describe()).info.numActionsTaken === 3, 'backfilled twice');
      await handle.unpause('now');
      assert.equal((await handle.describe()).state.note, 'now');
    });
  },

  async updates_lists_and_deletes_a_schedule(context) {
    await withSchedule(context, {}, async (handle, scheduleId) => {
      await handle.update((previous) => ({ ...previous, spec: { calendars: [{ hour: 9, dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' } }], timezone: 'Europe/Berlin' } }));
      const { spec, info } = await handle.describe();
      assert.equal(spec.timezone, 'Europe/Berlin');
      assert.equal(info.nextActionTimes.length, 10);
      await eventually(async () => {
        for await (const one of context.client.schedule.list()) if (one.scheduleId === scheduleId) return true;
        return false;
      }, 'listed');
    });
  },
};
