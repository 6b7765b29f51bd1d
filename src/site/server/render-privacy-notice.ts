import type { Campaign, Translated } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import type {
  NoticeConsent,
  NoticeField,
  NoticePurpose,
  PrivacyFacts,
  Processor,
} from './privacy-facts.js';
import { PRIVACY_WORDS, type PrivacyWords } from './privacy-words.js';
import { renderDocument, renderTop, type PageOptions } from './render-document.js';
import { renderFoot } from './render-foot.js';
import { translate } from './translate.js';

/** Writes the privacy notice: what is collected, why, for how long, with whom, and what one may do (GDPR art. 13). */
export function renderPrivacyNotice(
  campaign: Campaign,
  options: PageOptions,
  facts: PrivacyFacts,
): string {
  const { language } = options;
  const words = PRIVACY_WORDS[language];
  const say: Say = (text) => translate(text, campaign, language);
  const sections = [
    section('who', words.who, renderController(campaign, words)),
    section('what', words.what, renderPurposes(facts, words, say)),
    section('where', words.where, renderChannels(facts, words)),
    section('with', words.with, renderProcessors(facts, words)),
    section('long', words.long, renderSpans(facts, words)),
    section('rights', words.rights, renderRights(campaign, facts, words, language)),
    section('site', words.site, html`<p>${words.siteText}</p>`),
  ];
  const body = html`${renderTop(campaign, options, '/privacy')}
    <main class="privacy">
      <div class="wrap">
        <h1>${words.title}</h1>
        <p class="lead">${words.lead(campaign.name)}</p>
        ${renderBrief(campaign, facts, words)} ${sections}
        <p class="made">${words.made}</p>
      </div>
    </main>
    ${renderFoot(campaign, options)}`;
  return renderDocument(campaign, options, {
    title: `${words.title} · ${campaign.name}`,
    description: words.lead(campaign.name),
    body,
    path: '/privacy',
  });
}

type Say = (text: Translated | undefined) => string | undefined;

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;
}

function renderBrief({ site }: Campaign, facts: PrivacyFacts, words: PrivacyWords): Html {
  const email = site.controller?.email;
  return html`<section class="brief" aria-labelledby="brief">
    <h2 id="brief">${words.brief}</h2>
    <ul>
      <li>${words.stop}</li>
      ${facts.chatRights ? html`<li>${words.mine}</li>` : undefined}
      ${email === undefined ? undefined : html`<li>${words.write(email)}</li>`}
    </ul>
  </section>`;
}

function renderController({ name, site }: Campaign, words: PrivacyWords): Html {
  const { controller } = site;
  if (controller === undefined) return html`<p>${words.nobody(name)}</p>`;
  const { address, email, officer } = controller;
  return html`<p>${words.whoText(controller.name)}</p>
    ${address === undefined ? undefined : html`<p>${address}</p>`}
    ${email === undefined ? undefined : html`<p><a href="mailto:${email}">${email}</a></p>`}
    ${officer === undefined ? undefined : html`<p>${words.officer} ${officer}</p>`}`;
}

function renderPurposes(facts: PrivacyFacts, words: PrivacyWords, say: Say): Html {
  return html`<h3>${words.basic}</h3>
    <div class="card">
      <h4>${words.always}</h4>
      <p>${words.alwaysText}</p>
      <ul>
        <li>${words.talk}</li>
        <li>${words.account}</li>
        ${renderKept(facts.basics, facts.basicRecords, words, say)}
      </ul>
      <p class="basis">${words.alwaysBasis}</p>
    </div>
    ${
      facts.purposes.length === 0
        ? undefined
        : html`<h3 class="agreed">${words.agreed}</h3>
            <p>${words.consentBasis}</p>
            ${facts.purposes.map((purpose) => renderPurpose(purpose, words, say))}`
    }
    <p>${words.imported}</p>
    <p>${words.automatic}</p>`;
}

function renderPurpose(
  { purpose, consents, fields, records }: NoticePurpose,
  words: PrivacyWords,
  say: Say,
): Html {
  const kept = renderKept(fields, records, words, say);
  return html`<div class="card" id="purpose-${purpose}">
    <h4>${words.purposes[purpose] ?? purpose}</h4>
    ${renderConsents(consents, words, say)}
    ${
      kept.length === 0
        ? undefined
        : html`<ul>
            ${kept}
          </ul>`
    }
    ${records.includes('donations') ? html`<p class="basis">${words.lawBasis}</p>` : undefined}
  </div>`;
}

