/** One engine that talks with many people: each turn's replies are its texts, paragraphs apart. */
export type Engine = {
  readonly name: string;
  /** Takes one text of one conversation; its state is read from JSON before and kept as JSON after. */
  turn(conversation: number, text: string): string | Promise<string>;
  /** Bytes of the state kept for a conversation. */
  stateBytes(conversation: number): number;
};

export type Measure = {
  readonly name: string;
  readonly cpuMicrosPerTurn: number;
  readonly turnsPerSecond: number;
  /** Most bytes kept for one conversation during the sign-up. */
  readonly stateBytes: number;
  /** CPU of turns 40 and 41 of the second script over that of turns 8 and 9, the same questions. */
  readonly lateOverEarly: number;
  readonly replies: readonly string[];
  readonly longReplies: readonly string[];
};

const ANSWERS = ['oui', 'Léa', 'lea@exemple.org', '75011', 'Climat', 'oui', '34'] as const;
/** Eight turns: a greeting and seven answers. */
export const SIGN_UP: readonly string[] = ['/start', ...ANSWERS];
/** Forty-one turns in one flow: the answers five times over. */
export const LONG: readonly string[] = [
  '/long',
  ...Array.from({ length: 5 }, () => [...ANSWERS, 'oui']).flat(),
];
const CYCLE = ANSWERS.length + 1;
/** Conversations that warm the engine up, and those of the long script. */
const WARM = 300;
const LONG_CONVERSATIONS = 200;
/** The long script is repeated until its two windows took this much CPU. */
const LONG_CPU_MICROS = 1_000_000;

/** Measures an engine in this process: `conversations` of them, turn by turn, interleaved. */
export async function measure(engine: Engine, conversations: number): Promise<Measure> {
  let next = 0;
  const block = (size: number): number => {
    next += size;
    return next - size;
  };
  await talk(engine, SIGN_UP, block(WARM), WARM);
  const start = performance.now();
  const signUp = await talk(engine, SIGN_UP, block(conversations), conversations);
  const seconds = (performance.now() - start) / 1_000;

  let early = 0;
  let late = 0;
  const long = await talk(engine, LONG, block(LONG_CONVERSATIONS), LONG_CONVERSATIONS);
  while (early + late < LONG_CPU_MICROS) {
    const { cpuMicros } = await talk(engine, LONG, block(LONG_CONVERSATIONS), LONG_CONVERSATIONS);
    early += sum(cpuMicros.slice(CYCLE - 1, CYCLE + 1));
    late += sum(cpuMicros.slice(-2));
  }
  const turns = SIGN_UP.length * conversations;
  return {
    name: engine.name,
    cpuMicrosPerTurn: sum(signUp.cpuMicros) / turns,
    turnsPerSecond: turns / seconds,
    stateBytes: Math.max(...signUp.stateBytes),
    lateOverEarly: late / early,
    replies: signUp.replies,
    longReplies: long.replies,
  };
}

type Talk = {
  /** CPU of each turn of the script, over all conversations. */
  readonly cpuMicros: readonly number[];
  readonly stateBytes: readonly number[];
  readonly replies: readonly string[];
};

async function talk(
  engine: Engine,
  script: readonly string[],
  first: number,
  conversations: number,
): Promise<Talk> {
  const cpuMicros: number[] = [];
  const stateBytes: number[] = [];
  const replies: string[] = [];
  for (const text of script) {
    const heard: string[] = [];
    const before = process.cpuUsage();
    for (let index = 0; index < conversations; index += 1) {
      heard.push(await engine.turn(first + index, text));
    }
    const { user, system } = process.cpuUsage(before);
    cpuMicros.push(user + system);
    const [reply = ''] = heard;
    if (heard.some((other) => other !== reply)) {
      throw new Error(`${engine.name} answered the same text in two ways`);
    }
    replies.push(reply);
    stateBytes.push(engine.stateBytes(first));
  }
  return { cpuMicros, stateBytes, replies };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Measures as the process of one engine: the result goes to standard output as JSON. */
export async function runAsProcess(engine: Engine): Promise<void> {
  const conversations = Number(process.argv[2]);
  process.stdout.write(JSON.stringify(await measure(engine, conversations)));
}
