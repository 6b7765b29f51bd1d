import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advance } from '../../../src/engine/advance.js';
import { compile, type SourceFile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import { formatProblem } from '../../../src/engine/problem.js';
import { NEW_SESSION, type Session } from '../../../src/engine/session.js';
import type { Supporter } from '../../../src/engine/supporter.js';
import { runAsProcess, type Engine } from './measure.js';

const ROOT = join(__dirname, 'sign-up');
const SUPPORTER: Supporter = { language: 'fr', profile: {}, consents: {} };
const NOON = Date.UTC(2030, 0, 1, 12);

/** Our engine over the flows of `sign-up/`, each session kept as JSON. */
function createOurs(): Engine {
  const campaign = read(join(ROOT, 'flows', 'campaign.yaml'));
  const flows = yamlFiles(join(ROOT, 'flows')).filter(({ path }) => path !== campaign.path);
  const compiled = compile(
    { campaign, flows, locales: yamlFiles(join(ROOT, 'locales', 'fr')) },
    [],
  );
  if (compiled.flows.size < flows.length) {
    throw new Error(compiled.problems.map(formatProblem).join('\n'));
  }
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const sessions = new Map<number, string>();
  // A stranger's first text starts the flow of `start`; the long script asks for its own by name.
  const fresh = JSON.stringify(NEW_SESSION);
  const known = JSON.stringify({ turn: 1, frames: [] });
  return {
    name: 'portevoix',
    turn: (conversation, text) => {
      const saved = sessions.get(conversation) ?? (text === '/long' ? known : fresh);
      const session: Session = JSON.parse(saved);
      const event = { type: 'said', text, at: NOON, channel: 'web' } as const;
      const result = advance(library, session, event, SUPPORTER);
      sessions.set(conversation, JSON.stringify(result.session));
      let reply = '';
      for (const effect of result.effects) {
        if (effect.type === 'say')
          reply = reply === '' ? effect.text : `${reply}\n\n${effect.text}`;
      }
      return reply;
    },
    stateBytes: (conversation) => Buffer.byteLength(sessions.get(conversation) ?? ''),
  };
}

function yamlFiles(folder: string): SourceFile[] {
  return readdirSync(folder).map((name) => read(join(folder, name)));
}

function read(path: string): SourceFile {
  return { path, text: readFileSync(path, 'utf8') };
}

void runAsProcess(createOurs());
