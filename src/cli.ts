import { Command, CommanderError } from 'commander';
import { explain } from './cli/explain.js';
import { errorCode } from './error-code.js';

/** Exit statuses: done, refused or found problems, wrong usage. */
const REFUSED = 1;
const WRONG_USAGE = 2;

type Add = (program: Command) => void;

/** What adds each command, in the order of the help. Each needs much, and only the one that is asked for is loaded. */
const COMMANDS: { readonly [name: string]: () => Promise<readonly Add[]> } = {
  start: async () => [(await import('./cli/start.js')).addStart],
  store: async () => [(await import('./cli/store.js')).addStore],
  chat: async () => [(await import('./cli/chat.js')).addChat],
  flows: async () => [(await import('./cli/flows.js')).addFlows],
  understand: async () => [(await import('./cli/understand.js')).addUnderstand],
  export: async () => [(await import('./cli/export.js')).addExport],
  inbox: async () => [(await import('./cli/inbox.js')).addInbox],
  privacy: async () => [(await import('./cli/privacy.js')).addPrivacy],
  consents: async () => [(await import('./cli/consents.js')).addConsents],
  supporters: async () => [(await import('./cli/supporters.js')).addSupporters],
  webhook: async () => [(await import('./cli/webhook.js')).addWebhook],
  segments: async () => [(await import('./cli/segments.js')).addSegments],
  files: async () => [(await import('./cli/files.js')).addFiles],
  whatsapp: async () => [(await import('./cli/whatsapp.js')).addWhatsApp],
  messages: async () => [(await import('./cli/messages.js')).addMessages],
  sequences: async () => [(await import('./cli/sequences.js')).addSequences],
  posts: async () => [(await import('./cli/posts.js')).addPosts],
  channel: async () => [(await import('./cli/channel.js')).addChannel],
  turnout: async () => [(await import('./cli/turnout.js')).addTurnout],
  rehearse: async () => [(await import('./cli/rehearse.js')).addRehearse],
  proxies: async () => [(await import('./cli/proxies.js')).addProxies],
  import: async () => [(await import('./cli/import.js')).addImport],
  backup: async () => [(await import('./cli/backup.js')).addBackup],
  restore: async () => [(await import('./cli/backup.js')).addBackup],
  canvass: async () => [
    (await import('./cli/canvass.js')).addCanvass,
    (await import('./cli/canvass-figures.js')).addCanvassFigures,
  ],
  staff: async () => [(await import('./cli/staff.js')).addStaff],
  shifts: async () => [(await import('./cli/shifts.js')).addShifts],
  volunteers: async () => [(await import('./cli/volunteers.js')).addVolunteers],
  donations: async () => [(await import('./cli/donations.js')).addDonations],
};

/** The `portevoix` command. */
async function main(): Promise<void> {
  const program = new Command('portevoix')
    .description('Chatbot-driven supporter engagement that an election campaign runs itself.')
    // An option belongs to the command it follows, also where the command around it has one of that name.
    .enablePositionalOptions()
    .exitOverride();
  // `portevoix … | head` reads no further: that is no fault, and there is nothing left to do.
  process.stdout.on('error', (error: unknown) => {
    if (errorCode(error) === 'EPIPE') process.exit();
    throw error;
  });
  for (const add of await commandsFor(process.argv[2])) add(program);
  for (const command of program.commands) overrideExit(command);
  try {
    await program.parseAsync();
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

void main();
