import type { Flow, Step } from '../flow.js';
import { COMMON, resumeFlow } from './resume-question.js';
import { alert, type Draft, type Turn } from './turn.js';

/** Where a frame stands: its version of the flow, and the step. */
export type Place<Of extends Step = Step> = { readonly flow: Flow; readonly step: Of };

/** Where a frame stands, on the newest version if it has reached a checkpoint; undefined if vanished. */
export function placeOf(turn: Turn, frame: Draft): Place | undefined {
  if (frame.flow === COMMON) return standing(resumeFlow(turn.library), frame.step);
  const place = standing(turn.library.flow(frame.flow, frame.version), frame.step);
  if (place === undefined || !place.step.checkpoint) return place;
  const newest = standing(turn.library.flow(frame.flow), frame.step);
  if (newest?.step.type !== place.step.type) return place;
  frame.version = newest.flow.version;
  return newest;
}

function standing(flow: Flow | undefined, id: string): Place | undefined {
  const step = flow?.byId.get(id);
  return flow === undefined || step === undefined ? undefined : { flow, step };
}

/** A frame at the first step of the newest version of a flow; undefined, with an alert, without one. */
export function frameOf(turn: Turn, name: string, from: string): Draft | undefined {
  const flow = turn.library.flow(name);
  const first = flow?.steps[0];
  if (flow === undefined || first === undefined) {
    alert(turn, 'flow-missing', name, from);
    return undefined;
  }
  return { flow: flow.name, version: flow.version, step: first.id, answers: {} };
}

/** The frame as it reaches another step: no question open, nothing awaited. */
export function movedTo(frame: Draft, step: string): Draft {
  const moved: Draft = {
    flow: frame.flow,
    version: frame.version,
    step,
    answers: frame.answers,
  };
  if (frame.vars !== undefined) moved.vars = frame.vars;
  if (frame.over !== undefined) moved.over = frame.over;
  return moved;
}

/** Whether the frame under way waits for a time or for an action, so that no question is open. */
export function isWaiting(frame: Draft | undefined): boolean {
  return frame?.until !== undefined;
}

/** Whether what the frame waits for is due. */
export function isPast(turn: Turn, frame: Draft): boolean {
  return frame.until === undefined || frame.until <= turn.event.at;
}
