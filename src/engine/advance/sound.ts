import type { Event } from '../event.js';
import { isObject } from '../json.js';
import type { Frame, Session } from '../session.js';

/** Furthest instant a date can have from 1970, in milliseconds (ECMA-262 §21.4.1.1). */
const FURTHEST_MS = 8.64e15;

/** Whether a session read from a store has the shape that `advance` writes. */
export function isSoundSession(session: Session): boolean {
  if (!isObject(session)) return false;
  const { turn, frames, tapped, expired, offered }: Unsure<Session> = session;
  return (
    Number.isSafeInteger(turn) &&
    isList(frames, isFrame) &&
    (expired === undefined || isList(expired, isFrame)) &&
    (offered === undefined || isOffer(offered)) &&
    (tapped === undefined || (Array.isArray(tapped) && isTime(tapped[2])))
  );
}

/** A session as sound as can be made of one that is not: nothing under way, turns still counted. */
export function mended(session: unknown): Session {
  const turn = isObject(session) ? session['turn'] : 0;
  return { turn: typeof turn === 'number' && Number.isSafeInteger(turn) ? turn : 0, frames: [] };
}

/** Whether an event has the shape of its type, and an instant that a calendar can show. */
export function isSoundEvent(event: Event): boolean {
  if (!isObject(event)) return false;
  const { at, channel }: Unsure<Event> = event;
  return isTime(at) && typeof channel === 'string' && hasItsParts(event);
}

type Unsure<Known> = { readonly [Key in keyof Known]?: unknown };

function hasItsParts(event: Event): boolean {
  switch (event.type) {
    case 'opened':
    case 'elapsed':
    case 'edited':
      return true;
    case 'sent':
      return isText(event.media) && isOptional(event.id, isText) && isOptional(event.also, isFiles);
    case 'shared':
      return 'location' in event ? isLocation(event.location) : isContact(event.contact);
    case 'said':
      return (
        typeof event.text === 'string' &&
        isOptional(event.guesses, isTexts) &&
        isOptional(event.files, isFiles)
      );
    case 'chose':
      return Number.isInteger(event.turn) && isList(event.values, isText);
    case 'returned':
      return typeof event.effect === 'string' && isOptional(event.result, isObject);
    case 'started':
      return typeof event.flow === 'string';
    default:
      event satisfies never;
      return false;
  }
}

function isFiles(value: unknown): boolean {
  return isList(value, (file) => isObject(file) && isText(file['media']) && isText(file['id']));
}

function isFrame(value: unknown): value is Frame {
  if (!isObject(value)) return false;
  const { flow, version, step, answers, vars, asked, tries, over, awaits }: Unsure<Frame> = value;
  return (
    isText(flow) &&
    isText(version) &&
    isText(step) &&
    isObject(answers) &&
    isOptional(vars, isObject) &&
    isOptional(asked, isTime) &&
    isOptional(tries, isTime) &&
    isOptional(awaits, isText) &&
    (over === undefined || over === 'call' || over === 'digression') &&
    isOptional(value['remindAt'], isTime) &&
    isOptional(value['expireAt'], isTime) &&
    isOptional(value['until'], isTime)
  );
}

function isLocation(value: unknown): boolean {
  return isObject(value) && isFinite(value['lat']) && isFinite(value['lon']);
}

function isContact(value: unknown): boolean {
  return isObject(value) && isText(value['phone']) && isOptional(value['name'], isText);
}

function isFinite(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isOffer(value: unknown): boolean {
  return Array.isArray(value) && isTime(value[0]) && value.slice(1).every(isText);
}

function isOptional(value: unknown, is: (known: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isList(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isTexts(value: unknown): boolean {
  return isList(value, isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FURTHEST_MS;
}
