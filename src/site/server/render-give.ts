import type { Campaign } from '../../engine/campaign.js';
import { html, type Html } from './html.js';
import { renderDocument, renderTop, type PageOptions } from './render-document.js';

export type GiveField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fault?: string;
  readonly autocomplete: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** What a page of a payment shows; every word of it is given. */
export type GiveView = { readonly status: number; readonly title: string } & (
  | {
      readonly type: 'form';
      readonly lead: string;
      readonly trial?: string;
      readonly problem?: string;
      readonly legal: { readonly title: string; readonly paragraphs: readonly string[] };
      readonly fields: readonly GiveField[];
      readonly attest: { readonly label: string; readonly fault?: string };
      readonly why: string;
      readonly submit: string;
      readonly giveUp: string;
    }
  | {
      readonly type: 'pay';
      readonly lead: string;
      readonly trial: string;
      readonly problem?: string;
      readonly answers: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly type: 'go'; readonly url: string; readonly link: string }
  | {
      readonly type: 'notice';
      readonly text: string;
      readonly link: { readonly url: string; readonly label: string };
    }
);

/** Writes a page of a payment, in the manner of the campaign's page; `path` is that of the gift. */
export function renderGive(
  campaign: Campaign,
  options: PageOptions,
  path: string,
  view: GiveView,
): string {
  const here = `?lang=${options.language}`;
  const body = html`${renderTop(campaign, options, undefined)}
    <main class="give">
      <div class="wrap">${bodyOf(view, path, here)}</div>
    </main>`;
  return renderDocument(campaign, options, {
    title: `${view.title} · ${campaign.name}`,
    description: view.title,
    body,
  });
}

function bodyOf(view: GiveView, path: string, here: string): Html {
  switch (view.type) {
    case 'form':
      return html`${markOf(view.trial)}
        <h1>${view.title}</h1>
        <p class="lead">${view.lead}</p>
        ${problemOf(view.problem)}
        <form method="post" action="${path}${here}" novalidate>
          ${view.fields.map(drawField)}
          <div class="tick">
            <input
              type="checkbox"
              id="attest"
              name="attest"
              value="yes"
              ${faultMarks('attest', view.attest.fault, undefined)}
            />
            <label for="attest">${view.attest.label}</label>
          </div>
          ${drawFault('attest', view.attest.fault)}
          <button class="button" type="submit">${view.submit}</button>
          <button class="plain" type="submit" name="answer" value="give_up">${view.giveUp}</button>
        </form>
        <p class="why">${view.why}</p>
        ${
          view.legal.paragraphs.length === 0
            ? undefined
            : html`<section class="legal" aria-labelledby="legal">
                <h2 id="legal">${view.legal.title}</h2>
                ${view.legal.paragraphs.map((text) => html`<p>${text}</p>`)}
              </section>`
        }`;
    case 'pay':
      return html`${markOf(view.trial)}
        <h1>${view.title}</h1>
        <p class="lead">${view.lead}</p>
        ${problemOf(view.problem)}
        <form method="post" action="${path}/pay${here}">
          ${view.answers.map(
            ({ value, label }, index) =>
              html`<button
                class="${index === 0 ? 'button' : 'plain'}"
                type="submit"
                name="answer"
                value="${value}"
              >
                ${label}
              </button>`,
          )}
        </form>`;
    case 'go':
      return html`<h1>${view.title}</h1>
        <a class="button" href="${view.url}" rel="noreferrer">${view.link}</a>`;
    case 'notice':
      return html`<h1>${view.title}</h1>
        <p class="lead">${view.text}</p>
        <a class="button" href="${view.link.url}">${view.link.label}</a>`;
    default:
      return view satisfies never;
  }
}

function markOf(trial: string | undefined): Html | undefined {
  return trial === undefined ? undefined : html`<p class="trial">${trial}</p>`;
}

function problemOf(problem: string | undefined): Html | undefined {
  return problem === undefined
    ? undefined
    : html`<p class="problem" role="alert" tabindex="-1">${problem}</p>`;
}

function drawField(field: GiveField): Html {
  const { name, label, hint, value, fault, autocomplete, options } = field;
  const marks = faultMarks(name, fault, hint);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${
      options === undefined
        ? html`<input
            id="${name}"
            name="${name}"
            value="${value}"
            autocomplete="${autocomplete}"
            maxlength="200"
            required
            ${marks}
          />`
        : html`<select id="${name}" name="${name}" autocomplete="${autocomplete}" required ${marks}>
            ${options.map(
              (option) =>
                html`<option
                  value="${option.value}"
                  ${option.value === value ? SELECTED : undefined}
                >
                  ${option.label}
                </option>`,
            )}
          </select>`
    }
    ${drawFault(name, fault)}
  </div>`;
}
const SELECTED: Html = { markup: 'selected' };

function faultMarks(name: string, fault: string | undefined, hint: string | undefined): Html {
  const about = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ].join(' ');
  return html`${fault === undefined ? undefined : INVALID}
  ${about === '' ? undefined : html`aria-describedby="${about}"`}`;
}
const INVALID: Html = { markup: 'aria-invalid="true"' };

function drawFault(name: string, fault: string | undefined): Html | undefined {
  return fault === undefined ? undefined : html`<p class="fault" id="${name}-fault">${fault}</p>`;
}
