import { Command, CommanderError } from 'commander';
import { explain } from './explain.js';

/** Exit statuses: done, refused or found problems, wrong usage. */
const REFUSED = 1;
const WRONG_USAGE = 2;

type Add = (program: Command) => void;

/** What adds each command, in the order of the help. Each needs much, and only the one that is asked for is loaded. */
const COMMANDS: { readonly [name: string]: () => Promise<readonly Add[]> } = {
  start: async () => [(await import('./start.js')).addStart],
  store: async () => [(await import('./store.js')).addStore],
  chat: async () => [(await import('./chat.js')).addChat],
  flows: async () => [(await import('./flows.js')).addFlows],
  understand: async () => [(await import('./understand.js')).addUnderstand],
  export: async () => [(await import('./export.js')).addExport],
  inbox: async () => [(await import('./inbox.js')).addInbox],
  privacy: async () => [(await import('./privacy.js')).addPrivacy],
  consents: async () => [(await import('./consents.js')).addConsents],
  supporters: async () => [(await import('./supporters.js')).addSupporters],
  webhook: async () => [(await import('./webhook.js')).addWebhook],
  segments: async () => [(await import('./segments.js')).addSegments],
  files: async () => [(await import('./files.js')).addFiles],
  whatsapp: async () => [(await import('./whatsapp.js')).addWhatsApp],
  messages: async () => [(await import('./messages.js')).addMessages],
  sequences: async () => [(await import('./sequences.js')).addSequences],
  posts: async () => [(await import('./posts.js')).addPosts],
  channel: async () => [(await import('./channel.js')).addChannel],
  turnout: async () => [(await import('./turnout.js')).addTurnout],
  rehearse: async () => [(await import('./rehearse.js')).addRehearse],
  proxies: async () => [(await import('./proxies.js')).addProxies],
  import: async () => [(await import('./import.js')).addImport],
  backup: async () => [(await import('./backup.js')).addBackup],
  restore: async () => [(await import('./backup.js')).addBackup],
  canvass: async () => [
    (await import('./canvass.js')).addCanvass,
    (await import('./canvass-figures.js')).addCanvassFigures,
  ],
  staff: async () => [(await import('./staff.js')).addStaff],
  shifts: async () => [(await import('./shifts.js')).addShifts],
  volunteers: async () => [(await import('./volunteers.js')).addVolunteers],
  donations: async () => [(await import('./donations.js')).addDonations],
};

/**
 * Runs `portevoix` with the words that follow its name; what it prints goes to standard output, why it
 * refuses to standard error, and how it ended is the exit code of the process.
 */
export async function runPortevoix(words: readonly string[]): Promise<void> {
  const program = new Command('portevoix')
    .description('Chatbot-driven supporter engagement that an election campaign runs itself.')
    // An option belongs to the command it follows, also where the command around it has one of that name.
    .enablePositionalOptions()
    .exitOverride();
  for (const add of await commandsFor(words[0])) add(program);
  for (const command of program.commands) overrideExit(command);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
    } else {
      process.stderr.write(`${explain(error)}\n`);
      process.exitCode = REFUSED;
    }
  }
}

/** What adds the command of a name; all of them, once each, where there is none such. */
async function commandsFor(name = ''): Promise<ReadonlySet<Add>> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const added = await Promise.all((load ? [load] : Object.values(COMMANDS)).map((one) => one()));
  return new Set(added.flat());
}

/** commander exits by itself otherwise, with a status of its own. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}
