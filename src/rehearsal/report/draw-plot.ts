const WIDTH = 860;
const HEIGHT = 260;
const LEFT = 62;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 34;

/** A plot over the seconds of a rehearsal. */
export type Plot = {
  readonly title: string;
  readonly seconds: number;
  /** `name` is one of the colours of the page; points are seconds and values. */
  readonly lines: readonly {
    readonly name: string;
    readonly isPlanned?: boolean;
    readonly points: readonly (readonly [seconds: number, value: number])[];
  }[];
  /** When something was away. */
  readonly aways: readonly { readonly from: number; readonly until: number; readonly of: string }[];
};

/** Draws a plot as SVG that needs nothing else; its colours are those of the page. */
export function drawPlot({ title, seconds, lines, aways }: Plot): string {
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const top = roundUp(most);
  const x = (at: number): string => (LEFT + (at / seconds) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string =>
    (HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const rows = [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
  const columns = Array.from({ length: 6 }, (_, index) => (index / 5) * seconds);
  const parts = [
    ...aways.map(({ from, until, of }) => {
      const left = x(Math.max(0, from));
      const width = Math.max(1.5, Number(x(Math.min(seconds, until))) - Number(left)).toFixed(1);
      const height = HEIGHT - TOP - BOTTOM;
      return `<rect class="away" x="${left}" y="${TOP}" width="${width}" height="${height}"><title>${of}</title></rect>`;
    }),
    ...rows.map(
      (value) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/><text class="end" x="${LEFT - 8}" y="${y(value)}" dy="4">${short(value)}</text>`,
    ),
    ...columns.map(
      (at) => `<text class="middle" x="${x(at)}" y="${HEIGHT - 12}">${short(at)} s</text>`,
    ),
    ...lines.map(({ name, isPlanned, points }) => {
      const path = points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ');
      return `<polyline class="${name}${isPlanned === true ? ' planned' : ''}" points="${path}"/>`;
    }),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${parts.join('')}</svg>`;
}

/** A round number that is no less. */
function roundUp(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  const [factor = 10] = [1, 2, 4, 5, 8, 10].filter((one) => one * size >= value);
  return factor * size;
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
}
