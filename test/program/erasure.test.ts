import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/store/connection.js';
import { verify } from '../../src/store/embedded/verify.js';
import { FLOWS, LOCALES } from '../conversation/rights-campaign.js';
import { startBotApi, TOKEN } from '../channels/telegram/bot-api.js';
import {
  APP_SECRET,
  PHONE,
  startGraphApi,
  TOKEN as GRAPH_TOKEN,
} from '../channels/whatsapp/graph-api.js';
import { launch, type Launched } from './launch.js';
import { seeded } from './seeded.js';
import { openVisitor, type Visitor } from './visitor.js';

const ROUNDS = 2;
const AT_ONCE = 8;
/** The last word stays to be read for as long before anything is erased. */
const READING_MS = 3_000;
/** Kills come within this time after it. */
const SPREAD_MS = 700;
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_315);

type Person = {
  readonly visitor: Visitor;
  readonly email: string;
  readonly phone: string;
  readonly words: string;
  /** Whether they said yes to being erased, and that was acknowledged. */
  readonly erased: boolean;
};

async function answer(visitor: Visitor, question: string, words: string): Promise<void> {
  await visitor.waitFor((all) => all.some(({ text }) => text?.includes(question)));
  await visitor.say(words);
}

/** Tells everything, then asks to be erased, and says yes or no to it at the end. */
async function meet(url: string, number: number, erased: boolean): Promise<Person> {
  const visitor = await openVisitor(url);
  const email = `lea.${number}@exemple.org`;
  const phone = `+336${10_000_000 + number}`;
  const words = `nid-de-poule numéro ${number}, rue Haute`;
  await answer(visitor, 'Acceptez-vous', 'oui');
  await answer(visitor, 'adresse e-mail', email);
  await answer(visitor, 'téléphone', phone);
  await answer(visitor, 'nous dire', words);
  await answer(visitor, 'Merci !', 'mes données');
  await answer(visitor, 'Que souhaitez-vous', 'Tout effacer');
  await visitor.waitFor((all) => all.some(({ text }) => text?.includes('pour de bon')));
  return { visitor, email, phone, words, erased };
}

/** Every document and every mail, as text, with where it lies. */
async function everything(dataDir: string): Promise<[where: string, text: string][]> {
  const store = await openStore({ dataDir, lasting: false });
  const found: [string, string][] = [];
  try {
    const { db } = store.connection;
    for (const { name } of (await db?.listCollections().toArray()) ?? []) {
      for (const row of (await db?.collection(name).find({}).toArray()) ?? []) {
        found.push([name, JSON.stringify(row)]);
      }
    }
  } finally {
    await store.close();
  }
  const folder = join(dataDir, 'mail');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    found.push(['mail', readFileSync(join(folder, name), 'utf8')]);
  }
  return found;
}

async function untilErased(launched: Launched): Promise<void> {
  const store = await openStore({ dataDir: launched.dataDir, lasting: false });
  const open = { $or: [{ erasing: { $exists: true } }, { 'outbox.0': { $exists: true } }] };
  try {
    for (let tries = 0; tries < 300; tries += 1) {
      const left = (await store.connection.collection('supporters').find(open).toArray()).filter(
        (row) => 'erasing' in row || JSON.stringify(row).includes('privacy.erase'),
      );
      if (left.length === 0) return;
      await sleep(100);
    }
  } finally {
    await store.close();
  }
  throw new Error('An erasure was never finished.');
}

test('an erasure that was acknowledged is finished, whenever the program is killed, and no other is begun', async () => {
  const random = seeded(SEED);
  const launched = await launch({
    FLOWS_DIR: FLOWS,
    LOCALES_DIR: LOCALES,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'trace',
  });
  try {
    const everybody: Person[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const crowd = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) =>
          meet(launched.url, everybody.length + index, index % 4 !== 0),
        ),
      );
      everybody.push(...crowd);
      await Promise.all(crowd.map(({ visitor, erased }) => visitor.say(erased ? 'oui' : 'non')));
      await sleep(READING_MS + random() * SPREAD_MS);
      await launched.kill('SIGKILL');
      await launched.restart();
      await untilErased(launched);
    }

    const rows = await everything(launched.dataDir);
    for (const { email, phone, words, erased, visitor } of everybody) {
      const places = (text: string) =>
        rows.filter(([, row]) => row.includes(text)).map(([at]) => at);
      if (erased) {
        for (const trace of [email, phone, words]) expect(places(trace)).toEqual([]);
        // They are strangers, in the very conversation that is still open in their browser.
        await visitor.say('bonjour');
        await visitor.waitFor((all) => all.some(({ text }) => text?.includes('Acceptez-vous')));
        const { messages } = await visitor.read();
        expect(messages.map(({ text }) => text)).toEqual([
          'bonjour',
          'Bonjour ! Je suis l’assistant automatique de Demain Saint-Martin.',
          'Acceptez-vous que nous gardions vos réponses ?',
        ]);
      } else {
        expect(new Set(places(email))).toEqual(
          new Set(['supporters', 'journal', 'activities', 'mail']),
        );
        const [profile] = rows.filter(([at, row]) => at === 'supporters' && row.includes(email));
        expect(profile?.[1]).toContain(phone);
        expect(profile?.[1]).toContain(words);
      }
    }
    // Whatever was logged on the way, it was nothing of anybody.
    for (const { email, phone, words } of everybody) {
      for (const trace of [email, phone, words]) expect(launched.output()).not.toContain(trace);
    }
    await launched.kill('SIGKILL');
    expect((await verify(launched.dataDir)).faults).toEqual([]);
  } finally {
    await launched.remove();
  }
}, 300_000);

