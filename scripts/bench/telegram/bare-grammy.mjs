// A bot that answers every message by a call of its own and keeps nothing: what any bot here costs at least.
import { createServer } from 'node:http';
import { Bot, webhookCallback } from 'grammy';

const { PORT, API_ROOT, TOKEN, SECRET } = process.env;
const bot = new Bot(TOKEN, { client: { apiRoot: API_ROOT } });
const WORDS =
  'Bonjour ! Je suis l’assistant de la campagne. Êtes-vous d’accord pour que je garde vos réponses ?';
bot.on('message', (ctx) => ctx.reply(WORDS));
await bot.init();
const answer = webhookCallback(bot, 'http', { secretToken: SECRET });
createServer((request, response) => void answer(request, response)).listen(
  Number(PORT),
  '127.0.0.1',
  () => process.stdout.write('ready\n'),
);
