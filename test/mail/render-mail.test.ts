import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMail, type MailContent, type MailLook } from '../../src/mail/render-mail.js';

const LOOK: MailLook = {
  campaign: 'Valbrume en commun',
  colours: { primary: '#14532d', accent: '#9a3412' },
  language: 'fr',
};
const URL = 'https://campaign.example/confirm/abc.def';

function render(content: Partial<MailContent>): { text: string; html: string } {
  return renderMail(LOOK, { subject: 'Bonjour', text: 'Bonjour', notes: [], ...content });
}

/** What stands between tags, as a screen reader says it. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('a mail as HTML', () => {
  test('says in its language what the text says, whose it is, and its small print', () => {
    const { html } = render({
      text: 'Bonjour,\n\nUne ligne\nune autre',
      notes: ['Personne ne lit les réponses.', { label: 'Me désinscrire', url: URL }],
    });
    expect(html).toContain('<html lang="fr">');
    expect(wordsOf(html)).toBe(
      'Valbrume en commun Bonjour, Une ligne une autre Personne ne lit les réponses. Me désinscrire',
    );
    expect(html).toContain(`href="${URL}"`);
  });

  test('draws the address of what it is about as a button, once, where the text has it', () => {
    const action = { label: 'Oui, je confirme', url: URL };
    const { html } = render({ text: `Ouvrez ce lien :\n${URL}\n\nMerci`, action });
    expect(html.split(`href="${URL}"`)).toHaveLength(2);
    expect(wordsOf(html)).toBe('Valbrume en commun Ouvrez ce lien : Oui, je confirme Merci');
  });

  test('draws the button below a text that does not name its address', () => {
    const { html, text } = render({ text: 'À vous !', action: { label: 'Répondre', url: URL } });
    expect(wordsOf(html)).toBe('Valbrume en commun À vous ! Répondre');
    expect(text).toBe(`À vous !\n\nRépondre\n${URL}`);
  });

  test('makes links of web addresses in its text, without the sign that ends the sentence', () => {
    const { html } = render({
      text: 'Voyez https://exemple.org/a?b=1&c=2. Merci (http://x.org/y).',
    });
    expect(html).toContain('href="https://exemple.org/a?b=1&amp;c=2"');
    expect(html).toContain('href="http://x.org/y"');
  });

  test('loads nothing from anywhere', () => {
    const { html } = render({ text: `Voyez https://exemple.org/photo.png`, notes: [URL] });
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|src=/i);
  });

  test('knows the dark', () => {
    expect(render({}).html).toMatch(/@media \(prefers-color-scheme:dark\)\{\.page\{background:#1/);
  });

  test('lets nothing through that is not text, whatever people and campaigns write', () => {
    const nasty = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "javascript:alert('x')",
        'https://a.b/"onmouseover="x',
        '&lt;b&gt;',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (subject, text, note) => {
        const { html } = renderMail(
          { ...LOOK, campaign: note },
          { subject, text, notes: [note], action: { label: text, url: URL } },
        );
        const plain = renderMail(
          { ...LOOK, campaign: 'c' },
          { subject: 's', text: 't', notes: ['n'], action: { label: 'l', url: URL } },
        );
        const kindsOf = (page: string): Set<string> =>
          new Set([...page.matchAll(/<([a-z!]+)/gi)].map(([, kind = '']) => kind));
        // Only the elements of its own; a link and a line break may come of the text.
        for (const kind of kindsOf(html)) {
          expect([...kindsOf(plain.html), 'br', 'a']).toContain(kind);
        }
        for (const [, url = ''] of html.matchAll(/href="([^"]*)"/g)) {
          expect(url).toMatch(/^https?:\/\//);
        }
        expect(html).not.toMatch(/<[^>]*\son\w+=/i);
      }),
    );
  });
});

describe('a mail as text', () => {
  test('has its small print below the mark of a signature', () => {
    const { text } = render({ text: 'Bonjour', notes: ['Un', { label: 'Deux', url: URL }] });
    expect(text).toBe(`Bonjour\n\n-- \nUn\n\nDeux\n${URL}`);
  });
});
