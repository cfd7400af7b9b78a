// The third column of the conformance suite: the official TypeScript SDK against any server.
//   node suite.js HOST:PORT      prints one JSON line for each behaviour of behaviours.json: {"behaviour", "error"?}
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection, ScheduleOverlapPolicy, WithStartWorkflowOperation } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import * as activities from './activities.js';
import { behaviours } from './behaviours.js';

const address = process.argv[2];
const limitMs = 45_000;

Runtime.install({ logger: new DefaultLogger('ERROR', () => {}) });
const names = JSON.parse(await readFile(new URL('./behaviours.json', import.meta.url), 'utf8'));
const bundle = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflows.js', import.meta.url)), logger: new DefaultLogger('ERROR', () => {}) });
const native = await NativeConnection.connect({ address });
const connection = await Connection.connect({ address });
const taskQueue = `typescript-${process.pid}-${Date.now()}`;
const worker = await Worker.create({ connection: native, namespace: 'default', taskQueue, workflowBundle: bundle, activities });
const context = { client: new Client({ connection }), connection, taskQueue, bundle, ScheduleOverlapPolicy, WithStartWorkflowOperation };

function limited(promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no end after ${limitMs / 1000} s`)), limitMs); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function run(behaviour) {
  try {
    if (!behaviours[behaviour]) throw new Error('no such behaviour in behaviours.js');
    await limited(behaviours[behaviour](context));
    return { behaviour };
  } catch (e) {
    return { behaviour, error: `${e?.stack ?? e}${e?.cause ? `\ncause: ${e.cause.stack ?? e.cause}` : ''}` };
  }
}

await worker.runUntil(Promise.all(names.map(async (behaviour) => {
  console.log(JSON.stringify(await run(behaviour)));
})));
await connection.close();
await native.close();
