import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';

/** Below `DATA_DIR`: the session of WhatsApp Web, and the code to scan while there is none. */
export const WHATSAPP_DIR = 'whatsapp';
const NAME = 'code.txt';

/** Draws the code to scan as a QR code of characters, where only the operator reads it; undefined removes it. */
export function showCode(dataDir: string, code: string | undefined): void {
  const folder = join(dataDir, WHATSAPP_DIR);
  if (code === undefined) return rmSync(join(folder, NAME), { force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Whoever scans it is the number of the campaign.
  writeFileSync(join(folder, NAME), `${renderUnicodeCompact(code)}\n`, { mode: 0o600 });
}

/** The code as it is drawn; undefined: there is nothing to scan. */
export function readCode(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, WHATSAPP_DIR, NAME), 'utf8');
  } catch {
    return undefined;
  }
}
