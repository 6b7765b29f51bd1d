import { defineWords } from './define-words.js';

/** Words of somebody's history. */
export const timelineWords = defineWords({
  fr: {
    by: { supporter: 'La personne', assistant: 'Assistant', team: 'Équipe' },
    remembered: (field: string, value: string) => `${field} : ${value}`,
    agreed: (purpose: string) => `D’accord – ${purpose}`,
    refused: (purpose: string) => `Refus – ${purpose}`,
    asked: 'Demande une personne de l’équipe',
    givenBack: 'L’assistant a repris la conversation',
    delivery: (message: string, state: string, channel: string) =>
      `Message «\u00A0${message}\u00A0» par ${channel}\u00A0: ${state}`,
    states: {
      sending: 'en train de partir',
      sent: 'parti',
      delivered: 'arrivé',
      read: 'lu',
      failed: 'échoué',
      skipped: 'laissé de côté',
      unknown: 'incertain',
    },
  },
  en: {
    by: { supporter: 'The person', assistant: 'Assistant', team: 'Team' },
    remembered: (field: string, value: string) => `${field}: ${value}`,
    agreed: (purpose: string) => `Agreed – ${purpose}`,
    refused: (purpose: string) => `Refused – ${purpose}`,
    asked: 'Asked for a person of the team',
    givenBack: 'The assistant took the conversation up again',
    delivery: (message: string, state: string, channel: string) =>
      `Message “${message}” on ${channel}: ${state}`,
    states: {
      sending: 'leaving',
      sent: 'sent',
      delivered: 'delivered',
      read: 'read',
      failed: 'failed',
      skipped: 'left out',
      unknown: 'uncertain',
    },
  },
});
