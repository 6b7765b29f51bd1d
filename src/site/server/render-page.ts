import type { Campaign, Election, Translated } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import {
  renderDocument,
  renderTop,
  type PageOptions,
  type ShownCampaign,
} from './render-document.js';
import { PAGE_WORDS, type PageLanguage } from './page-words.js';
import { renderDates } from './render-dates.js';
import { renderFoot } from './render-foot.js';
import { translate } from './translate.js';
import { writeDay } from './write-day.js';

/** Writes the campaign's page with the chat in it; all words of the campaign are escaped. */
export function renderPage(campaign: ShownCampaign, options: PageOptions): string {
  const { language, assets } = options;
  const { site, election } = campaign;
  const words = PAGE_WORDS[language];
  const say = (text: Translated | undefined) => translate(text, campaign, language);
  const headline = say(site.headline) ?? campaign.name;
  const summary = say(site.summary);
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
              ${
                options.preview === undefined
                  ? html`<noscript><p class="wait">${words.noScript}</p></noscript>`
                  : html`<div class="still">
                      <b>${campaign.name}</b><span>${words.still}</span><i></i>
                    </div>`
              }
            </div>
          </section>
          <div class="more">
            ${summary === undefined ? undefined : html`<p class="lead">${summary}</p>`}
            ${
              election &&
              html`<p class="day">
                <strong>${capitalised(say(election.name))}</strong>
                ${writeDay(election.date, language)}
              </p>`
            }
            ${assets.picture === undefined ? undefined : html`<img class="portrait" src="${assets.picture}" alt="${say(site.pictureText)}" loading="lazy" />`}
          </div>
        </div>
      </section>
      ${site.issues.length === 0 ? undefined : renderIssues(site.issues, words.issues, say)}
      ${site.dates.length === 0 ? undefined : renderDates(site.dates, campaign, language)}
      ${election && renderElection(election, campaign, language, say)}
    </main>
    ${renderFoot(campaign, options)}
    ${options.preview === undefined ? html`<script type="module" src="${assets.widget}"></script>` : undefined}`;
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
  { timezone }: ShownCampaign,
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
          <time datetime="${election.date}">${capitalised(writeDay(election.date, language))}</time>
        </p>
        <p>${capitalised(say(election.name))}</p>
        <p>${words.hours(hours)}</p>
      </div>
    </div>
  </section>`;
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
