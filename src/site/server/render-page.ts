import type { Campaign, Election, Translated } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import { renderDocument, renderTop, type PageOptions } from './render-document.js';
import { PAGE_WORDS, type PageLanguage } from './page-words.js';

/** Writes the campaign's page with the chat in it; all words of the campaign are escaped. */
export function renderPage(campaign: Campaign, options: PageOptions): string {
  const { language, assets } = options;
  const { site, election } = campaign;
  const words = PAGE_WORDS[language];
  const say = (text: Translated | undefined) => translated(text, campaign, language);
  const headline = say(site.headline) ?? campaign.name;
  const summary = say(site.summary);
  const notice = say(site.notice);
  const owner = campaign.candidate ?? campaign.name;

  const body = html`<a class="skip" href="#chat">${words.skipToChat}</a>
    ${renderTop(campaign, options, '/')}
    <main>
      <section class="hero">
        <div class="wrap">
          <div class="intro">
            ${owner === headline ? undefined : html`<p class="who">${owner}</p>`}
            <h1>${keepTogether(headline)}</h1>
          </div>
          <section class="chat" id="chat" aria-labelledby="chat-title" tabindex="-1">
            <h2 id="chat-title">${words.talk}</h2>
            <div
              class="seat"
              data-portevoix-chat
              data-lang="${language}"
              data-name="${campaign.name}"
              data-primary="${site.colours.primary}"
              data-accent="${site.colours.accent}"
            >
              <noscript><p class="wait">${words.noScript}</p></noscript>
            </div>
          </section>
          <div class="more">
            ${summary === undefined ? undefined : html`<p class="lead">${summary}</p>`}
            ${
              election &&
              html`<p class="day">
                <strong>${capitalised(say(election.name))}</strong>
                ${writeDate(election, language)}
              </p>`
            }
            ${assets.picture === undefined ? undefined : html`<img class="portrait" src="${assets.picture}" alt="" loading="lazy" />`}
          </div>
        </div>
      </section>
      ${site.issues.length === 0 ? undefined : renderIssues(site.issues, words.issues, say)}
      ${election && renderElection(election, campaign, language, say)}
    </main>
    <footer class="foot">
      <div class="wrap">
        ${notice === undefined ? undefined : html`<p><strong>${words.legal}</strong> · ${notice}</p>`}
        <p>${words.noCookies}</p>
      </div>
    </footer>
    <script type="module" src="${assets.widget}"></script>`;
  const description = summary ?? words.description(campaign.name);
  const title = headline === campaign.name ? campaign.name : `${headline} · ${campaign.name}`;
  return renderDocument(campaign, options, { title, description, body });
}

type Say = (text: Translated | undefined) => string | undefined;

function renderIssues(issues: Campaign['site']['issues'], title: string, say: Say): Html {
  return html`<section class="issues" aria-labelledby="issues-title">
    <div class="wrap">
      <h2 id="issues-title">${title}</h2>
      <ul>
        ${issues.map(
          (issue) =>
            html`<li>
              <h3>${say(issue.title)}</h3>
              <p>${say(issue.text)}</p>
            </li>`,
        )}
      </ul>
    </div>
  </section>`;
}

function renderElection(
  election: Election,
  { timezone }: Campaign,
  language: PageLanguage,
  say: Say,
): Html {
  const words = PAGE_WORDS[language];
  const hours = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: timezone,
  }).formatRange(election.opens, election.closes);
  return html`<section class="vote" aria-labelledby="vote-title">
    <div class="wrap">
      <div>
        <h2 id="vote-title">${words.vote}</h2>
        <p class="date">
          <time datetime="${election.date}">${capitalised(writeDate(election, language))}</time>
        </p>
        <p>${capitalised(say(election.name))}</p>
        <p>${words.hours(hours)}</p>
      </div>
    </div>
  </section>`;
}

function writeDate({ date }: Election, language: PageLanguage): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}

/** The text in this language, else in the campaign's first, else in any. */
function translated(
  text: Translated | undefined,
  { languages }: Campaign,
  language: string,
): string | undefined {
  if (text === undefined) return undefined;
  return text[language] ?? text[languages[0] ?? ''] ?? Object.values(text)[0];
}

function capitalised(text: string | undefined): string | undefined {
  return text && text.charAt(0).toUpperCase() + text.slice(1);
}

/** Short words with a hyphen ("faisons-la") are not broken in a title. */
function keepTogether(title: string): Html {
  const words = title.split(' ').map((word, index) => {
    const text = index === 0 ? word : ` ${word}`;
    const isShort = word.includes('-') && word.length <= LONGEST_KEPT;
    return isShort ? html` <span class="keep">${word}</span>` : html`${text}`;
  });
  return html`${words}`;
}

/** So that no kept word is wider than the smallest screen. */
const LONGEST_KEPT = 14;
