import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the canvassing domain; `left` counts the doors still to do, the next among them. */
export const CANVASS_ACTIONS: readonly ActionDeclaration[] = [
  // The turf that the volunteer has under way, else the nearest free one; none is free when `left` is 0.
  { name: 'canvass.take_turf', arguments: {}, result: { turf: 'text', left: 'number' } },
  // Without a `door` when the turf is done.
  {
    name: 'canvass.next_door',
    arguments: {},
    result: { door: 'text', address: 'text', left: 'number' },
  },
  // `result` is one of the nine of a visit; `support_level` (1 to 5) and `note` only go with `canvassed`.
  {
    name: 'canvass.report',
    arguments: {
      door: { type: 'text' },
      result: { type: 'text' },
      support_level: { type: 'number', optional: true },
      note: { type: 'text', optional: true },
    },
    result: { left: 'number' },
  },
  // The door whose report was taken back is the next again.
  { name: 'canvass.undo', arguments: {}, result: { address: 'text' } },
];
