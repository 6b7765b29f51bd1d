import { useCallback, useState } from 'react';
import type { FlowGraph } from '../../../engine/edit/flow-graph.js';
import type { Operation } from '../../../engine/edit/operation.js';
import { freeName } from '../../../engine/edit/steps.js';
import type { WayOut } from '../../../engine/edit/ways.js';
import type { StepKind } from '../../../engine/parse/names.js';

/** Where the menu of new steps is open, and the way that one is put on. */
export type AddMenuAt = {
  readonly on?: WayOut;
  readonly at: { readonly x: number; readonly y: number };
};

const STEMS: { readonly [kind in StepKind]: string } = {
  say: 'message',
  collect: 'question',
  set: 'note',
  action: 'act',
  call: 'detour',
  link: 'onward',
  branch: 'choose',
  wait: 'pause',
};

/** The menu of new steps, and what its choice does. */
export function useAddStep({ steps }: FlowGraph, operate: (operation: Operation) => void) {
  const [menu, setMenu] = useState<AddMenuAt>();
  const askToAdd = useCallback((on: WayOut, at: AddMenuAt['at']): void => setMenu({ on, at }), []);
  const add = (kind: StepKind): void => {
    const name = freeName(STEMS[kind], new Set(steps.map(({ id }) => id)));
    const { on } = menu ?? {};
    operate({ type: 'add_step', kind, name, ...(on === undefined ? {} : { on }) });
    setMenu(undefined);
  };
  return { menu, setMenu, askToAdd, add };
}
