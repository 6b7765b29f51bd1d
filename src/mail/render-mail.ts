import { createPalette, type Shades } from '../site/palette.js';
import { html, type Html } from '../site/server/html.js';

/** Whose mail it is, and how it looks. */
export type MailLook = {
  readonly campaign: string;
  /** As `#rrggbb`. */
  readonly colours: { readonly primary: string; readonly accent: string };
  /** Language tag of all its words. */
  readonly language: string;
};

export type MailLink = { readonly label: string; readonly url: string };

/** What a mail says. */
export type MailContent = {
  readonly subject: string;
  /** Paragraphs, an empty line apart. Web addresses in it can be followed. */
  readonly text: string;
  /** Drawn as a button where the text has its address on a line, else below the text. */
  readonly action?: MailLink;
  /** Small print below: sentences, and links that stand for themselves. */
  readonly notes: readonly (string | MailLink)[];
};

const URL_IN_TEXT = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]»’])/;
const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif';

/** A table that stands for a box, and is no table to screen readers. */
const BOX: Html = {
  markup: 'role="presentation" cellpadding="0" cellspacing="0" border="0"',
};

/**
 * Writes a mail as plain text and as HTML: pure, everything escaped, nothing loaded from anywhere,
 * readable from the width of a phone on, by screen readers and in the dark. Mail programs know little of
 * CSS, so what matters is written at each element, and tables stand for boxes.
 */
export function renderMail(
  look: MailLook,
  content: MailContent,
): { readonly text: string; readonly html: string } {
  return { text: writeText(content), html: writeHtml(look, content) };
}

function writeText({ text, action, notes }: MailContent): string {
  const isNamed = action === undefined || text.includes(action.url);
  const body = isNamed ? text : `${text}\n\n${writeLink(action)}`;
  const below = notes.map((note) => (typeof note === 'string' ? note : writeLink(note)));
  // The mark by which mail programs know that nothing of the message follows (RFC 3676, 4.3).
  return below.length === 0 ? body : `${body}\n\n-- \n${below.join('\n\n')}`;
}

function writeLink({ label, url }: MailLink): string {
  return `${label}\n${url}`;
}

function writeHtml(look: MailLook, { subject, text, action, notes }: MailContent): string {
  const { light, dark } = createPalette(look.colours);
  const parts = paragraphsOf(text).map((lines) => writeParagraph(lines, action, light));
  const isDrawn = action === undefined || text.split('\n').some((line) => isAddress(line, action));
  const page = html`<!doctype html>
    <html lang="${look.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>${subject}</title>
        ${{ markup: `<style>${styleOf(dark)}</style>` }}
      </head>
      <body
        class="page"
        style="margin:0;padding:0;background:${light.page};-webkit-text-size-adjust:100%"
      >
        <table ${BOX} width="100%" class="page" style="background:${light.page}">
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                ${BOX}
                width="100%"
                lang="${look.language}"
                style="max-width:560px;text-align:left;${FONT}"
              >
                <tr>
                  <td style="padding:0 8px 16px">${writeBrand(look.campaign, light)}</td>
                </tr>
                <tr>
                  <td
                    class="panel"
                    style="padding:28px 24px 12px;background:${light.panel};border:1px solid ${
                      light.line
                    };border-radius:16px;color:${light.text};font-size:17px;line-height:1.55"
                  >
                    ${parts}
                    ${isDrawn || action === undefined ? undefined : writeButton(action, light)}
                  </td>
                </tr>
                ${
                  notes.length === 0
                    ? undefined
                    : html`<tr>
                        <td
                          class="small"
                          style="padding:20px 8px 0;color:${light.muted};font-size:14px;line-height:1.5"
                        >
                          ${notes.map((note) => writeNote(note, light))}
                        </td>
                      </tr>`
                }
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>`;
  return page.markup.replace(/\n\s+/g, '\n');
}

