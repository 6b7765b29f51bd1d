import { counted, defineWords } from './define-words.js';

/** Words of the first page. */
export const todayWords = defineWords({
  fr: {
    title: (name: string) => `Bonjour ${name}`,
    wait: (people: number) =>
      `${counted('fr', people, 'conversation est', 'conversations sont')} avec l’équipe`,
    figures: {
      supporters: 'Personnes',
      emails: 'E-mails',
      confirmed: 'E-mails confirmés',
      donors: 'Donateurs',
      visited: 'Rencontrés à leur porte',
      waiting: 'Avec l’équipe',
    },
    days: 'Les deux dernières semaines',
    day: 'Jour',
    newSupporters: 'Nouvelles personnes',
    consents: 'Consentements',
    channels: 'Joignables par',
    territories: 'Territoires',
    turnout: 'Disent avoir voté',
    round: (round: number): string => (round === 1 ? 'Premier tour' : 'Second tour'),
    nothing: 'Rien encore.',
  },
  en: {
    title: (name: string) => `Hello ${name}`,
    wait: (people: number) =>
      `${counted('en', people, 'conversation is', 'conversations are')} with the team`,
    figures: {
      supporters: 'Supporters',
      emails: 'E-mails',
      confirmed: 'Confirmed e-mails',
      donors: 'Donors',
      visited: 'Met at their door',
      waiting: 'With the team',
    },
    days: 'The last two weeks',
    day: 'Day',
    newSupporters: 'New supporters',
    consents: 'Consents',
    channels: 'Reached on',
    territories: 'Territories',
    turnout: 'Say that they voted',
    round: (round: number): string => (round === 1 ? 'First round' : 'Second round'),
    nothing: 'Nothing yet.',
  },
});
