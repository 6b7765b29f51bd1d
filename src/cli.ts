import { Command, CommanderError } from 'commander';
import { addCanvass } from './cli/canvass.js';
import { addCanvassFigures } from './cli/canvass-figures.js';
import { addBackup } from './cli/backup.js';
import { addChannel } from './cli/channel.js';
import { addChat } from './cli/chat.js';
import { addConsents } from './cli/consents.js';
import { addDonations } from './cli/donations.js';
import { addExport } from './cli/export.js';
import { addFiles } from './cli/files.js';
import { addFlows } from './cli/flows.js';
import { addImport } from './cli/import.js';
import { addInbox } from './cli/inbox.js';
import { addMessages } from './cli/messages.js';
import { addPosts } from './cli/posts.js';
import { addSequences } from './cli/sequences.js';
import { addPrivacy } from './cli/privacy.js';
import { explain } from './cli/explain.js';
import { addRehearse } from './cli/rehearse.js';
import { addProxies } from './cli/proxies.js';
import { addShifts } from './cli/shifts.js';
import { addSegments } from './cli/segments.js';
import { addStaff } from './cli/staff.js';
import { addStart } from './cli/start.js';
import { addStore } from './cli/store.js';
import { addSupporters } from './cli/supporters.js';
import { addTurnout } from './cli/turnout.js';
import { addUnderstand } from './cli/understand.js';
import { addVolunteers } from './cli/volunteers.js';
import { addWebhook } from './cli/webhook.js';
import { addWhatsApp } from './cli/whatsapp.js';
import { errorCode } from './error-code.js';

/** Exit statuses: done, refused or found problems, wrong usage. */
const REFUSED = 1;
const WRONG_USAGE = 2;

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
  for (const add of [addStart, addStore, addChat, addFlows, addUnderstand, addExport]) add(program);
  for (const add of [addInbox, addPrivacy, addConsents, addSupporters, addWebhook]) add(program);
  addSegments(program);
  addFiles(program);
  addWhatsApp(program);
  addMessages(program);
  addSequences(program);
  addPosts(program);
  addChannel(program);
  addTurnout(program);
  addRehearse(program);
  addProxies(program);
  addImport(program);
  addBackup(program);
  addCanvass(program);
  addCanvassFigures(program);
  addStaff(program);
  addShifts(program);
  addVolunteers(program);
  addDonations(program);
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

/** commander exits by itself otherwise, with a status of its own. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}

void main();
