/** One instruction of a Dockerfile, its lines joined, its flags (`--from=build`) taken out. */
export type Instruction = {
  readonly name: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
};

/** What one `FROM` begins. */
export type Stage = {
  readonly name: string | undefined;
  readonly image: string;
  readonly instructions: readonly Instruction[];
};

/** Reads the part of the Dockerfile format that ours uses; throws on anything before `FROM`. */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string | undefined; image: string; instructions: Instruction[] }[] = [];
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  for (const line of lines.join('\n').replace(/\\\n/g, ' ').split('\n')) {
    if (line.trim() === '') continue;
    const instruction = readInstruction(line.trim());
    if (instruction.name === 'FROM') {
      const [image = '', , name] = instruction.text.split(/\s+/);
      stages.push({ name, image, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${instruction.name} stands before FROM.`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** The words of an instruction in either form: a JSON array, or words between spaces. */
export function wordsOf({ text }: Instruction): string[] {
  if (!text.startsWith('[')) return text.split(/\s+/);
  const words: unknown = JSON.parse(text);
  if (!Array.isArray(words)) throw new Error(`Not a list of words: ${text}`);
  return words.map(String);
}

/** The names and values that the `ENV` instructions of a stage set. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions
    .filter(({ name }) => name === 'ENV')
    .flatMap((instruction) => wordsOf(instruction))
    .map((word) => {
      const at = word.indexOf('=');
      return [word.slice(0, at), word.slice(at + 1)];
    });
  return Object.fromEntries(pairs);
}

/** The last instruction of that name in a stage, which is the one that counts. */
export function lastOf({ instructions }: Stage, name: string): Instruction {
  const found = instructions.findLast((instruction) => instruction.name === name);
  if (found === undefined) throw new Error(`The Dockerfile has no ${name}.`);
  return found;
}

/** The program and the words that `HEALTHCHECK` runs in a stage. */
export function healthCommandOf(stage: Stage): string[] {
  const check = lastOf(stage, 'HEALTHCHECK');
  return wordsOf({ ...check, text: check.text.replace(/^CMD /, '') });
}

function readInstruction(line: string): Instruction {
  const [name = '', ...rest] = line.split(/\s+/);
  const flags: Record<string, string> = {};
  while (rest[0]?.startsWith('--')) {
    const [flag = '', value = ''] = (rest.shift() ?? '').slice(2).split('=');
    flags[flag] = value;
  }
  return { name: name.toUpperCase(), flags, text: rest.join(' ') };
}
