import type { FailureReason } from '../../../src/channels/channel.js';
import type { Fault } from '../../mail/smtp.js';
import { testSendingContract, type SendingRig } from '../channel-contract.js';
import { PASSWORD, startEmail, type RunningEmail } from './running-email.js';

const running = new Map<SendingRig, RunningEmail>();

const FAULTS: readonly (readonly [string, FailureReason, Fault])[] = [
  ['there is nobody of that address', 'unreachable', { at: 'rcpt', code: 550 }],
  ['the mailbox is full for now', 'throttled', { at: 'rcpt', code: 452 }],
  ['the mail itself is not wanted', 'rejected', { at: 'data', code: 554 }],
  ['it is too much at once', 'throttled', { at: 'data', code: 451 }],
  ['the password is not the right one', 'misconfigured', { at: 'auth', code: 535 }],
  ['the connection is cut after the mail was taken', 'in_doubt', { at: 'end' }],
];

testSendingContract({
  name: 'E-mail',
  secrets: [PASSWORD],
  async start() {
    const email = await startEmail();
    const rig = {
      channel: email.opened.channel,
      opened: email.opened,
      address: 'lea@exemple.org',
      shown: () =>
        email.smtp.received.map((mail) => {
          // What the person reads before the way to answer.
          const [text = ''] = mail.part('text/plain').split('\n\nRépondre dans la conversation\n');
          const choices = [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, label = '']) => label);
          return { text, choices };
        }),
      told: () => email.told,
      close: () => email.close(),
    };
    running.set(rig, email);
    return rig;
  },
  failures: FAULTS.map(([title, reason, fault]) => ({
    title,
    reason,
    arrange: (rig) => running.get(rig)?.smtp.faults.push(fault),
  })),
});