/** A phone network, and the settings that join the program to it. */
type Network = {
  readonly settings: Record<string, string>;
  connect(url: string): void;
  texts(): readonly string[];
  say(words: string): void;
  tap(label: string): void;
  close(): Promise<void>;
};

const WHO = '33734020041';

async function openTelegram(): Promise<Network> {
  const api = await startBotApi();
  return {
    settings: { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.url },
    connect: () => undefined,
    texts: () => api.shown(WHO).map(({ text }) => text),
    say: (words) => void api.say(WHO, words),
    tap: (label) => void api.press(WHO, label),
    close: () => api.close(),
  };
}

async function openWhatsApp(): Promise<Network> {
  const api = await startGraphApi();
  return {
    settings: {
      WHATSAPP_TRANSPORT: 'cloud',
      WHATSAPP_I_ACCEPT_THE_POLICY: 'yes',
      WHATSAPP_API_ROOT: api.url,
      WHATSAPP_PHONE_NUMBER_ID: PHONE,
      WHATSAPP_ACCESS_TOKEN: GRAPH_TOKEN,
      WHATSAPP_APP_SECRET: APP_SECRET,
      WHATSAPP_VERIFY_TOKEN: 'words-of-the-operator',
    },
    connect: (url) => api.connect(`${url}/whatsapp/webhook`),
    texts: () => api.shown(WHO).map(({ text }) => text),
    say: (words) => void api.say(WHO, words),
    tap: (label) => void api.tap(WHO, label),
    close: () => api.close(),
  };
}

test.each([
  ['Telegram', openTelegram, 'keyboards'],
  ['WhatsApp', openWhatsApp, 'last_heard'],
] as const)(
  'nothing is left of somebody on %s either, nor of what that channel keeps beside',
  async (_name, open, besides) => {
    const network = await open();
    const launched = await launch({ ...network.settings, LOG_LEVEL: 'trace' });
    const heard = async (words: string, times = 1): Promise<void> => {
      const count = (): number => network.texts().filter((text) => text.includes(words)).length;
      for (let tries = 0; count() < times; tries += 1) {
        if (tries > 600) throw new Error(`"${words}" never came.`);
        await sleep(50);
      }
    };
    const places = async (trace: string): Promise<string[]> =>
      (await everything(launched.dataDir)).flatMap(([where, text]) =>
        text.includes(trace) ? [where] : [],
      );
    try {
      network.connect(launched.url);
      network.say('bonjour');
      await heard('assistant automatique');
      network.tap('Oui');
      await heard('e-mail');
      network.say('lea.seule@exemple.org');
      await heard('code postal');
      network.say('75011');
      await heard('sujets');
      // On Telegram, one of several: the program keeps the keyboard until the question is answered.
      if (besides === 'keyboards') network.tap('La santé');
      for (let tries = 0; !(await places(WHO)).includes(besides); tries += 1) {
        if (tries > 300) throw new Error(`Nothing is in ${besides}.`);
        await sleep(50);
      }
      network.say('mes données');
      await heard('Que souhaitez-vous');
      network.tap('Tout effacer');
      await heard('écrivez le mot EFFACER');
      network.say('EFFACER');
      await heard('j’efface tout maintenant');
      await untilErased(launched);
      expect(await places(WHO)).toEqual([]);
      expect(await places('lea.seule')).toEqual([]);
      network.say('bonjour');
      await heard('assistant automatique', 2);
      expect(launched.output()).not.toMatch(new RegExp(`${WHO}|lea\\.seule`));
    } finally {
      await launched.remove();
      await network.close();
    }
  },
  120_000,
);
