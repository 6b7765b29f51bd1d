import type { Command } from 'commander';
import { channelsOn } from '../open-channels.js';
import type { InvitationPlan } from '../outreach/invitations/plan-invitations.js';
import type { NoWayReason } from '../outreach/invitations/ways-to-invite.js';
import { Refusal } from './refusal.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };

/** `portevoix channel invite|invited`: what to do when a channel fails, or its account is closed. */
export function addChannel(program: Command): void {
  const channel = program.command('channel').description('when a channel fails');
  channel
    .command('invite')
    .description('ask those who are on it to go on elsewhere, each once; a running server sends it')
    .argument('<channel>', 'telegram, whatsapp or web; it may be turned off already')
    .option('--dry-run', 'only count who would be asked by which way, and why the others cannot be')
    .option('--json', 'print the counts as JSON')
    .action(invite);
  channel
    .command('invited')
    .description('how many of them were asked so far')
    .argument('<channel>', 'the one they were on')
    .option('--json', 'print the counts as JSON')
    .action(showInvited);
}

async function invite(
  from: string,
  { dryRun = false, json }: Options & { readonly dryRun?: boolean },
): Promise<void> {
  const { planInvitations } = await import('../outreach/invitations/plan-invitations.js');
  await withPeople(async (people) => {
    // The store may be new, or of a version before there were invitations.
    await people.invitations.table.createIndexes();
    const on = channelsOn(people.settings);
    const plan = await planInvitations(from, dryRun, { ...people, on, now: () => Date.now() });
    if (plan.people === 0) throw new Refusal(`Nobody is known on a channel of the name "${from}".`);
    await write(
      json === true
        ? `${JSON.stringify({ channel: from, dryRun, ...plan })}\n`
        : describe(from, dryRun, plan),
    );
  });
}

async function showInvited(from: string, { json }: Options): Promise<void> {
  await withPeople(async ({ invitations }) => {
    const { reasons, ...states } = await invitations.count(from);
    const lines = [...Object.entries(states), ...Object.entries(reasons)].filter(([, n]) => n > 0);
    await write(
      json === true
        ? `${JSON.stringify({ channel: from, ...states, reasons })}\n`
        : lines.map(([name, people]) => `${row(people, name)}\n`).join('') ||
            `Nobody was asked to leave ${from}.\n`,
    );
  });
}

function describe(from: string, isDryRun: boolean, plan: InvitationPlan): string {
  const { people, ways, cannot, already } = plan;
  const reasons = Object.entries(cannot).map(([reason, count]) =>
    row(count, isReason(reason) ? SENTENCES[reason] : reason),
  );
  const asked = Object.values(ways).reduce((sum, count) => sum + count, 0);
  return [
    `${people} on ${from}`,
    ...Object.entries(ways).map(([way, count]) => row(count, `by ${way}`)),
    ...(already > 0 ? [row(already, 'asked before')] : []),
    ...reasons,
    isDryRun
      ? 'Nobody was asked. Without --dry-run they are.'
      : `${asked} will be asked by a running server, at the rate of each channel. See: portevoix channel invited ${from}`,
    '',
  ].join('\n');
}

function row(count: number, what: string): string {
  return `${String(count).padStart(8)}  ${what}`;
}

function isReason(reason: string): reason is NoWayReason {
  return Object.hasOwn(SENTENCES, reason);
}

const SENTENCES: { readonly [reason in NoWayReason]: string } = {
  opted_out: 'want no more messages',
  no_consent: 'never agreed to be written to there',
  erasing: 'are being erased',
  nowhere_else: 'have no other address',
  unreachable: 'cannot be reached at their other addresses any more',
  channel_off: 'are only on other channels that are turned off',
  email_not_confirmed: 'did not confirm their e-mail',
  no_consent_for_email: 'confirmed an e-mail, but agreed to none',
};
