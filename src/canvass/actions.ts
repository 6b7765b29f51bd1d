import type { ActionDeclaration } from '../engine/action.js';

const DOOR = { door: { type: 'text' } } as const;

/** What flows can ask of the canvassing domain; `left` counts the doors still to do, the next among them. */
export const CANVASS_ACTIONS: readonly ActionDeclaration[] = [
  // The turf that the volunteer has under way, one kept for them, else the first free one: `given`; or
  // `none` is free, the team was `asked` whether they may canvass, or said no: `declined`.
  {
    name: 'canvass.take_turf',
    keeps: 'canvassing',
    arguments: {},
    result: { state: 'text', turf: 'text', left: 'number' },
  },
  // Without a `door` when nothing is left for them.
  {
    name: 'canvass.next_door',
    arguments: {},
    result: { door: 'text', address: 'text', note: 'text', map: 'text', left: 'number' },
  },
  // `result` is one of the nine of a visit; `support_level` (1 to 5) only goes with `canvassed`.
  {
    name: 'canvass.report',
    keeps: 'canvassing',
    arguments: {
      ...DOOR,
      result: { type: 'text' },
      support_level: { type: 'number', optional: true },
      note: { type: 'text', optional: true },
    },
    result: { left: 'number' },
  },
  // What a text means at a door, nothing of it kept: `result`, `doors`, `unclear`, `moved`, `noted`,
  // `other` for a wish such as to undo, else `words`.
  {
    name: 'canvass.read',
    arguments: { ...DOOR, text: { type: 'text' } },
    result: { kind: 'text', echo: 'text', count: 'number', reading: 'text', level: 'number' },
  },
  // Keeps the `reading` of shorthand.
  {
    name: 'canvass.report_many',
    keeps: 'canvassing',
    arguments: { reading: { type: 'text' } },
    result: { left: 'number', count: 'number' },
  },
  {
    name: 'canvass.note',
    keeps: 'canvassing',
    arguments: { ...DOOR, text: { type: 'text' } },
    result: { kept: 'boolean' },
  },
  // This door comes again when the others are done.
  { name: 'canvass.skip', keeps: 'canvassing', arguments: DOOR, result: { left: 'number' } },
  // The page of a code that leads whoever is at the door to a chat of their own.
  { name: 'canvass.invite', arguments: DOOR, result: { url: 'text' } },
  // All that the last act reported is taken back; its first door is the next again.
  { name: 'canvass.undo', arguments: {}, result: { address: 'text', doors: 'number' } },
  { name: 'canvass.pause', keeps: 'canvassing', arguments: {}, result: { left: 'number' } },
  // Today's, in numbers.
  {
    name: 'canvass.summary',
    arguments: {},
    result: { doors: 'number', talked: 'number', minutes: 'number' },
  },
  // Tells the leader of the turf at once; `walking` is false for whoever walks none.
  {
    name: 'canvass.call_help',
    keeps: 'canvassing',
    arguments: {},
    result: { walking: 'boolean', told: 'boolean' },
  },
  // For that leader: who called last, and where.
  {
    name: 'canvass.help_called',
    arguments: {},
    result: { turf: 'text', map: 'text', at: 'date', name: 'text', phone: 'text', address: 'text' },
  },
  // For a leader: what an outing on a turf of theirs came to, each once.
  {
    name: 'canvass.outing_news',
    arguments: {},
    result: {
      turf: 'text',
      name: 'text',
      doors: 'number',
      talked: 'number',
      supporters: 'number',
      minutes: 'number',
      left: 'number',
    },
  },
  // For a volunteer: a turf that staff keep for them, or took back, each once; `kind` says which.
  {
    name: 'canvass.turf_news',
    arguments: {},
    result: { kind: 'text', turf: 'text', doors: 'number' },
  },
];
