import { Bot } from 'grammy';
import { conversations, createConversation } from '@grammyjs/conversations';
import { runAsProcess } from './measure.ts';
import { isAge, isEmail, isName, isPostcode, WORDS } from './words.mjs';

/** The sign-up as a conversation of grammY, its state kept as JSON; nothing reaches a network. */
const states = new Map();
const replies = new Map();

/** Stands in for the network: a conversation's own API client leaves no other way in. */
async function answerAtOnce(_url, { body }) {
  const { chat_id: id, text } = JSON.parse(body);
  replies.get(id).push(text);
  const result = { message_id: 1, date: 0, chat: { id, type: 'private' }, text };
  return { json: async () => ({ ok: true, result }) };
}

const bot = new Bot('1:bench', {
  client: { fetch: answerAtOnce },
  botInfo: {
    id: 1,
    is_bot: true,
    first_name: 'Bench',
    username: 'bench_bot',
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  },
});
bot.use(
  conversations({
    storage: {
      type: 'key',
      getStorageKey: (ctx) => String(ctx.chat.id),
      adapter: {
        read: async (key) => {
          const saved = states.get(key);
          return saved === undefined ? undefined : JSON.parse(saved);
        },
        write: async (key, value) => void states.set(key, JSON.stringify(value)),
        delete: async (key) => void states.delete(key),
      },
    },
  }),
);

/** Asks until an answer can be read. */
async function ask(conversation, ctx, question, again, read) {
  await ctx.reply(question);
  for (;;) {
    const { message } = await conversation.waitFor('message:text');
    const answer = read(message.text.trim());
    if (answer !== undefined) return answer;
    await ctx.reply(again);
  }
}

const yesNo = (text) => ({ oui: true, non: false })[text.toLowerCase()];
const kept = (is) => (text) => (is(text) ? text : undefined);
const topic = (text) => WORDS.topics.find((label) => label.toLowerCase() === text.toLowerCase());
const age = (text) => (isAge(Number(text)) ? Number(text) : undefined);

async function signUp(conversation, ctx) {
  const put = (question, again, read) => ask(conversation, ctx, question, again, read);
  if (!(await put(WORDS.agree, WORDS.yesOrNo, yesNo))) return ctx.reply(WORDS.goodbye);
  const name = await put(WORDS.name, WORDS.nameAgain, kept(isName));
  await put(WORDS.email(name), WORDS.emailAgain, kept(isEmail));
  await put(WORDS.postcode, WORDS.postcodeAgain, kept(isPostcode));
  const chosen = await put(WORDS.topic, WORDS.topicAgain, topic);
  await put(WORDS.news, WORDS.yesOrNo, yesNo);
  await put(WORDS.age, WORDS.ageAgain, age);
  return ctx.reply(WORDS.thanks(name, chosen));
}

async function long(conversation, ctx) {
  do {
    await signUp(conversation, ctx);
  } while (await ask(conversation, ctx, WORDS.again, WORDS.yesOrNo, yesNo));
  await ctx.reply(WORDS.goodbye);
}

bot.use(createConversation(signUp));
bot.use(createConversation(long));
bot.command('start', async (ctx) => {
  await ctx.reply(WORDS.hello);
  await ctx.conversation.enter('signUp');
});
bot.command('long', (ctx) => ctx.conversation.enter('long'));

let updates = 0;
await runAsProcess({
  name: 'grammY conversations',
  turn: async (conversation, text) => {
    const id = conversation + 1;
    const person = { id, is_bot: false, first_name: 'Léa' };
    const command = text.startsWith('/')
      ? { entities: [{ type: 'bot_command', offset: 0, length: text.length }] }
      : {};
    updates += 1;
    replies.set(id, []);
    await bot.handleUpdate({
      update_id: updates,
      message: {
        message_id: updates,
        date: 0,
        chat: { id, type: 'private', first_name: 'Léa' },
        from: person,
        text,
        ...command,
      },
    });
    return replies.get(id).join('\n\n');
  },
  stateBytes: (conversation) => Buffer.byteLength(states.get(String(conversation + 1)) ?? ''),
});
