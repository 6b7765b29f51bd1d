import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type {
  Channel,
  FailureReason,
  Inbound,
  Message,
  OpenedChannel,
  Question,
  Receive,
} from '../../src/channels/channel.js';
import { freely, inSilence } from './freely.js';

/** A channel that sends only, and runs against something which speaks its network's protocol. */
export type SendingRig = {
  readonly channel: Channel;
  /** Somebody whom the channel can write to. */
  readonly address: string;
  /** What people see at the address, oldest first: the text, and the choices wherever they are drawn. */
  shown(): readonly { readonly text: string; readonly choices: readonly string[] }[];
  /** Everything the channel told the operator. */
  told(): readonly string[];
  close(): Promise<void>;
};

/** A channel that people answer on too. */
export type Rig = SendingRig & {
  /** Everything that was handed to `receive`. */
  readonly inbounds: readonly Inbound[];
  /**
   * Lets somebody on the network say a text, and resolves once the network knows whether the channel
   * took it: what it did not take, the network brings again.
   */
  say(text: string): Promise<'taken' | 'to be brought again'>;
};

/** A payload as the network sends it, and what the channel reads of it; undefined: not for us. */
export type Recorded = {
  readonly title: string;
  readonly payload: unknown;
  readonly read: Partial<Inbound> | undefined;
};

type Sending<R extends SendingRig> = {
  readonly name: string;
  /** How the network refuses a message, and what the channel must make of it. */
  readonly failures: readonly {
    readonly title: string;
    readonly reason: FailureReason;
    readonly retryAfterMs?: number;
    /** Makes the network refuse the next send in this way. */
    arrange(rig: R): void;
  }[];
  /** Words that must never be told to the operator: tokens, secrets. */
  readonly secrets: readonly string[];
};

export type ChannelUnderTest = Sending<Rig> & {
  /** Starts it; what comes in is handed to `receive`. */
  start(receive: Receive): Promise<Rig>;
  /** The pure reader of the channel. */
  read(payload: unknown): Inbound | undefined;
  readonly recorded: readonly Recorded[];
};

/** A channel on which nobody can answer. */
export type SendingUnderTest = Sending<SendingRig> & {
  start(): Promise<SendingRig & { readonly opened: OpenedChannel }>;
};

const AT = Date.UTC(2030, 0, 1, 12);
const QUESTION: Question = {
  turn: 7,
  answer: 'choice',
  options: [
    { value: 'river', label: 'La rivière' },
    { value: 'health', label: 'La santé' },
    { value: 'schools', label: 'Les écoles' },
  ],
};

let ids = 0;
function text(words: string, question?: Question): Message {
  return {
    id: `1.${(ids += 1)}`,
    at: AT,
    type: 'text',
    text: words,
    language: 'fr',
    ...(question === undefined ? {} : { question }),
  };
}

