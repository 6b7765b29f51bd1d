import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { environmentOf, type Instruction, type Stage, wordsOf } from './read-dockerfile.js';
import type { IsIgnored } from './read-dockerignore.js';

/** A stage laid out in a folder that stands for its file system. */
export type Laid = {
  readonly root: string;
  /** The folder in which its last instruction, and so the program, runs. */
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** Where the pieces come from. */
export type Context = {
  readonly folder: string;
  readonly isIgnored: IsIgnored;
  /** The environment of the `RUN` lines, beneath what the Dockerfile sets. */
  readonly environment: NodeJS.ProcessEnv;
  /** Puts what is at hand into the working directory of a `RUN` line, before it runs. */
  prepare?(command: string, workdir: string): void;
};

/**
 * Carries out the stages in folders under `into`, without containers: `COPY` copies, `RUN` runs in a
 * shell in the folder that stands for the working directory. Resolves with the last stage.
 */
export async function playDockerfile(
  stages: readonly Stage[],
  context: Context,
  into: string,
): Promise<Laid> {
  const laid = new Map<string, Laid>();
  let last: Laid | undefined;
  for (const [index, stage] of stages.entries()) {
    last = await playStage(stage, context, laid, join(into, `stage${index}`));
    laid.set(stage.name ?? String(index), last);
  }
  if (last === undefined) throw new Error('The Dockerfile has no stage.');
  return last;
}

async function playStage(
  stage: Stage,
  context: Context,
  earlier: ReadonlyMap<string, Laid>,
  root: string,
): Promise<Laid> {
  let workdir = root;
  mkdirSync(root, { recursive: true });
  const environment = environmentOf(stage);
  for (const instruction of stage.instructions) {
    if (instruction.name === 'WORKDIR') {
      workdir = join(root, instruction.text);
      mkdirSync(workdir, { recursive: true });
    } else if (instruction.name === 'COPY') {
      copy(instruction, context, earlier, { root, workdir, environment });
    } else if (instruction.name === 'RUN') {
      context.prepare?.(instruction.text, workdir);
      await run(instruction.text, workdir, { ...context.environment, ...environment });
    }
  }
  return { root, workdir, environment };
}

function copy(
  instruction: Instruction,
  { folder, isIgnored }: Context,
  earlier: ReadonlyMap<string, Laid>,
  { root, workdir }: Laid,
): void {
  const words = wordsOf(instruction);
  const to = words.pop() ?? '';
  const target = to.startsWith('/') ? join(root, to) : resolve(workdir, to);
  const { from } = instruction.flags;
  const stage = from === undefined ? undefined : earlier.get(from);
  if (from !== undefined && stage === undefined) throw new Error(`There is no stage ${from}.`);
  for (const word of words) {
    const source = join(stage?.root ?? folder, word);
    const isLeftOut = (path: string): boolean =>
      stage === undefined &&
      path !== folder &&
      isIgnored(relative(folder, path).split(sep).join('/'));
    if (!existsSync(source) || isLeftOut(source)) throw new Error(`There is no ${word} to copy.`);
    const isInto = statSync(source).isFile() && (to.endsWith('/') || words.length > 1);
    cpSync(source, isInto ? join(target, basename(source)) : target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !isLeftOut(path),
    });
  }
}

function run(command: string, workdir: string, environment: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, failed) => {
    const shell = spawn('/bin/sh', ['-c', command], {
      cwd: workdir,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    shell.stdout.on('data', (piece: Buffer) => (said += String(piece)));
    shell.stderr.on('data', (piece: Buffer) => (said += String(piece)));
    shell.on('error', failed);
    shell.on('close', (status) => {
      if (status === 0) done();
      else failed(new Error(`RUN ${command} ended with ${status}:\n${said}`));
    });
  });
}
