/** A line on standard error that says how far something is; nothing where that is no terminal. */
export type ProgressBar = {
  show(share: number, what: string): void;
  /** Takes the line away. */
  end(): void;
};

const WIDTH = 30;
/** Milliseconds between two drawings. */
const EVERY = 100;

/** Opens a bar. */
export function openProgressBar(): ProgressBar {
  const { stderr } = process;
  let drawn = -Infinity;
  return {
    show(share, what) {
      if (!stderr.isTTY || performance.now() - drawn < EVERY) return;
      drawn = performance.now();
      const full = Math.round(Math.min(1, share) * WIDTH);
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
      stderr.write(`\r\u001b[K${bar} ${Math.floor(Math.min(1, share) * 100)} %  ${what}`);
    },
    end() {
      if (stderr.isTTY && drawn > 0) stderr.write('\r\u001b[K');
    },
  };
}
