import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the canvassing domain; `left` counts the doors still to do. */
export const CANVASS_ACTIONS: readonly ActionDeclaration[] = [
  { name: 'canvass.take_turf', arguments: {}, result: { turf: 'text', left: 'number' } },
  {
    name: 'canvass.next_door',
    arguments: {},
    result: { door: 'text', address: 'text', left: 'number' },
  },
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
  { name: 'canvass.undo', arguments: {}, result: { address: 'text' } },
];