/** What every channel passes that sends. */
function testSending<R extends SendingRig>(rig: () => R, failures: Sending<R>['failures']): void {
  test('sends nothing that may not leave when its turn has come', async () => {
    const { channel, address } = rig();
    const withheld = await channel.send(address, text('Votez !'), inSilence);
    expect(withheld).toMatchObject({ type: 'withheld', refusal: { rule: 'silence' } });
    expect(rig().shown()).toEqual([]);
    // Asked again, it answers anew.
    expect(await channel.send(address, text('Bonjour'), freely)).toMatchObject({ type: 'sent' });
    expect(
      rig()
        .shown()
        .map((one) => one.text),
    ).toEqual(['Bonjour']);
  });

  test('sends a text as it is', async () => {
    const words = 'L’équipe vous répond : 2 < 3 & *c’est* _sûr_ [ici](là) — à bientôt !';
    expect(await rig().channel.send(rig().address, text(words), freely)).toMatchObject({
      type: 'sent',
    });
    expect(
      rig()
        .shown()
        .map((one) => one.text),
    ).toEqual([words]);
  });

  test('sends a text as long as its limit whole', async () => {
    const longest = Math.min(rig().channel.limits.text, 20_000);
    const words = 'é'.repeat(longest);
    expect(await rig().channel.send(rig().address, text(words), freely)).toMatchObject({
      type: 'sent',
    });
    expect(rig().shown()[0]?.text).toBe(words);
  });

  test('shows every choice of a question, in order', async () => {
    const asked = text('Que choisissez-vous ?', QUESTION);
    expect(await rig().channel.send(rig().address, asked, freely)).toMatchObject({ type: 'sent' });
    const [shown] = rig().shown().slice(-1);
    expect(shown?.choices).toEqual(['La rivière', 'La santé', 'Les écoles']);
    expect(shown?.text).toContain('Que choisissez-vous ?');
  });

  test('shows what it is given one after the other in that order', async () => {
    for (const words of ['un', 'deux', 'trois', 'quatre']) {
      await rig().channel.send(rig().address, text(words), freely);
    }
    expect(
      rig()
        .shown()
        .map((one) => one.text),
    ).toEqual(['un', 'deux', 'trois', 'quatre']);
  });

  if (failures.length > 0) {
    test.each(failures.map((one) => [one.title, one] as const))(
      'gives the reason when %s',
      async (_, { arrange, reason, retryAfterMs }) => {
        arrange(rig());
        expect(await rig().channel.send(rig().address, text('Bonjour'), freely)).toMatchObject({
          type: 'failed',
          reason,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
      },
    );
  }

  test('shows that an answer is being prepared, whatever becomes of it', () => {
    expect(() => rig().channel.showTyping(rig().address)).not.toThrow();
    expect(() => rig().channel.showTyping('nobody')).not.toThrow();
  });
}

/** The tests that every channel passes. */
export function testChannelContract(under: ChannelUnderTest): void {
  describe(`${under.name} as a channel`, () => {
    let rig: Rig;
    let receive: Receive;
    beforeEach(async () => {
      receive = async () => 'taken';
      rig = await under.start((inbound) => receive(inbound));
    });
    afterEach(() => rig.close());

    test.each(under.recorded.map((one) => [one.title, one] as const))('reads %s', (_, one) => {
      const read = under.read(one.payload);
      if (one.read === undefined) expect(read).toBeUndefined();
      else expect(read).toMatchObject(one.read);
    });

    test('has recorded payloads that are for us, that are not, and that are nonsense', () => {
      const isNonsense = ({ payload }: Recorded): boolean =>
        payload === null || typeof payload !== 'object' || Object.keys(payload).length === 0;
      expect(under.recorded.some((one) => one.read !== undefined)).toBe(true);
      expect(under.recorded.some((one) => one.read === undefined && !isNonsense(one))).toBe(true);
      expect(under.recorded.some(isNonsense)).toBe(true);
    });

    test('reads nonsense without a word', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (payload) => {
          under.read(payload);
        }),
      );
    });

    test('brings one payload under one id, however often the network sends it', () => {
      for (const { payload } of under.recorded) {
        expect(under.read(structuredClone(payload))?.id).toBe(under.read(payload)?.id);
      }
    });

    test('tells the network that a message is taken only once it is saved', async () => {
      receive = async () => Promise.reject(new Error('the store is away'));
      expect(await rig.say('Bonjour')).toBe('to be brought again');
      receive = async () => 'taken';
      expect(await rig.say('Bonjour')).toBe('taken');
      expect(rig.inbounds.at(-1)).toMatchObject({
        channel: rig.channel.name,
        input: { type: 'said', text: 'Bonjour' },
      });
    });

    test('tells the operator neither secrets nor what people say', async () => {
      receive = async () => Promise.reject(new Error('the store is away'));
      await rig.say('Mon secret à moi');
      const told = rig.told().join('\n');
      for (const secret of [...under.secrets, 'Mon secret à moi']) {
        expect(told).not.toContain(secret);
      }
    });

    testSending(() => rig, under.failures);
  });
}

/** The tests that a channel passes on which nobody can answer; that nothing comes in is one of them. */
export function testSendingContract(under: SendingUnderTest): void {
  describe(`${under.name} as a channel that only sends`, () => {
    let rig: Awaited<ReturnType<SendingUnderTest['start']>>;
    beforeEach(async () => {
      rig = await under.start();
    });
    afterEach(() => rig.close());

    test('opens no door, begins to receive nothing, and offers no links that come back', () => {
      expect(rig.opened.routes).toBeUndefined();
      expect(rig.opened.start).toBeUndefined();
      expect(rig.channel.linkTo).toBeUndefined();
      expect(rig.channel.fetchFile).toBeUndefined();
    });

    test('tells the operator neither secrets nor what is said', async () => {
      for (const { arrange } of under.failures) {
        arrange(rig);
        await rig.channel.send(rig.address, text('Mon secret à moi'), freely);
      }
      const told = rig.told().join('\n');
      for (const secret of [...under.secrets, 'Mon secret à moi', rig.address]) {
        expect(told).not.toContain(secret);
      }
    });

    testSending(() => rig, under.failures);
  });
}
