import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from '../browser/chromium.ts';
import { createSupporter, server, words } from './supporter.mjs';

const bundle = path.resolve(
  import.meta.dirname,
  'node_modules/botframework-webchat/dist/webchat.js',
);

// As Microsoft's documentation shows it, on a site of its own.
const html = `<!doctype html>
<html lang="fr">
  <meta charset="utf-8" />
  <title>Une autre page</title>
  <style>html, body, #chat { height: 100%; margin: 0 }</style>
  <div id="chat" role="main"></div>
  <script src="/webchat.js"></script>
  <script>
    window.received = [];
    (async () => {
      const answer = await fetch(${JSON.stringify(`${server}/tokens/generate`)}, { method: 'POST' });
      const { token } = await answer.json();
      const directLine = WebChat.createDirectLine({ domain: ${JSON.stringify(server)}, token });
      directLine.activity$.subscribe((activity) => window.received.push(activity));
      WebChat.renderWebChat({ directLine, locale: 'fr-FR' }, document.getElementById('chat'));
    })();
  </script>
</html>`;

let browser;
let site;
before(async () => {
  browser = await launchChromium();
  site = createServer(async (request, response) => {
    const isScript = request.url === '/webchat.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? await readFile(bundle) : html);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
});
after(async () => {
  await browser?.close();
  site?.closeAllConnections();
  site?.close();
});

test(
  'botframework-webchat talks through the sample flow in a browser',
  { timeout: 60_000 },
  async () => {
    const page = await browser.newPage({ locale: 'fr-FR', viewport: { width: 420, height: 760 } });
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${site.address().port}/`);

    const supporter = createSupporter();
    const said = [];
    for (let read = 0; ; read += 1) {
      const message = await ours(page, read);
      await page.getByText(message.text, { exact: true }).last().waitFor();
      const answer = supporter.answer(message);
      if (answer.over) break;
      if ('over' in answer) continue;
      if (answer.press === undefined) {
        await shoot(page, `webchat-${read}`);
        said.push(answer.type);
        await page.locator('[data-id="webchat-sendbox-input"]').fill(answer.type);
        await page.keyboard.press('Enter');
      } else {
        // The button is in the page twice: the second is the one that is seen.
        const button = page.getByRole('button', { name: answer.press.title, exact: true }).last();
        await button.waitFor();
        await shoot(page, `webchat-${read}`);
        said.push(answer.press.text);
        await button.click();
      }
    }
    const end = page.getByRole('feed').getByText(words.thanks.slice(-40)).last();
    await end.scrollIntoViewIfNeeded();
    await shoot(page, 'webchat-end');

    const transcript = await page.getByRole('feed').innerText();
    assert.ok(
      transcript.includes(words.email.retry),
      'the mistyped e-mail was not asked for again',
    );
    assert.ok(transcript.includes('pas-une-adresse'));
    const messages = await page.evaluate(() =>
      window.received.filter(({ type }) => type === 'message'),
    );
    const ids = messages.map(({ id }) => id);
    await sendFile(page);
    assert.equal(new Set(ids).size, ids.length, 'an activity came twice');
    const echoed = messages.filter(({ from }) => from.role === 'user').map(({ text }) => text);
    assert.deepEqual(echoed, said);
    assert.deepEqual(errors, []);
  },
);

/** Attaches a picture, as people do, and waits until the server shows it back. */
async function sendFile(page) {
  const buffer = Buffer.from('\x89PNG\r\n\x1a\n and a picture', 'latin1');
  const file = { name: 'rue.png', mimeType: 'image/png', buffer };
  await page.locator('input[type="file"]').first().setInputFiles(file);
  await page.locator('[data-id="webchat-sendbox-input"]').focus();
  const isBack = () =>
    page.evaluate(() =>
      window.received.some(
        ({ from, attachments }) =>
          from.role === 'user' &&
          attachments?.some(
            ({ name, contentType }) => name === 'rue.png' && contentType === 'image/png',
          ),
      ),
    );
  // The client takes a moment to lay the file into its box, and shows nothing by which to tell.
  for (const until = Date.now() + 30_000; !(await isBack());) {
    assert.ok(Date.now() < until, 'the file did not come back');
    await page.keyboard.press('Enter');
    await sleep(500);
  }
  await shoot(page, 'webchat-file');
}

/** The message of ours at this place, when it has come. */
async function ours(page, index) {
  const handle = await page.waitForFunction(
    (at) =>
      window.received.filter(({ type, from }) => type === 'message' && from.role === 'bot')[at],
    index,
  );
  return handle.jsonValue();
}

async function shoot(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
