import { default as Sequencer } from '@jest/test-sequencer';

/** Files that take longest, first: a fresh clone remembers no durations, and sizes tell little. */
const LONGEST = [
  'program/kill-nine',
  'program/telegram',
  'program/',
  'packaging/image',
  'engine/mutations/',
  'cli/',
  'supporters/privacy/erase-supporter',
  'conversation/library',
  'conversation/hold-for-staff',
  'docs/',
  'browser/',
  'store/embedded/crash',
  'store/embedded/owner',
  'supporters/merge/',
  'conversation/publish/',
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
