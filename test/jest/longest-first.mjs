import { default as Sequencer } from '@jest/test-sequencer';

/** Files that take longest, first: a fresh clone remembers no durations, and sizes tell little. */
const LONGEST = [
  'program/telegram',
  'packaging/image',
  'program/',
  'browser/console',
  'browser/',
  'supporters/privacy/erase-supporter',
  'cli/',
  'rehearsal/rehearse',
  'conversation/library',
  'outreach/messages/dispatch/',
  'store/backup/',
  'engine/mutations/',
  'staff/roles',
  'store/embedded/crash',
  'store/embedded/owner',
  'conversation/hold-for-staff',
  'volunteers/race',
];

/** Starts the longest files first, so that every core is busy to the end. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((part) => path.replaceAll('\\', '/').includes(`/test/${part}`));
      return at < 0 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
