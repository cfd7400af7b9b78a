// The workflows of the third column. They run in the SDK's sandbox: nothing of Node.js is here.
import {
  CancellationScope, ChildWorkflowCancellationType, condition, continueAsNew, defineQuery, defineSignal, defineUpdate, executeChild, getExternalWorkflowHandle,
  isCancellation, patched, proxyActivities, proxyLocalActivities, setHandler, sleep, upsertMemo, upsertSearchAttributes, workflowInfo, ApplicationFailure,
} from '@temporalio/workflow';

const act = proxyActivities({ startToCloseTimeout: '30s', retry: { initialInterval: '20ms' } });
const once = proxyActivities({ startToCloseTimeout: '30s', heartbeatTimeout: '1s', retry: { maximumAttempts: 1 } });
const local = proxyLocalActivities({ startToCloseTimeout: '10s' });

export const add = defineSignal('add');
export const total = defineQuery('total');
export const change = defineUpdate('change');

export async function greet(name) {
  return act.greet(name);
}

export async function unreliable() {
  return act.failTwice();
}

export async function failing() {
  throw ApplicationFailure.nonRetryable('no money', 'InsufficientFunds', { missing: 5 });
}

export async function hanging() {
  try {
    return await once.hang();
  } catch (e) {
    return e.cause?.timeoutType ?? String(e);
  }
}

export async function compensating() {
  try {
    await sleep('1 hour');
    return 'slept';
  } catch (e) {
    if (!isCancellation(e)) throw e;
    return CancellationScope.nonCancellable(() => act.greet('undone'));
  }
}

export async function deferred() {
  return act.defer();
}

export async function timing() {
  const held = await condition(() => false, '100ms');
  const first = await Promise.race([sleep(50).then(() => 'short'), sleep(5000).then(() => 'long')]);
  return [held, first];
}

export async function counting(limit) {
  let sum = 0;
  setHandler(add, (n) => { sum += n; });
  setHandler(total, () => sum);
  setHandler(
    change,
    async (n) => { await sleep(10); sum += n; return sum; },
    { validator: (n) => { if (n < 0) throw ApplicationFailure.nonRetryable('must not be negative'); } },
  );
  await condition(() => sum >= limit);
  return sum;
}

export async function parent() {
  const results = await Promise.all([executeChild(greet, { args: ['a'] }), executeChild(greet, { args: ['b'] })]);
  try {
    await executeChild(failing, { cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED });
  } catch (e) {
    results.push(e.cause.message);
  }
  return results;
}

export async function meddling(id) {
  await getExternalWorkflowHandle(id).signal(add, 1);
  await getExternalWorkflowHandle(id).cancel();
}

export async function continuing(n) {
  if (n > 0) await continueAsNew(n - 1);
  return workflowInfo().continuedFromExecutionRunId !== undefined;
}

export async function patching() {
  return patched('new-way') ? 'new' : 'old';
}

export async function localOne() {
  return local.greet('local');
}

export async function described() {
  upsertMemo({ added: 2 });
  upsertSearchAttributes({ TestInt: [42] });
  return workflowInfo().memo.given;
}

export async function waiting() {
  await condition(() => false);
}
