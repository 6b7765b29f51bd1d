import type { DrawnStep } from '../../../engine/edit/flow-graph.js';
import type { IconName } from '../../ui/icon.js';

/** The drawing of each kind of step. */
export const KIND_ICONS: Readonly<Record<DrawnStep['kind'], IconName>> = {
  say: 'post',
  collect: 'question',
  branch: 'branch',
  action: 'bolt',
  set: 'tag',
  call: 'detour',
  link: 'external',
  wait: 'clock',
  broken: 'alert',
};
