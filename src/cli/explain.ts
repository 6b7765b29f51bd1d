import { SettingsError } from '../config.js';
import { CsvFault } from '../csv/csv-fault.js';
import { FlowsError } from '../conversation/flows-error.js';
import { formatProblem, type Problem } from '../engine/problem.js';
import { errorCode } from '../error-code.js';
import { BackupFault } from '../store/backup/backup-fault.js';
import { Refusal } from './refusal.js';

/** A sentence for the operator where the cause is known; the stack where it is not. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isKnown = [SettingsError, FlowsError, CsvFault, BackupFault, Refusal].some(
    (known) => error instanceof known,
  );
  if (isKnown) return error.message;
  if (errorCode(error) === 'EADDRINUSE') {
    return 'The address is taken by another program: stop it, or set PORT to another number.';
  }
  if (errorCode(error) === 'EACCES') {
    return 'This account may not use that port or folder: set PORT to 1024 or more, and check DATA_DIR.';
  }
  return error.stack ?? error.message;
}

/** Why the flows cannot be used, every problem on its line. */
export function explainFlows(problems: readonly Problem[]): string {
  return [
    'No sound flow starts a conversation (`starts_on: - command: start`).',
    ...problems.map((problem) => formatProblem(problem)),
  ].join('\n');
}