function paragraphsOf(text: string): readonly (readonly string[])[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').map((line) => line.trim()))
    .map((lines) => lines.filter((line) => line !== ''))
    .filter((lines) => lines.length > 0);
}

function isAddress(line: string, action: MailLink | undefined): boolean {
  return action !== undefined && line.trim() === action.url;
}

/** A paragraph; a line that is the action's address becomes its button, and what is around stays text. */
function writeParagraph(
  lines: readonly string[],
  action: MailLink | undefined,
  shades: Shades,
): Html {
  const at = lines.findIndex((line) => isAddress(line, action));
  if (at < 0 || action === undefined) return writeLines(lines, shades);
  return html`${writeLines(lines.slice(0, at), shades)} ${writeButton(action, shades)}
  ${writeLines(lines.slice(at + 1), shades)}`;
}

function writeLines(lines: readonly string[], shades: Shades): Html {
  if (lines.length === 0) return html``;
  const broken = lines.map(
    (line, index) => html`${index === 0 ? undefined : html`<br />`}${linked(line, shades)}`,
  );
  return html`<p style="margin:0 0 16px;overflow-wrap:break-word">${broken}</p>`;
}

/** The words with what is a web address made a link, to where it says. */
function linked(line: string, shades: Shades): Html {
  const pieces = line
    .split(URL_IN_TEXT)
    .map((piece, index) => (index % 2 === 1 ? writeAnchor(piece, piece, shades) : html`${piece}`));
  return html`${pieces}`;
}

function writeAnchor(label: string, url: string, { ink }: Shades): Html {
  return html`<a class="ink" href="${url}" style="color:${ink};overflow-wrap:anywhere"
    >${label}</a
  >`;
}

/** A button as mail programs draw it: a coloured cell, the whole of which is the link. */
function writeButton({ label, url }: MailLink, { primary, onPrimary }: Shades): Html {
  return html`<table ${BOX} style="margin:8px 0 20px">
    <tr>
      <td class="button" style="border-radius:14px;background:${primary}">
        <a
          class="button"
          href="${url}"
          style="display:inline-block;padding:14px 24px;border-radius:14px;background:${
            primary
          };color:${onPrimary};font-weight:600;line-height:20px;text-decoration:none"
          >${label}</a
        >
      </td>
    </tr>
  </table>`;
}

/** The campaign's name beside its two colours, as on its page. */
function writeBrand(campaign: string, { primary, accent, text }: Shades): Html {
  return html`<table ${BOX}>
    <tr>
      <td width="8" style="width:8px;padding:0">
        <div
          class="primary"
          style="height:17px;border-radius:4px 4px 0 0;background:${primary}"
        ></div>
        <div
          class="accent"
          style="height:11px;border-radius:0 0 4px 4px;background:${accent}"
        ></div>
      </td>
      <td
        class="brand"
        style="padding:0 0 0 12px;color:${text};font-size:17px;font-weight:700;line-height:1.2"
      >
        ${campaign}
      </td>
    </tr>
  </table>`;
}

function writeNote(note: string | MailLink, shades: Shades): Html {
  const words =
    typeof note === 'string' ? linked(note, shades) : writeAnchor(note.label, note.url, shades);
  return html`<p style="margin:0 0 12px;overflow-wrap:break-word">${words}</p>`;
}

/** Mail programs that know of the dark take these; the others keep what stands at each element. */
function styleOf({
  page,
  panel,
  line,
  text,
  muted,
  primary,
  onPrimary,
  ink,
  accent,
}: Shades): string {
  const rules = [
    `.page{background:${page}!important}`,
    `.panel{background:${panel}!important;border-color:${line}!important;color:${text}!important}`,
    `.brand{color:${text}!important}`,
    `.small{color:${muted}!important}`,
    `.ink{color:${ink}!important}`,
    `.button{background:${primary}!important;color:${onPrimary}!important}`,
    `.primary{background:${primary}!important}`,
    `.accent{background:${accent}!important}`,
  ];
  return `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
