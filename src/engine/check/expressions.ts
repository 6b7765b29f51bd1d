import type { ActionDeclaration } from '../action.js';
import type { Campaign } from '../campaign.js';
import {
  compileCel,
  createTypeChecker,
  parseCel,
  type ScopeShape,
  type ValueType,
} from '../cel.js';
import type { Condition, Expression } from '../flow.js';
import type { Draft } from '../parse/draft.js';
import type { Written } from '../parse/read.js';
import { createReport, type Report } from '../parse/report.js';
import { didYouMean } from '../parse/suggest.js';
import { analyse, type Analysis } from './analyse.js';
import { optionsByAnswer, ownShape, sessionVars, sharedShape } from './shape.js';
import { say, type Sentence } from '../sentence.js';

/** An expression that was found right: what it reads, its type, and what runs. */
export type Judged = {
  readonly analysis: Analysis;
  readonly type: ValueType;
  readonly compiled: Expression & Condition;
};

/** The expressions of one flow, judged; those with mistakes are reported and left out. */
export type Expressions = {
  readonly shape: ScopeShape;
  of(written: Written): Judged | undefined;
  /** Segments that they ask for. */
  readonly segments: readonly string[];
};

/** Judges the expressions of flows of one campaign. */
export type Judge = (draft: Draft, report: Report) => Expressions;

/**
 * Creates the judge of a campaign's expressions; `whole` tells whether all of its file was read, and
 * `segments` which there are, where that is known.
 */
export function createJudge(
  campaign: Campaign,
  actions: ReadonlyMap<string, ActionDeclaration>,
  whole = true,
  segments?: readonly string[],
): Judge {
  const shared = sharedShape(campaign, whole);
  const checker = createTypeChecker(shared);
  const parses = new Map<string, ReturnType<typeof parseCel>>();
  const parse = (text: string): ReturnType<typeof parseCel> => {
    const parsed = parses.get(text) ?? parseCel(text);
    parses.set(text, parsed);
    return parsed;
  };

  const judgeWith = (draft: Draft, vars: Readonly<Record<string, ValueType>>) => {
    const own = ownShape(draft, actions, vars);
    const shape: ScopeShape = { ...shared, ...own };
    const options = optionsByAnswer(draft);
    let check: ReturnType<typeof checker.forFlow> | undefined;
    return {
      shape,
      judge: ({ text, place }: Written, report: Report): Judged | undefined => {
        const parsed = parse(text);
        const day = /(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/.exec(withoutTexts(text))?.[0];
        if (day !== undefined) {
          report.error(
            place,
            'cel-type',
            say`"${text}" takes ${day} for a subtraction; write timestamp("${day}T00:00:00Z") for the instant, or '"${day}"' for a text`,
          );
          return undefined;
        }
        if ('problem' in parsed) {
          report.error(
            place,
            'cel-syntax',
            say`"${text}" cannot be read: ${cureFor(text) ?? say`${parsed.problem}; check its brackets, quotes and operators`}`,
          );
          return undefined;
        }
        const analysis = analyse(parsed.node, shape, options);
        for (const { code, sentence } of analysis.mistakes) {
          report.error(place, code, say`in "${text}": ${sentence}`);
        }
        for (const name of segments === undefined ? [] : analysis.segments) {
          if (segments?.includes(name) === true) continue;
          const sentence = say`there is no segment "${name}" yet; ${didYouMean(name, segments ?? [])}`;
          report.warning(place, 'unknown-segment', sentence);
        }
        const refused = analysis.mistakes.some(({ code }) => code !== 'unknown-option');
        if (refused) return undefined;
        check ??= checker.forFlow(own);
        const typed = check(text, analysis.checkEdits);
        if ('problem' in typed) {
          report.error(
            place,
            'cel-type',
            say`"${text}" does not fit together: ${typed.problem}; compare and add values of the same kind`,
          );
          return undefined;
        }
        return {
          analysis,
          type: typed.type,
          compiled: compileCel(text, analysis.runEdits, campaign.timezone),
        };
      },
    };
  };

  return (draft, report) => {
    const names = sessionVars(draft.steps);
    const vars: Record<string, ValueType> = Object.fromEntries(
      [...names].map((name) => [name, 'any']),
    );
    if (names.size > 0) {
      // A value that a flow sets has the type of what it is set to; a first look finds it.
      const { judge } = judgeWith(draft, vars);
      const silent = createReport();
      const found = new Map<string, Set<ValueType>>();
      for (const step of draft.steps) {
        if (step.type !== 'set') continue;
        for (const { path, value } of step.values) {
          const name = path.text.slice('session.'.length);
          if (!path.text.startsWith('session.') || !names.has(name)) continue;
          const type = judge(value, silent)?.type ?? 'any';
          found.set(name, (found.get(name) ?? new Set<ValueType>()).add(type));
        }
      }
      for (const [name, types] of found) {
        const [only] = types;
        if (types.size === 1 && only !== undefined) vars[name] = only;
      }
    }
    const { shape, judge } = judgeWith(draft, vars);
    const judged = new Map<Written, Judged | undefined>();
    for (const written of writtenIn(draft)) judged.set(written, judge(written, report));
    for (const written of conditionsIn(draft)) {
      const one = judged.get(written);
      if (one === undefined || one.type === 'boolean' || one.type === 'any') continue;
      report.error(
        written.place,
        'cel-type',
        say`"${written.text}" is a ${one.type}, not a yes or no; compare it with something, or ask \`has(…)\``,
      );
      judged.set(written, undefined);
    }
    const asked = [...judged.values()].flatMap((one) => one?.analysis.segments ?? []);
    return { shape, of: (written) => judged.get(written), segments: [...new Set(asked)] };
  };
}

/** An expression with nothing in the texts it quotes. */
function withoutTexts(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'/g, '""');
}

/** How to mend what people write most in an expression that does not parse. */
function cureFor(text: string): Sentence | undefined {
  const bare = withoutTexts(text);
  if (/[“”„«»‘’‹›]/.test(bare)) {
    return say`write straight quotes (" or ') in place of those of a text processor`;
  }
  if (/(?<![=!<>])=(?![=])/.test(bare)) return say`write == to compare`;
  return /\b(?:and|or|not|et|ou)\b/i.test(bare)
    ? say`write && for "and", || for "or", ! for "not"`
    : undefined;
}

function conditionsIn(draft: Draft): readonly Written[] {
  return draft.steps.flatMap((step) =>
    (step.next ?? []).flatMap(({ when }) => (when === undefined ? [] : [when])),
  );
}

function writtenIn(draft: Draft): readonly Written[] {
  const values = draft.steps.flatMap((step) => {
    if (step.type === 'set') return step.values.map(({ value }) => value);
    if (step.type === 'action') return step.with.map(({ value }) => value);
    if (step.type === 'wait' && step.wait.type === 'until') return [step.wait.instant];
    return [];
  });
  return [...conditionsIn(draft), ...values];
}
