import { setTimeout } from 'node:timers/promises';
import type { Call } from './call.js';
import type { Collection } from './catalog.js';
import { writeChanges, type Change } from './changes.js';
import type { Engine } from './engine.js';
import { CommandError } from './query/command-error.js';
import type { Doc } from './query/values.js';
import { HeldByTransaction, writeConflict } from './refusal.js';
import type { Attempt } from './replies.js';
import type { View } from './views.js';

/** What a statement writes with, in a commit or in a transaction. */
export type Writer = {
  view: View;
  find(namespace: string): Collection | undefined;
  /** The collection, made when it is missing. */
  need(namespace: string): Collection;
  /** Writes one document and its index keys; throws before anything is written, or not at all. */
  write(change: Change): void;
};

/** One statement of a write command: what it did, as the reply's parts. */
export type Statement = (writer: Writer) => Doc;

/** What became of one statement. */
export type Outcome = { type: 'written'; result: Doc } | { type: 'refused'; error: CommandError };

// How long a write waits for a transaction that holds its document.
const PATIENCE_MS = 5_000;

/**
 * Carries out statements in order, as many as possible in one commit, and answers from what is kept
 * when the client repeats itself. Ordered: stops after the first refusal.
 */
export async function runStatements(
  call: Call,
  statements: readonly Statement[],
  ordered: boolean,
): Promise<Outcome[]> {
  const { engine, transaction } = call;
  if (transaction) {
    const writer = transactionWriter(engine, transaction);
    const { outcomes, held } = carryOut(writer, statements, ordered, new Map());
    if (held) throw writeConflict();
    refuseConflicts(outcomes);
    if (outcomes.some(isRefused)) engine.sessions.end(transaction.attempt.session);
    return outcomes;
  }
  const writer = commitWriter(engine);
  const patience = performance.now() + PATIENCE_MS;
  let known = new Map<number, Outcome>();
  for (;;) {
    const started: ReadonlyMap<number, Outcome> = known;
    const { outcomes, held, next } = await engine.commits.run(() => {
      const kept = call.attempt ? readKept(engine, call.attempt) : new Map<number, Doc>();
      const progress = carryOut(writer, statements, ordered, answered(started, kept));
      if (call.attempt) keepResults(engine, call.attempt, progress.outcomes, call.now);
      return progress;
    });
    if (!held) return outcomes;
    known = new Map(outcomes.entries());
    if (!(await waitFor(held, patience, call.deadline))) {
      outcomes.push({ type: 'refused', error: writeConflict() });
      if (ordered || next >= statements.length) return outcomes;
      known = new Map(outcomes.entries());
    }
  }
}

/** Runs one piece of work in a commit, or in the transaction, waiting for documents that are held. */
export async function runWrite<T>(call: Call, work: (writer: Writer) => T): Promise<T> {
  const { engine, transaction } = call;
  if (transaction) return work(transactionWriter(engine, transaction));
  const writer = commitWriter(engine);
  const patience = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await engine.commits.run(() => work(writer));
    } catch (error) {
      if (!(error instanceof HeldByTransaction)) throw error;
      if (!(await waitFor(error, patience, call.deadline))) throw writeConflict();
    }
  }
}

/**
 * Carries out steps in order, in one commit unless a document is held by a transaction; what a step
 * returns runs once the step is on disk. Throws the first refusal; the steps before it stay done.
 */
export async function runSteps<T>(
  call: Call,
  items: readonly T[],
  step: (writer: Writer, item: T) => () => void,
): Promise<void> {
  let next = 0;
  const patience = performance.now() + PATIENCE_MS;
  while (next < items.length) {
    const rest = items.slice(next);
    const { settled, stop } = await runWrite(call, (writer) => stepThrough(writer, rest, step));
    for (const settle of settled) settle();
    next += settled.length;
    if (!stop) return;
    if (!(stop instanceof HeldByTransaction)) throw stop;
    if (call.transaction || !(await waitFor(stop, patience, call.deadline))) throw writeConflict();
  }
}

function stepThrough<T>(
  writer: Writer,
  items: readonly T[],
  step: (writer: Writer, item: T) => () => void,
): { settled: Array<() => void>; stop: CommandError | HeldByTransaction | undefined } {
  const settled: Array<() => void> = [];
  for (const item of items) {
    try {
      settled.push(step(writer, item));
    } catch (error) {
      if (error instanceof HeldByTransaction || error instanceof CommandError) {
        return { settled, stop: error };
      }
      throw error;
    }
  }
  return { settled, stop: undefined };
}

