import { counted, defineWords } from './define-words.js';

/** What there is to look at, and what a campaign does first. */
export const alertWords = defineWords({
  fr: {
    title: 'À regarder',
    waiting: (count: number) =>
      `${counted('fr', count, 'conversation est', 'conversations sont')} avec l’équipe`,
    anomalies: (count: number) =>
      `${counted('fr', count, 'point à regarder', 'points à regarder')} dans les dons`,
    outings: (count: number) =>
      `${counted('fr', count, 'sortie étonne', 'sorties étonnent')} en porte-à-porte`,
    channel: (name: string) => `${name} ne fonctionne pas`,
    no_worker: 'Aucun processus n’envoie : lancez-en un avec ROLE=worker ou ROLE=all',
    failed: (count: number, name: string) =>
      `${counted('fr', count, 'envoi a échoué', 'envois ont échoué')} : « ${name} »`,
    unknown: (count: number, name: string) =>
      `${counted('fr', count, 'envoi est incertain', 'envois sont incertains')} : « ${name} »`,
    behind: (name: string) => `« ${name} » devrait partir, et n’avance pas`,
    flow_errors: (count: number, name: string | undefined): string =>
      name === undefined
        ? `${counted('fr', count, 'parcours a', 'parcours ont')} des fautes`
        : `Le parcours « ${name} » a des fautes`,
    silence_comes: (when: string) => `La période de silence commence ${when}`,
    silence: (until: string) => `Période de silence jusqu’à ${until} : rien de la campagne ne part`,
    first: 'Pour commencer',
    firstText: (done: number, all: number) => `${done} sur ${all} faits`,
    done: 'Fait',
    steps: {
      campaign: {
        title: 'Donner à la campagne son nom',
        text: 'Le nom, les couleurs et les dates de votre page.',
      },
      flows: {
        title: 'Relire et publier vos parcours',
        text: 'Ce que dit l’assistant, dans vos mots.',
      },
      channels: {
        title: 'Brancher Telegram ou WhatsApp',
        text: 'Le chat du site fonctionne déjà.',
      },
      mail: {
        title: 'Brancher un serveur d’e-mail',
        text: 'Sans lui, les e-mails s’écrivent dans un dossier.',
      },
      gateway: {
        title: 'Accepter de vrais dons',
        text: 'Pour l’instant, les paiements sont des essais.',
      },
      team: { title: 'Inviter votre équipe', text: 'Chacun avec le rôle qui lui va.' },
      people: {
        title: 'Parler avec une première personne',
        text: 'Ouvrez la page de la campagne et dites bonjour.',
      },
      shifts: {
        title: 'Créer des missions pour les bénévoles',
        text: 'L’assistant les propose et rappelle à chacun la sienne.',
      },
      doors: {
        title: 'Importer les portes',
        text: 'Une commande : portevoix import doors.',
      },
    },
  },
  en: {
    title: 'To look at',
    waiting: (count: number) =>
      `${counted('en', count, 'conversation is', 'conversations are')} with the team`,
    anomalies: (count: number) =>
      `${counted('en', count, 'thing to look at', 'things to look at')} in donations`,
    outings: (count: number) =>
      `${counted('en', count, 'outing looks odd', 'outings look odd')} in canvassing`,
    channel: (name: string) => `${name} is not at work`,
    no_worker: 'No process sends: start one with ROLE=worker or ROLE=all',
    failed: (count: number, name: string) =>
      `${counted('en', count, 'delivery failed', 'deliveries failed')}: “${name}”`,
    unknown: (count: number, name: string) =>
      `${counted('en', count, 'delivery is in doubt', 'deliveries are in doubt')}: “${name}”`,
    behind: (name: string) => `“${name}” should be going out, and stands still`,
    flow_errors: (count: number, name: string | undefined): string =>
      name === undefined
        ? `${counted('en', count, 'flow has', 'flows have')} mistakes`
        : `The flow “${name}” has mistakes`,
    silence_comes: (when: string) => `The silence begins ${when}`,
    silence: (until: string) => `Silence until ${until}: nothing that campaigns goes out`,
    first: 'First steps',
    firstText: (done: number, all: number) => `${done} of ${all} done`,
    done: 'Done',
    steps: {
      campaign: {
        title: 'Give the campaign its name',
        text: 'Name, colours and dates of your page.',
      },
      flows: {
        title: 'Read and publish your flows',
        text: 'What the assistant says, in your words.',
      },
      channels: {
        title: 'Turn on Telegram or WhatsApp',
        text: 'The chat of the site works already.',
      },
      mail: {
        title: 'Set a mail server',
        text: 'Without one, mails are written to a folder.',
      },
      gateway: {
        title: 'Take real donations',
        text: 'For now, payments are tests.',
      },
      team: { title: 'Invite your team', text: 'Each with the role that is theirs.' },
      people: {
        title: 'Talk with a first person',
        text: 'Open the campaign’s page and say hello.',
      },
      shifts: {
        title: 'Make shifts for volunteers',
        text: 'The assistant offers them and reminds each of theirs.',
      },
      doors: {
        title: 'Import doors',
        text: 'One command: portevoix import doors.',
      },
    },
  },
});
