import { makeCalendar } from '../../src/engine/calendar/make-calendar.js';
import type { Campaign } from '../../src/engine/campaign.js';

/** A campaign with everything the page can show. */
export const SAMPLE: Campaign = {
  name: 'Valbrume en commun',
  candidate: 'Maëlle Corvisier',
  languages: ['fr', 'en'],
  timezone: 'Europe/Paris',
  country: 'fr',
  election: {
    name: { fr: 'les élections municipales de Valbrume', en: 'the Valbrume town election' },
    date: '2032-03-14',
    opens: Date.parse('2032-03-14T07:00:00Z'),
    closes: Date.parse('2032-03-14T19:00:00Z'),
  },
  fields: {},
  channels: ['web'],
  site: {
    headline: { fr: 'Valbrume, faisons-la ensemble', en: 'Valbrume, let’s make it together' },
    summary: {
      fr: 'Maëlle Corvisier et soixante habitants se présentent pour une ville où l’on respire, où l’on se soigne et où l’on s’entraide. Dites-nous ce qui compte pour vous.',
      en: 'Maëlle Corvisier and sixty neighbours are standing for a town where we breathe easily, are well cared for and help each other. Tell us what matters to you.',
    },
    issues: [
      {
        title: { fr: 'La Brume propre', en: 'A clean river' },
        text: {
          fr: 'Des berges plantées, une baignade ouverte en été et plus un seul rejet d’eaux usées d’ici 2036.',
          en: 'Planted banks, open-air swimming in summer and not one discharge of waste water by 2036.',
        },
      },
      {
        title: { fr: 'Un médecin près de chez soi', en: 'A doctor close to home' },
        text: {
          fr: 'Un centre de santé municipal place du Lavoir, avec quatre médecins salariés.',
          en: 'A town health centre on Washhouse Square, with four salaried doctors.',
        },
      },
      {
        title: { fr: 'L’école à pied', en: 'Walking to school' },
        text: {
          fr: 'Une rue apaisée devant chaque école et une cantine cuisinée sur place.',
          en: 'A quiet street in front of every school and lunches cooked on the spot.',
        },
      },
    ],
    notice: {
      fr: 'Éditeur : l’association Valbrume en commun, 3 place du Lavoir, Valbrume.',
      en: 'Published by the association Valbrume en commun, 3 place du Lavoir, Valbrume.',
    },
    dates: [],
    notices: [],
    colours: { primary: '#14532d', accent: '#9a3412' },
  },
  frequencyCap: 'none',
  calendar: makeCalendar({ country: 'none', timezone: 'UTC' }),
  facts: {},
};