/** The questions of one channel together, for several flows ask for the same consent in their own words. */
function renderConsents(
  consents: readonly NoticeConsent[],
  words: PrivacyWords,
  say: Say,
): readonly Html[] {
  const channels = [...new Set(consents.map(({ channel }) => channel))];
  return channels.map((channel) => {
    const by = channel === undefined ? undefined : (words.channels[channel] ?? channel);
    const asked = consents.filter((consent) => consent.channel === channel);
    return html`<p class="ask">${words.asked(by)}</p>
      ${asked.map(({ wording }) => html`<blockquote>${say(wording)}</blockquote>`)}`;
  });
}

function renderKept(
  fields: readonly NoticeField[],
  records: readonly string[],
  words: PrivacyWords,
  say: Say,
): readonly Html[] {
  const asked = fields.filter(({ question }) => question !== undefined);
  const noted = fields
    .filter(({ question }) => question === undefined)
    .map((field) => nameOf(field, words, say) ?? field.path.replace(/^\w+\./, ''));
  return [
    ...asked.map((field) => renderField(field, words, say)),
    ...(noted.length === 0
      ? []
      : [html`<li><span class="manner">${words.noted}</span> ${noted.join(', ')}</li>`]),
    ...records.map((record) => html`<li>${words.records[record] ?? record}</li>`),
  ];
}

/** Named by what the campaign or the program calls it, else by the question that asks for it. */
function renderField(field: NoticeField, words: PrivacyWords, say: Say): Html {
  const name = nameOf(field, words, say);
  const question = say(field.question);
  const manner = field.isOptional
    ? html` <span class="manner">· ${words.optional}</span>`
    : undefined;
  return name === undefined
    ? html`<li><q>${question}</q>${manner}</li>`
    : html`<li><strong>${name}</strong>${manner}<span class="question">${question}</span></li>`;
}

function nameOf({ path, label }: NoticeField, words: PrivacyWords, say: Say): string | undefined {
  return say(label) ?? words.fields[path];
}

function renderChannels({ channels }: PrivacyFacts, words: PrivacyWords): Html {
  return html`<p>${words.whereText}</p>
    <ul>
      ${channels.map((channel) => html`<li>${words.channels[channel] ?? channel}</li>`)}
    </ul>`;
}

function renderProcessors({ processors }: PrivacyFacts, words: PrivacyWords): Html {
  const list = html`<ul>
    ${processors.map((processor) => html`<li>${processorName(processor, words)}.</li>`)}
  </ul>`;
  return html`${processors.length === 0 ? html`<p>${words.withNobody}</p>` : list}
    <p>${words.never}</p>`;
}

function processorName(processor: Processor, { processors }: PrivacyWords): string {
  switch (processor.type) {
    case 'telegram':
    case 'whatsapp':
    case 'bot_framework':
    case 'stripe':
      return processors[processor.type];
    case 'mail':
      return processors.mail(processor.host);
    case 'webhook':
      return processors.webhook(processor.name, processor.host);
    default:
      return processor satisfies never;
  }
}

function renderSpans(facts: PrivacyFacts, words: PrivacyWords): Html {
  const gives = facts.purposes.some(({ records }) => records.includes('donations'));
  return html`<ul>
    <li>${words.longTalk(facts.keepConversationsDays)}</li>
    <li>${words.longProfile(facts.keepProfilesDays)}</li>
    <li>${words.longConsents}</li>
    ${gives ? html`<li>${words.longGifts}</li>` : undefined}
    <li>${words.longRefused}</li>
  </ul>`;
}

function renderRights(
  { country }: Campaign,
  { chatRights }: PrivacyFacts,
  words: PrivacyWords,
  language: string,
): Html {
  const ways = html`<p>${words.rightsText}</p>
    <dl>
      ${words.rightsList.map(
        ([name, how]) =>
          html`<dt>${name}</dt>
            <dd>${how}</dd>`,
      )}
    </dl>`;
  return html`${chatRights ? ways : html`<p>${words.rightsNoChat}</p>`}
    <p>${words.complain[country === 'fr' ? 'fr' : 'other']}</p>
    <p><a class="button" href="/?lang=${language}#chat">${words.openChat}</a></p>`;
}
