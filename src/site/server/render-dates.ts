import type { SiteDate } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import { PAGE_WORDS, type PageLanguage } from './page-words.js';
import type { ShownCampaign } from './render-document.js';
import { translate } from './translate.js';
import { writeDay, writeTime } from './write-day.js';

/** The days that everybody may come to, the next one first. */
export function renderDates(
  dates: readonly SiteDate[],
  campaign: ShownCampaign,
  language: PageLanguage,
): Html {
  const keyOf = ({ on, at = '' }: SiteDate): string => `${on} ${at}`;
  const inOrder = [...dates].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return html`<section class="dates" aria-labelledby="dates-title">
    <div class="wrap">
      <h2 id="dates-title">${PAGE_WORDS[language].dates}</h2>
      <ol>
        ${inOrder.map((date) => renderDate(date, campaign, language))}
      </ol>
    </div>
  </section>`;
}

function renderDate(
  { on, at, title, place }: SiteDate,
  campaign: ShownCampaign,
  language: PageLanguage,
): Html {
  const day = Number(on.slice(8));
  const month = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${on}T00:00:00Z`));
  const where = translate(place, campaign, language);
  const when = `${writeDay(on, language)}${at === undefined ? '' : `, ${writeTime(at, language)}`}`;
  return html`<li>
    <span class="leaf" aria-hidden="true"><b>${day}</b>${month}</span>
    <div>
      <h3>${translate(title, campaign, language)}</h3>
      <p>
        <time datetime="${at === undefined ? on : `${on}T${at}`}">${when}</time>${
          where === undefined ? undefined : html` · ${where}`
        }
      </p>
    </div>
  </li>`;
}
