import { BotAdapter, ConversationState, MemoryStorage, TurnContext } from 'botbuilder';
import {
  ChoicePrompt,
  ConfirmPrompt,
  DialogSet,
  DialogTurnStatus,
  ListStyle,
  NumberPrompt,
  TextPrompt,
  WaterfallDialog,
} from 'botbuilder-dialogs';
import { runAsProcess } from './measure.ts';
import { isAge, isEmail, isName, isPostcode, WORDS } from './words.mjs';

/** The sign-up as a waterfall of prompts, its state kept as JSON by MemoryStorage. */
const LOCALE = 'fr-fr';

/** Hands the texts of a turn back to whoever took it. */
class MemoryAdapter extends BotAdapter {
  async sendActivities(context, activities) {
    const replies = context.turnState.get('replies');
    for (const { type, text } of activities) if (type === 'message') replies.push(text);
    return activities.map(() => ({ id: '1' }));
  }

  async take(conversation, text, respond) {
    const context = new TurnContext(this, {
      type: 'message',
      id: '1',
      text,
      locale: LOCALE,
      channelId: 'bench',
      from: { id: `u${conversation}` },
      recipient: { id: 'bot' },
      conversation: { id: `c${conversation}` },
      serviceUrl: '',
    });
    const replies = [];
    context.turnState.set('replies', replies);
    await this.runMiddleware(context, respond);
    return replies.join('\n\n');
  }
}

const storage = new MemoryStorage();
const state = new ConversationState(storage);
const dialogs = new DialogSet(state.createProperty('dialogs'));

const valid =
  (is) =>
  async ({ recognized }) =>
    recognized.succeeded && is(recognized.value.trim());
const confirm = new ConfirmPrompt('confirm', undefined, LOCALE);
confirm.style = ListStyle.none;
const choice = new ChoicePrompt('topic', undefined, LOCALE);
choice.style = ListStyle.none;
dialogs.add(confirm);
dialogs.add(choice);
dialogs.add(new TextPrompt('name', valid(isName)));
dialogs.add(new TextPrompt('email', valid(isEmail)));
dialogs.add(new TextPrompt('postcode', valid(isPostcode)));
dialogs.add(
  new NumberPrompt(
    'age',
    async ({ recognized }) => recognized.succeeded && isAge(recognized.value),
    LOCALE,
  ),
);

const ask = (prompt, retryPrompt, more) => ({ prompt, retryPrompt, ...more });
const questions = [
  async (step) => step.prompt('confirm', ask(WORDS.agree, WORDS.yesOrNo)),
  async (step) => {
    if (!step.result) {
      await step.context.sendActivity(WORDS.goodbye);
      return step.cancelAllDialogs();
    }
    step.values.agree = step.result;
    return step.prompt('name', ask(WORDS.name, WORDS.nameAgain));
  },
  async (step) => {
    step.values.name = step.result.trim();
    return step.prompt('email', ask(WORDS.email(step.values.name), WORDS.emailAgain));
  },
  async (step) => {
    step.values.email = step.result;
    return step.prompt('postcode', ask(WORDS.postcode, WORDS.postcodeAgain));
  },
  async (step) => {
    step.values.postcode = step.result;
    return step.prompt('topic', ask(WORDS.topic, WORDS.topicAgain, { choices: WORDS.topics }));
  },
  async (step) => {
    step.values.topic = step.result.value;
    return step.prompt('confirm', ask(WORDS.news, WORDS.yesOrNo));
  },
  async (step) => {
    step.values.news = step.result;
    return step.prompt('age', ask(WORDS.age, WORDS.ageAgain));
  },
  async (step) => {
    step.values.age = step.result;
    await step.context.sendActivity(WORDS.thanks(step.values.name, step.values.topic));
    return step.next();
  },
];
dialogs.add(new WaterfallDialog('signup', [...questions, async (step) => step.endDialog()]));
dialogs.add(
  new WaterfallDialog('long', [
    ...questions,
    async (step) => step.prompt('confirm', ask(WORDS.again, WORDS.yesOrNo)),
    async (step) => {
      if (step.result) return step.replaceDialog('long');
      await step.context.sendActivity(WORDS.goodbye);
      return step.endDialog();
    },
  ]),
);

const adapter = new MemoryAdapter();

async function logic(context) {
  const dialog = await dialogs.createContext(context);
  const { text } = context.activity;
  if (text === '/start' || text === '/long') {
    await dialog.cancelAllDialogs();
    if (text === '/start') await context.sendActivity(WORDS.hello);
    await dialog.beginDialog(text === '/start' ? 'signup' : 'long');
  } else {
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await context.sendActivity(WORDS.goodbye);
  }
  await state.saveChanges(context);
}

await runAsProcess({
  name: 'botbuilder-dialogs',
  turn: (conversation, text) => adapter.take(conversation, text, logic),
  stateBytes: (conversation) =>
    Buffer.byteLength(storage.memory[`bench/conversations/c${conversation}/`] ?? ''),
});
