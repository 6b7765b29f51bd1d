import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The program's own libraries: the clients bring older ones with them. */
export const requireOurs = createRequire(path.resolve('package.json'));
const { parse } = requireOurs('yaml');

/** The server under check. */
export const server = `${process.env.PORTEVOIX_URL}/directline/v3/directline`;

/** The words of the sample flow, in French. */
export const words = parse(
  readFileSync(path.resolve(process.env.LOCALES_DIR ?? 'locales', 'fr/welcome.yaml'), 'utf8'),
);

/** The answers of a supporter who mistypes the e-mail first, by what is asked for. */
const ANSWERS = {
  yes_no: ['button'],
  email: ['pas-une-adresse', 'lea@exemple.org'],
  choices: ['button'],
  postal_code: ['75011'],
};

/** A supporter who answers each question of the sample flow, whatever the client. */
export function createSupporter() {
  const tries = new Map();
  const unasked = new Set(Object.keys(ANSWERS));
  return {
    /**
     * What to do about a message of ours: press a button, type words, nothing when it asks nothing;
     * `over` when everything was asked and this asks no more.
     */
    answer({ channelData, suggestedActions }) {
      const question = channelData?.portevoix;
      if (question === undefined) return { over: unasked.size === 0 };
      unasked.delete(question.answer);
      const tried = tries.get(question.turn) ?? 0;
      tries.set(question.turn, tried + 1);
      const answer = ANSWERS[question.answer]?.[tried];
      if (answer === undefined)
        throw new Error(`No answer to ${question.answer}, try ${tried + 1}.`);
      return answer === 'button' ? { press: suggestedActions.actions[0] } : { type: answer };
    },
  };
}
