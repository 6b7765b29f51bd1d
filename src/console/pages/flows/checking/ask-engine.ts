import { url } from './worker.js?worker';
import type { Answer, Question } from './protocol.js';

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never;

/** The engine in a program beside the page. */
export type EngineBeside = {
  ask(question: Asked): Promise<Answer>;
  /**
   * The same for questions of which only the newest counts, by their type: while one is being answered,
   * others wait, and all but the last of them are answered with `undefined`.
   */
  askLatest(question: Asked): Promise<Answer | undefined>;
  stop(): void;
};

/** Starts it. */
export function startEngine(): EngineBeside {
  const worker = new Worker(url, { type: 'module' });
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  const ask = (question: Asked): Promise<Answer> => {
    count += 1;
    const id = count;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      // A worker has no origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage({ ...question, id });
    });
  };
  type Turn = { next?: { readonly question: Asked; readonly resolve: (answer?: Answer) => void } };
  const turns = new Map<string, Turn>();
  const run = async (type: string, question: Asked): Promise<Answer> => {
    const answer = await ask(question);
    const next = turns.get(type)?.next;
    turns.delete(type);
    if (next !== undefined) {
      turns.set(type, {});
      void run(type, next.question).then(next.resolve);
    }
    return answer;
  };
  return {
    ask,
    askLatest(question) {
      const turn = turns.get(question.type);
      if (turn === undefined) {
        turns.set(question.type, {});
        return run(question.type, question);
      }
      turn.next?.resolve(undefined);
      return new Promise((resolve) => {
        turn.next = { question, resolve };
      });
    },
    stop: () => worker.terminate(),
  };
}
