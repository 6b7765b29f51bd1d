import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform, type Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { errorCode } from '../error-code.js';
import { CsvFault } from './csv-fault.js';
import { detectEncoding, type Encoding } from './detect-encoding.js';

/** One row, with the line of the file on which it ends. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** A table in a file, read in batches; nothing but the batch is held. */
export type OpenCsv = {
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** The size of the file, and how much of it was read so far. */
  readonly bytes: number;
  bytesRead(): number;
  /** Throws a CsvFault where the table is broken beyond a row; of the rows before, some came. */
  rows(): AsyncGenerator<readonly CsvRow[]>;
};

const DELIMITERS = [';', ',', '\t', '|'] as const;
const BATCH = 1_000;
/** A quote that is never closed would swallow the rest of the file. */
const LONGEST_ROW = 100_000;

/**
 * Opens a CSV file, gzipped or not: tells its encoding and delimiter, and reads its header. Throws a CsvFault with the cure when it cannot be read as a table.
 */
export async function openCsv(path: string): Promise<OpenCsv> {
  const { size } = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') throw new CsvFault(`There is no file ${path}.`);
    throw error;
  });
  const zipped = await isGzipped(path);
  let read = 0;
  const contents = (): Readable => {
    const file = createReadStream(path, { highWaterMark: 262_144 });
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        read += chunk.length;
        done(null, chunk);
      },
    });
    return chain(file, zipped ? [counted, createGunzip()] : [counted]);
  };
  const encoding = await unzipping(detectEncoding(contents()));
  const head = await unzipping(firstLine(contents(), encoding));
  if (head.trim() === '')
    throw new CsvFault('The file is empty: its first line names its columns.');
  const delimiter = guessDelimiter(head);
  const header: string[] = [];
  for await (const { record } of parsed([Readable.from([head])], delimiter)) header.push(...record);
  read = 0;
  return {
    header: header.map((name) => name.trim()),
    delimiter,
    encoding,
    bytes: size,
    bytesRead: () => Math.min(read, size),
    async *rows() {
      read = 0;
      let batch: CsvRow[] = [];
      let first = true;
      try {
        for await (const { record, info } of parsed([contents(), decoding(encoding)], delimiter)) {
          if (first) {
            first = false;
            continue;
          }
          batch.push({ line: info.lines, cells: record });
          if (batch.length < BATCH) continue;
          yield batch;
          batch = [];
        }
      } catch (error) {
        if (batch.length > 0) yield batch;
        throw faultOf(error);
      }
      if (batch.length > 0) yield batch;
    },
  };
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** The rows of a text that goes through some streams. */
function parsed(
  [from, ...through]: readonly [Readable, ...Duplex[]],
  delimiter: string,
): AsyncIterable<Parsed> {
  return chain(from, [...through, parser(delimiter)]);
}

/** Pipes one through the others; a failure of any reaches whoever reads the last. */
function chain(from: Readable, through: readonly Duplex[]): Readable {
  let last: Readable = from;
  for (const next of through) {
    last.on('error', (error) => next.destroy(error));
    const before = last;
    next.on('close', () => before.destroy());
    last = last.pipe(next);
  }
  return last;
}

function parser(delimiter: string) {
  return parse({
    delimiter,
    bom: true,
    info: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
}

function decoding(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}

async function isGzipped(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function firstLine(bytes: Readable, encoding: Encoding): Promise<string> {
  let text = '';
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    if (Buffer.isBuffer(chunk)) text += decoder.decode(chunk, { stream: true });
    const end = endOfLine(text);
    if (end !== undefined) return text.slice(0, end);
    if (text.length > LONGEST_ROW)
      throw new CsvFault('The first line has no end: this is no CSV file.');
  }
  return text;
}

function endOfLine(text: string): number | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '\n' || sign === '\r')) {
      if (text.slice(0, at).trim() !== '') return at;
    }
  }
  return undefined;
}

function guessDelimiter(head: string): string {
  const plain = head.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => plain.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function unzipping<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw faultOf(error);
  });
}

function faultOf(error: unknown): unknown {
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? ` near line ${error['lines']}` : '';
    return new CsvFault(
      `A quoted cell${line} has no closing quote, or a row has no end: mend it, and read the file again. Rows before it may have been taken.`,
    );
  }
  const code = errorCode(error);
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new CsvFault('The gzipped file is broken or cut short: fetch it again.');
  }
  return error;
}
