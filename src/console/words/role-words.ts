import type { Role } from '../../staff/api.js';
import { defineWords } from './define-words.js';

/** What roles are called. */
export const roleWords = defineWords<{ readonly [role in Role]: string }>({
  fr: {
    admin: 'Administration',
    editor: 'Rédaction',
    organiser: 'Organisation',
    treasurer: 'Trésorerie',
    privacy: 'Protection des données',
    agent: 'Réponses',
    viewer: 'Lecture',
  },
  en: {
    admin: 'Administrator',
    editor: 'Editor',
    organiser: 'Organiser',
    treasurer: 'Treasurer',
    privacy: 'Data protection',
    agent: 'Inbox agent',
    viewer: 'Viewer',
  },
});

/** What each role may do, in a sentence. */
export const roleHints = defineWords<{ readonly [role in Role]: string }>({
  fr: {
    admin: 'Tout, y compris l’équipe et les clés.',
    editor: 'Les parcours, le site et les segments ; aucune personne.',
    organiser: 'Les personnes, les échanges, les messages et le terrain.',
    treasurer: 'Les dons et leurs exports.',
    privacy: 'Les droits des personnes : copies, effacements, journal d’audit.',
    agent: 'Répondre dans la boîte de réception.',
    viewer: 'Les chiffres et les plans, sans aucun nom.',
  },
  en: {
    admin: 'Everything, the team and keys among it.',
    editor: 'Flows, the site and segments; no person.',
    organiser: 'People, conversations, messages and the field.',
    treasurer: 'Donations and their exports.',
    privacy: 'People’s rights: copies, erasures, the audit log.',
    agent: 'Answers in the inbox.',
    viewer: 'Figures and plans, without a name.',
  },
});
