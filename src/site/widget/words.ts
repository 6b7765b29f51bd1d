import type { ChatLanguage } from './language.js';

export type ChatWords = {
  /** Name of the region for screen readers. */
  readonly chat: (name: string) => string;
  readonly automatic: string;
  readonly options: string;
  readonly showTimes: string;
  readonly forget: string;
  /** What forgetting does, before it is done. */
  readonly forgetting: string;
  readonly forgetNow: string;
  readonly cancel: string;
  readonly messages: string;
  readonly you: string;
  readonly assistant: string;
  readonly typing: string;
  readonly write: string;
  readonly placeholder: string;
  readonly send: string;
  readonly attach: string;
  readonly sendingFile: (name: string) => string;
  /** Why a file was not taken. */
  readonly notTaken: Readonly<Record<'failed' | 'too_large' | 'wrong_kind' | 'too_many', string>>;
  readonly remove: string;
  readonly answers: string;
  readonly done: string;
  /** What several choices are called when none is chosen. */
  readonly none: string;
  readonly atLeast: (count: number) => string;
  readonly atMost: (count: number) => string;
  readonly sending: string;
  readonly waiting: string;
  readonly failed: string;
  readonly retry: string;
  readonly restart: string;
  readonly connecting: string;
  readonly reconnecting: string;
  readonly offline: string;
  readonly online: string;
  readonly newer: string;
  readonly newWindow: string;
};

const fr: ChatWords = {
  chat: (name) => `Conversation avec ${name}`,
  automatic: 'Assistant automatique',
  options: 'Options de la conversation',
  showTimes: 'Afficher l’heure des messages',
  forget: 'Oublier cette conversation sur cet appareil',
  forgetting:
    'Ce qui s’est dit ici disparaîtra de cet appareil et une nouvelle conversation commencera. La campagne garde ce que vous lui avez déjà répondu.',
  forgetNow: 'Oublier',
  cancel: 'Annuler',
  messages: 'Messages',
  you: 'Vous',
  assistant: 'Assistant',
  typing: 'L’assistant écrit…',
  write: 'Votre message',
  placeholder: 'Écrivez ici…',
  send: 'Envoyer',
  attach: 'Joindre un fichier (2 Mo au plus)',
  sendingFile: (name) => `Envoi de ${name}`,
  notTaken: {
    failed: 'Le fichier n’est pas parti.',
    too_large: 'Le fichier dépasse 2 Mo.',
    wrong_kind: 'Seuls les images, les sons, les vidéos et les PDF peuvent être envoyés.',
    too_many: 'Trop de fichiers à la fois : réessayez dans quelques minutes.',
  },
  remove: 'Retirer',
  answers: 'Réponses proposées',
  done: 'Valider',
  none: 'Aucune',
  atLeast: (count) =>
    count === 1 ? 'Choisissez au moins une réponse' : `Choisissez au moins ${count} réponses`,
  atMost: (count) => (count === 1 ? 'Une seule réponse' : `${count} réponses au plus`),
  sending: 'Envoi…',
  waiting: 'Pas encore envoyé',
  failed: 'Non envoyé',
  retry: 'Réessayer',
  restart: 'La conversation précédente a pris fin. En voici une nouvelle.',
  connecting: 'Connexion…',
  reconnecting: 'Connexion perdue. Nouvel essai…',
  offline: 'Hors ligne. Vos messages partiront au retour du réseau.',
  online: 'Connexion rétablie.',
  newer: 'Nouveaux messages',
  newWindow: '(nouvel onglet)',
};

const en: ChatWords = {
  chat: (name) => `Conversation with ${name}`,
  automatic: 'Automatic assistant',
  options: 'Options of the conversation',
  showTimes: 'Show the time of messages',
  forget: 'Forget this conversation on this device',
  forgetting:
    'What was said here will disappear from this device and a new conversation will begin. The campaign keeps what you have already answered.',
  forgetNow: 'Forget',
  cancel: 'Cancel',
  messages: 'Messages',
  you: 'You',
  assistant: 'Assistant',
  typing: 'The assistant is typing…',
  write: 'Your message',
  placeholder: 'Write here…',
  send: 'Send',
  attach: 'Attach a file (2 MB at most)',
  sendingFile: (name) => `Sending ${name}`,
  notTaken: {
    failed: 'The file was not sent.',
    too_large: 'The file is larger than 2 MB.',
    wrong_kind: 'Only pictures, sound, film and PDF can be sent.',
    too_many: 'Too many files at once: try again in a few minutes.',
  },
  remove: 'Remove',
  answers: 'Suggested answers',
  done: 'Done',
  none: 'None',
  atLeast: (count) =>
    count === 1 ? 'Choose at least one answer' : `Choose at least ${count} answers`,
  atMost: (count) => (count === 1 ? 'One answer only' : `${count} answers at most`),
  sending: 'Sending…',
  waiting: 'Not sent yet',
  failed: 'Not sent',
  retry: 'Try again',
  restart: 'The earlier conversation has ended. Here is a new one.',
  connecting: 'Connecting…',
  reconnecting: 'Connection lost. Trying again…',
  offline: 'Offline. Your messages will leave when the network is back.',
  online: 'Connection restored.',
  newer: 'New messages',
  newWindow: '(new tab)',
};

/** Every word of the widget that is not the campaign's. */
export const CHAT_WORDS: Readonly<Record<ChatLanguage, ChatWords>> = { fr, en };
