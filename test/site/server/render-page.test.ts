import { makeCalendar } from '../../../src/engine/calendar/make-calendar.js';
import { describe, expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import type { Campaign } from '../../../src/engine/campaign.js';
import { pageStyle } from '../../../src/site/server/page-style.js';
import { renderNotFound } from '../../../src/site/server/render-not-found.js';
import { renderPage } from '../../../src/site/server/render-page.js';
import { SAMPLE } from '../sample-campaign.js';

const options = {
  language: 'fr',
  languages: ['fr', 'en'],
  assets: { widget: '/site/widget-1.js' },
} as const;

const bare: Campaign = {
  name: 'Ensemble',
  languages: ['fr'],
  timezone: 'Europe/Paris',
  country: 'none',
  fields: {},
  channels: [],
  site: { issues: [], dates: [], notices: [], colours: { primary: '#14532d', accent: '#9a3412' } },
  frequencyCap: 'none',
  calendar: makeCalendar({ country: 'none', timezone: 'UTC' }),
  facts: {},
};

describe('the page', () => {
  test('shows the campaign in the language asked for', () => {
    const page = renderPage(SAMPLE, options);
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('<title>Valbrume, faisons-la ensemble · Valbrume en commun</title>');
    expect(page).toContain('Maëlle Corvisier');
    expect(page).toContain('La Brume propre');
    expect(page).toContain('<time datetime="2032-03-14">Dimanche 14 mars 2032</time>');
    expect(page).toMatch(/Bureaux de vote ouverts : 08:00\s–\s20:00/);
    expect(page).toContain('3 place du Lavoir');
    const english = renderPage(SAMPLE, { ...options, language: 'en' });
    expect(english).toContain('<html lang="en">');
    expect(english).toMatch(/Sunday,? 14 March 2032/);
    expect(english).toContain('A clean river');
  });

  test('shows days to come in order, and every notice below', () => {
    const page = renderPage(
      {
        ...SAMPLE,
        site: {
          ...SAMPLE.site,
          dates: [
            { on: '2032-02-20', at: '18:30', title: { fr: 'Café' }, place: { fr: 'Au marché' } },
            { on: '2032-02-07', title: { fr: 'Marche' } },
          ],
          notices: [{ title: { fr: 'Imprimeur' }, text: { fr: 'Imprimerie du Pont' } }],
        },
      },
      options,
    );
    expect(page).toMatch(/Marche[\s\S]*Café/);
    expect(page).toContain(
      '<time datetime="2032-02-20T18:30">vendredi 20 février 2032, 18\u00a0h\u00a030</time> · Au marché',
    );
    expect(page).toMatch(/<strong>Imprimeur<\/strong> ·\s+Imprimerie du Pont/);
    expect(renderPage(SAMPLE, options)).not.toContain('dates-title');
  });

  test('offers the other languages and marks its own', () => {
    const page = renderPage(SAMPLE, options);
    expect(page).toContain('<a href="/?lang=en" lang="en" hreflang="en"');
    expect(page).toMatch(/aria-current="true" lang="fr"/);
    expect(renderPage(bare, { ...options, languages: ['fr'] })).not.toContain('hreflang');
  });

  test('describes itself to search engines and to those who share it', () => {
    const page = renderPage(SAMPLE, { ...options, publicUrl: 'https://valbrume.example' });
    expect(page).toMatch(/<meta name="description" content="Maëlle Corvisier et soixante/);
    expect(page).toContain('<meta property="og:locale" content="fr_FR" />');
    expect(page).toContain('<meta property="og:url" content="https://valbrume.example/" />');
    expect(page).toMatch(/hreflang="en"\s+href="https:\/\/valbrume.example\/\?lang=en"/);
    expect(renderPage(SAMPLE, options)).not.toContain('og:url');
  });

  test('carries one script, one style, and asks nothing of other sites', () => {
    const page = renderPage(SAMPLE, options);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('<script type="module" src="/site/widget-1.js"></script>');
    expect(page).toContain(`<style>${pageStyle(SAMPLE.site.colours)}</style>`);
    expect(page).not.toMatch(/\sstyle="|\son\w+="|(?:src|href)="(?:https?:)?\/\//);
  });

  test('shows what there is when a campaign says little', () => {
    const page = renderPage(bare, options);
    expect(page).toContain('<h1>Ensemble</h1>');
    expect(page).not.toContain('undefined');
    expect(page).not.toContain('id="issues-title"');
    expect(page).not.toContain('id="vote-title"');
  });

  test('escapes every word of the campaign', () => {
    assert(
      property(string({ unit: 'binary' }), (nasty) => {
        const word = `<b onclick='x'>"${nasty}"</b>`;
        const all = { fr: word };
        const page = renderPage(
          {
            ...bare,
            name: word,
            candidate: word,
            site: {
              headline: all,
              summary: all,
              notice: all,
              issues: [{ title: all, text: all }],
              dates: [{ on: '2032-02-20', at: '19:00', title: all, place: all }],
              notices: [{ title: all, text: all }],
              pictureText: all,
              controller: { name: word, address: word, email: word, officer: word },
              colours: { primary: word, accent: word },
            },
          },
          options,
        );
        expect(page).not.toContain('<b ');
        expect(page.match(/<script/g)).toHaveLength(1);
        expect(page.match(/<style/g)).toHaveLength(1);
      }),
    );
  });

  test('tells what cannot be found in the same manner', () => {
    const page = renderNotFound(SAMPLE, { ...options, language: 'en' });
    expect(page).toContain('This page does not exist');
    expect(page).toContain('href="/?lang=en"');
    expect(page).not.toContain('<script');
  });
});
