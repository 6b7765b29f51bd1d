import type { Command } from 'commander';
import { addCanvassRoute } from './canvass-route.js';

/** `portevoix canvass …`: where to knock, who walks where, in which order. */
export function addCanvass(program: Command): void {
  const canvass = program.command('canvass').description('from door to door: turfs and walk lists');
  addCanvassRoute(canvass);
}