type Progress = { outcomes: Outcome[]; held: HeldByTransaction | undefined; next: number };

function carryOut(
  writer: Writer,
  statements: readonly Statement[],
  ordered: boolean,
  known: ReadonlyMap<number, Outcome>,
): Progress {
  const outcomes: Outcome[] = [];
  for (const [at, statement] of statements.entries()) {
    const before = known.get(at);
    try {
      outcomes.push(before ?? { type: 'written', result: statement(writer) });
    } catch (error) {
      if (error instanceof HeldByTransaction) return { outcomes, held: error, next: at };
      if (!(error instanceof CommandError)) throw error;
      outcomes.push({ type: 'refused', error });
    }
    const last = outcomes[at];
    if (ordered && last && isRefused(last)) break;
  }
  return { outcomes, held: undefined, next: outcomes.length };
}

async function waitFor(
  held: HeldByTransaction,
  patience: number,
  deadline: number | undefined,
): Promise<boolean> {
  const left = Math.min(patience, deadline ?? patience) - performance.now();
  if (left <= 0) return false;
  const over = new AbortController();
  const timeout = setTimeout(left, false, { signal: over.signal }).catch(() => false);
  const ended = await Promise.race([held.ended.then(() => true), timeout]);
  over.abort();
  return ended;
}

/** Writes straight to the store; only to be used inside a commit. */
export function commitWriter(engine: Engine): Writer {
  const { storage, catalog, live, locks } = engine;
  return {
    view: live,
    find: (namespace) => catalog.find(namespace),
    need: (namespace) => catalog.find(namespace) ?? catalog.add(namespace, {}),
    write(change) {
      locks.refuseHeld(change.collection, change.key);
      writeChanges(storage, catalog, live, [change]);
    },
  };
}

function transactionWriter(
  engine: Engine,
  transaction: { view: View; write(change: Change): void },
): Writer {
  return {
    view: transaction.view,
    find: (namespace) => engine.catalog.find(namespace),
    need(namespace) {
      const collection = engine.catalog.find(namespace);
      if (collection) return collection;
      throw new Error('A collection is made before a transaction writes to it.');
    },
    write: (change) => transaction.write(change),
  };
}

/** Makes sure that a collection exists before a transaction writes to it. */
export async function prepareCollection(call: Call, namespace: string): Promise<void> {
  const { catalog, commits } = call.engine;
  if (!call.transaction || catalog.find(namespace)) return;
  await commits.run(() => catalog.find(namespace) ?? catalog.add(namespace, {}));
}

function answered(
  started: ReadonlyMap<number, Outcome>,
  kept: ReadonlyMap<number, Doc>,
): Map<number, Outcome> {
  const known = new Map(started);
  for (const [at, result] of kept) known.set(at, { type: 'written', result });
  return known;
}

/** What is kept of a retryable write: its results by statement. */
export function readKept(engine: Engine, attempt: Attempt): Map<number, Doc> {
  const kept = engine.replies.read(attempt);
  return kept?.type === 'writes' ? kept.results : new Map<number, Doc>();
}

function keepResults(engine: Engine, attempt: Attempt, outcomes: Outcome[], now: Date): void {
  const results = new Map<number, Doc>();
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.type === 'written') results.set(at, outcome.result);
  }
  if (results.size > 0) engine.replies.keep(attempt, { type: 'writes', results }, now);
}

/** Keeps the result of a retryable write that has one statement; only inside a commit. */
export function keepResult(engine: Engine, attempt: Attempt, result: Doc, now: Date): void {
  engine.replies.keep(attempt, { type: 'writes', results: new Map([[0, result]]) }, now);
}

function isRefused(outcome: Outcome): boolean {
  return outcome.type === 'refused';
}

function refuseConflicts(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.type === 'refused' && endsTransaction(outcome.error)) throw outcome.error;
  }
}

/** Whether an error concerns the whole transaction: then it is the answer, not one of its parts. */
export function endsTransaction(error: CommandError): boolean {
  return error.extra.errorLabels?.includes('TransientTransactionError') === true;
}
