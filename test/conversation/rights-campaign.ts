import { join } from 'node:path';
import { readSources } from '../../src/conversation/sources.js';
import { ACTIONS } from '../../src/actions.js';
import type { Channel, Message, Question } from '../../src/channels/channel.js';
import type { ActionHandler } from '../../src/conversation/action-handler.js';
import { createConversation, type Conversation } from '../../src/conversation/conversation.js';
import { compile } from '../../src/engine/compile.js';
import { createLibrary } from '../../src/engine/library.js';
import { createLog, type Log } from '../../src/log.js';
import { createMailer, type Mailer } from '../../src/mail/mailer.js';
import { createSigner } from '../../src/sign.js';
import { openActivities, type Activities } from '../../src/store/activities.js';
import { addressId } from '../../src/supporters/addresses.js';
import { createEmailConfirmation } from '../../src/supporters/confirm-email.js';
import { createKeepFile, KEEP_FILE } from '../../src/supporters/files/keep-file.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import {
  createErasure,
  ERASE,
  type ErasureOptions,
} from '../../src/supporters/privacy/erase-supporter.js';
import { createExportLinks, type ExportLinks } from '../../src/supporters/privacy/export-link.js';
import type { PersonalData } from '../../src/supporters/privacy/personal-data.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { createTellStaff } from '../../src/supporters/tell-staff.js';
import { openHere } from '../store/support.js';
import { freely } from '../channels/freely.js';

export const FLOWS = join(__dirname, '..', 'fixtures', 'rights', 'flows');
export const LOCALES = join(__dirname, '..', 'fixtures', 'rights', 'locales');
const PICTURE = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n.', 'latin1'));
const SECRET = 'a secret that only this test knows';

/** What a campaign's web page shows of one message. */
export type Shown = { readonly id: string; readonly text: string; readonly question?: Question };
type Stored = Shown & { readonly id: string };

/** One process of a campaign: its conversation, and what it does about people's rights. */
export type Process = Conversation & {
  erase(supporter: string): Promise<boolean>;
  readonly exportLinks: ExportLinks;
};

/**
 * A campaign on a store of its own, whose flows have everything that concerns rights: on the web, and on a
 * Telegram that shows what a page shows.
 */
export type RightsCampaign = {
  readonly people: People;
  readonly dataDir: string;
  readonly activities: Activities<Stored>;
  readonly mailer: Mailer;
  /** Handlers that processes started from now on have besides, or instead of, their own. */
  readonly actions: Map<string, ActionHandler>;
  readonly others: PersonalData[];
  now: number;
  /** Starts a process; `wrap` may put faults into what the erasure needs. */
  start(owner?: string, wrap?: (options: ErasureOptions) => ErasureOptions, log?: Log): Process;
  /** A supporter writes, taps a button of the open question, or opens the page. */
  say(process: Process, text: string, address?: string, channel?: string): Promise<string>;
  /** A supporter sends a picture of nine bytes. */
  sendPhoto(process: Process, address?: string): Promise<string>;
  choose(process: Process, value: string, address?: string): Promise<string>;
  /** What the page of an address shows, in order. */
  shown(address?: string): Promise<readonly Shown[]>;
  /** Waits until the page of an address shows a text. */
  hear(text: string, address?: string): Promise<void>;
  recordOf(address?: string): Promise<SupporterRecord>;
  /** Every document of the store, as JSON, by collection. */
  documents(): Promise<ReadonlyMap<string, readonly string[]>>;
  close(): Promise<void>;
};

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('It never came to pass.');
}

