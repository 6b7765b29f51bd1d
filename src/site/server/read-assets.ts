import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file to send, with the forms a browser may accept instead. */
export type Encoded = {
  readonly plain: Buffer;
  readonly gz?: Buffer;
  readonly br?: Buffer;
};

export type Assets = {
  /** Name of the widget with its hash. */
  readonly widget: string;
  /** What is served below `/site/`, by name. */
  readonly files: ReadonlyMap<string, Encoded>;
  /** The program of `embed.js`, which the campaign's settings are put before. */
  readonly embed: string;
};

/** Reads the folder that `scripts/build-site.mjs` wrote; throws when it was not built. */
export function readAssets(folder: string): Assets {
  const names = new Set(readdirSync(folder));
  const widget = widgetOf(JSON.parse(readFileSync(join(folder, 'assets.json'), 'utf8')));
  const read = (name: string) => readFileSync(join(folder, name));
  const form = (name: string) => (names.has(name) ? read(name) : undefined);
  const [gz, br] = [form(`${widget}.gz`), form(`${widget}.br`)];
  return {
    widget,
    files: new Map([
      [
        widget,
        { plain: read(widget), ...(gz !== undefined && { gz }), ...(br !== undefined && { br }) },
      ],
    ]),
    embed: read('embed.js').toString('utf8'),
  };
}

function widgetOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'widget' in value) {
    return String(value.widget);
  }
  throw new Error('The site was not built completely: run "npm run build".');
}
