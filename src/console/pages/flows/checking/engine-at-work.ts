import type { ActionDeclaration } from '../../../../engine/action.js';
import { examine, type Examined, type Sources } from '../../../../engine/compile.js';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import { createLibrary } from '../../../../engine/library.js';
import { nameOf } from '../../../../engine/parse/locales.js';
import { runTranscript, writeTranscript, type Transcript } from '../../../../engine/transcript.js';
import type { FlowSurroundings } from '../../../../staff/api.js';
import { layOut } from './lay-out.js';
import type { Answer, Move, Opening, Played, PlayedMove, Question } from './protocol.js';

/** What answers the questions of an editor; it knows the rest of the campaign once it was told. */
export function createEngineAtWork(): (question: Question) => Answer {
  let around: FlowSurroundings | undefined;
  let last: { readonly texts: FlowTexts; readonly examined: Examined } | undefined;

  /** Looks at the flow among the others, once for each state of its texts. */
  const look = (texts: FlowTexts): Examined | undefined => {
    if (around === undefined) return undefined;
    if (last !== undefined && isSame(last.texts, texts)) return last.examined;
    const examined = examine(sourcesWith(around, texts), declared(around));
    last = { texts, examined };
    return examined;
  };

  return (question) => {
    const { id } = question;
    switch (question.type) {
      case 'surround':
        around = question.surroundings;
        last = undefined;
        return { id, type: 'surrounded' };
      case 'check': {
        const { flow, words } = question.texts;
        const own = new Set([flow.path, ...words.map(({ path }) => path)]);
        const found = look(question.texts)?.problems ?? [];
        return { id, type: 'checked', problems: found.filter(({ file }) => own.has(file)) };
      }
      case 'lay_out':
        return { id, type: 'laid_out', places: layOut(question.boxes) };
      case 'play': {
        const { texts, opening, title, moves } = question;
        const examined = look(texts);
        const { name } = nameOf(texts.flow.path);
        if (examined === undefined || !examined.sound.includes(name))
          return { id, type: 'unsound' };
        return { id, type: 'played', played: play(examined, name, { opening, title, moves }) };
      }
      default:
        return question satisfies never;
    }
  };
}

function isSame(one: FlowTexts, other: FlowTexts): boolean {
  return (
    one.flow.text === other.flow.text &&
    one.words.length === other.words.length &&
    one.words.every(({ path, text }, at) => {
      const twin = other.words[at];
      return twin?.path === path && twin.text === text;
    })
  );
}

/** The campaign's files with the flow's in place of those under its name. */
function sourcesWith(around: FlowSurroundings, { flow, words }: FlowTexts): Sources {
  const { name } = nameOf(flow.path);
  const isOther = ({ path }: { readonly path: string }): boolean => nameOf(path).name !== name;
  return {
    ...(around.campaign === undefined ? {} : { campaign: around.campaign }),
    flows: [...around.flows.filter(isOther), flow],
    locales: [...around.locales.filter(isOther), ...words],
    shipped: around.shipped,
    segments: around.segments,
  };
}

function declared({ actions }: FlowSurroundings): readonly ActionDeclaration[] {
  return actions;
}

function play(
  examined: Examined,
  name: string,
  { opening, title, moves }: { opening: Opening; title: string; moves: readonly Move[] },
): Played {
  const compiled = examined.make();
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const { language, at, channel, supporter, consents } = opening;
  const transcript: Transcript = {
    title,
    flow: name,
    locale: language,
    at,
    channel,
    ...(Object.keys(supporter).length === 0 ? {} : { supporter }),
    ...(Object.keys(consents).length === 0 ? {} : { consents }),
    turns: moves.map(({ they, ends }) => ({ they, do: ends, we: [] })),
  };
  const { turns, simulation, recorded } = runTranscript(library, compiled.rules, transcript);
  const waits = simulation.session.frames.at(-1)?.awaits !== undefined;
  return {
    moves: turns.map(({ do: done, we }, index): PlayedMove => {
      const last = done.at(-1);
      const isLast = index === turns.length - 1;
      return {
        done,
        ...(isLast && waits && last !== undefined ? { awaits: last } : {}),
        said: we.map(({ flow, key, text, question }) => ({
          flow,
          key,
          text,
          ...(question === undefined
            ? {}
            : {
                buttons: question.options,
                isMultiple: question.multiple !== undefined,
                ...(question.skip === undefined ? {} : { skip: question.skip }),
              }),
        })),
      };
    }),
    standing: simulation.session.frames.map(({ flow, step }) => ({ flow, step })),
    now: simulation.now,
    knows: simulation.supporter.profile,
    consents: simulation.supporter.consents,
    transcript: writeTranscript(recorded),
  };
}
