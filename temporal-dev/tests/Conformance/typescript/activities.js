// The activities of the third column.
import { activityInfo, CompleteAsyncError, heartbeat, sleep } from '@temporalio/activity';

/** Task tokens of activities that somebody else completes, by workflow id. */
export const tokens = new Map();

export async function greet(name) {
  return `hello ${name}`;
}

export async function failTwice() {
  const { attempt } = activityInfo();
  if (attempt < 3) throw new Error(`attempt ${attempt}`);
  return attempt;
}

export async function hang() {
  heartbeat('alive once');
  await sleep('20s');
}

export async function defer() {
  const info = activityInfo();
  tokens.set(info.workflowExecution.workflowId, info.taskToken);
  throw new CompleteAsyncError();
}