export async function openRightsCampaign(): Promise<RightsCampaign> {
  const { store, close, dataDir } = await openHere();
  const sources = await readSources(FLOWS, LOCALES);
  const compiled = compile(sources, ACTIONS);
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const people = openPeople(store.connection, SECRET);
  const activities = openActivities<Stored>(store.connection);
  const { supporters, addresses, journal, mails, merges, optOuts } = people;
  const tables = [supporters.table, addresses.table, journal.table, mails, merges.table];
  for (const table of [...tables, optOuts.table]) {
    await table.createIndexes();
  }
  await activities.createIndexes();
  const mailer = createMailer({ from: 'Campaign <a@campaign.example>', dataDir });
  const running: Process[] = [];
  const word = (language: string, key: string) => library.common.get(language)?.get(key);
  let inputs = 0;

  const campaign: RightsCampaign = {
    people,
    dataDir,
    activities,
    mailer,
    actions: new Map(),
    others: [],
    now: Date.UTC(2030, 0, 1, 12),
    start(owner = 'test 1 x', wrap = (options) => options, log = createLog('silent')) {
      const now = (): number => campaign.now;
      // Another process knows nothing of what this one remembers.
      const own = openActivities<Stored>(
        store.connection.useDb(store.connection.name, { useCache: false }),
      );
      const web: Channel = {
        name: 'web',
        exact: true,
        limits: {
          text: 4_000,
          buttons: 50,
          buttonLabel: 80,
          listRows: 0,
          listLabel: 0,
          oneMessageATurn: false,
        },
        async send(address: string, message: Message) {
          if (message.type === 'text') {
            const { id, text, question } = message;
            const shown = { id: `${address}|${id}`, text };
            await own.append(address, [question === undefined ? shown : { ...shown, question }]);
          }
          return { type: 'sent' };
        },
        showTyping: () => undefined,
      };
      const get = (supporter: string) => conversation.read(supporter);
      const exportLinks = createExportLinks({
        signer: createSigner(SECRET, 'links to personal data'),
        publicUrl: 'https://campaign.example',
        sources: { ...people, others: campaign.others },
        get,
        now,
      });
      const confirmation = createEmailConfirmation({
        mails,
        signer: createSigner(SECRET, 'confirmation links'),
        publicUrl: 'https://campaign.example',
        campaign: () => library.campaign.name,
        words: word,
        get,
        change: (supporter, change) =>
          conversation.write(supporter, undefined, (record) => ({
            record: change(record),
            answer: undefined,
          })),
        send: mailer.send,
        taken: async () => undefined,
        now,
      });
      const erase = createErasure(
        wrap({
          ...people,
          others: campaign.others,
          write: (supporter, change) => conversation.write(supporter, undefined, change),
          eraseTranscript: (_channel, address) => own.erase(address),
          removeMail: mailer.removeTo,
          forget: (supporter, gone) => conversation.forget(supporter, gone),
          owner,
          readingMs: 0,
          now,
        }),
      );
      const conversation = createConversation({
        supporters,
        addresses,
        journal,
        channels: new Map([
          ['web', web],
          ['telegram', { ...web, name: 'telegram' }],
        ]),
        actions: new Map<string, ActionHandler>([
          ['email.confirm', confirmation.ask],
          ['privacy.export', exportLinks.ask],
          [
            KEEP_FILE,
            createKeepFile({
              files: people.files,
              get,
              fetch: async () => ({ bytes: PICTURE }),
              settled: async () => undefined,
              now,
            }),
          ],
          [ERASE, async ({ supporter }) => void (await erase(supporter))],
          [
            'staff.handoff',
            createTellStaff({
              mails,
              signer: createSigner(SECRET, 'mail to staff'),
              staffEmail: 'team@campaign.example',
              words: (key) => word('fr', key),
              campaign: () => library.campaign.name,
              language: () => 'fr',
              get,
              send: mailer.send,
              alert: (supporter) => log.warn({ code: 'handoff', supporter }, 'alert'),
              now,
            }),
          ],
          ...campaign.actions,
        ]),
        guard: async () => () => freely,
        lastActions: new Set([ERASE]),
        log,
        owner,
        library: () => library,
        rules: () => compiled.rules,
        refresh: async () => undefined,
        now,
        met: (_channel, address) => own.forget(address),
        turnsErased: async (channel, address) =>
          (await optOuts.latest([addressId(channel, address)]))?.turns ?? 0,
        observe: () => undefined,
      });
      const process = { ...conversation, erase, exportLinks };
      running.push(process);
      return process;
    },
    say: (process, text, address = 'c1', channel = 'web') =>
      process.receive({
        channel,
        address,
        id: `i${(inputs += 1)}`,
        at: campaign.now,
        locale: 'fr',
        input: { type: 'said', text },
      }),
    sendPhoto: (process, address = 'c1') =>
      process.receive({
        channel: 'web',
        address,
        id: `i${(inputs += 1)}`,
        at: campaign.now,
        input: { type: 'sent', media: 'photo', id: `picture ${inputs}`, name: 'rue.png' },
      }),
    async choose(process, value, address = 'c1') {
      const { session } = await campaign.recordOf(address);
      return process.receive({
        channel: 'web',
        address,
        id: `i${(inputs += 1)}`,
        at: campaign.now,
        input: { type: 'chose', turn: session.frames.at(-1)?.asked ?? 0, values: [value] },
      });
    },
    shown: async (address = 'c1') =>
      (await openActivitiesAnew().after(address, 0, 1_000)).map(({ activity }) => activity),
    async hear(text, address = 'c1') {
      await until(async () =>
        (await campaign.shown(address)).some((one) => one.text.includes(text)),
      );
    },
    async recordOf(address = 'c1') {
      const row = await addresses.find('web', address);
      const record = row === undefined ? undefined : await supporters.get(row.supporter);
      if (record === undefined) throw new Error(`Nobody is known at ${address}.`);
      return record;
    },
    async documents() {
      const found = new Map<string, readonly string[]>();
      const { db } = store.connection;
      for (const { name } of (await db?.listCollections().toArray()) ?? []) {
        const rows = (await db?.collection(name).find({}).toArray()) ?? [];
        found.set(
          name,
          rows.map((row) => JSON.stringify(row)),
        );
      }
      return found;
    },
    async close() {
      for (const process of running) await process.stop();
      mailer.close();
      await close();
    },
  };
  const openActivitiesAnew = () =>
    openActivities<Stored>(store.connection.useDb(store.connection.name, { useCache: false }));
  return campaign;
}
