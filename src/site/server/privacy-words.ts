import type { PageLanguage } from './page-words.js';

/** What the privacy notice says around what the campaign collects. */
export type PrivacyWords = {
  readonly title: string;
  readonly lead: (campaign: string) => string;
  readonly brief: string;
  readonly stop: string;
  readonly mine: string;
  readonly write: (address: string) => string;
  readonly who: string;
  readonly whoText: (name: string) => string;
  readonly officer: string;
  readonly nobody: (campaign: string) => string;
  readonly what: string;
  /** Over what needs no consent, and over what does. */
  readonly basic: string;
  readonly agreed: string;
  readonly always: string;
  readonly alwaysText: string;
  readonly alwaysBasis: string;
  readonly talk: string;
  readonly account: string;
  readonly asked: (channel: string | undefined) => string;
  readonly consentBasis: string;
  readonly lawBasis: string;
  readonly optional: string;
  readonly noted: string;
  readonly purposes: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly records: Readonly<Record<string, string>>;
  readonly imported: string;
  readonly automatic: string;
  readonly where: string;
  readonly whereText: string;
  readonly channels: Readonly<Record<string, string>>;
  readonly with: string;
  readonly withNobody: string;
  readonly processors: {
    readonly telegram: string;
    readonly whatsapp: string;
    readonly bot_framework: string;
    readonly stripe: string;
    readonly mail: (host: string | undefined) => string;
    readonly webhook: (name: string, host: string) => string;
  };
  readonly never: string;
  readonly long: string;
  readonly longTalk: (days: number) => string;
  readonly longProfile: (days: number) => string;
  readonly longGifts: string;
  readonly longRefused: string;
  readonly longConsents: string;
  readonly rights: string;
  readonly rightsText: string;
  readonly rightsList: readonly (readonly [name: string, how: string])[];
  readonly rightsNoChat: string;
  readonly openChat: string;
  readonly complain: Readonly<Record<'fr' | 'other', string>>;
  readonly site: string;
  readonly siteText: string;
  readonly made: string;
};

/** Its words; what a campaign asks in its own is quoted as it is asked. */
export const PRIVACY_WORDS: Readonly<Record<PageLanguage, PrivacyWords>> = {
  fr: {
    title: 'Vos données',
    lead: (campaign) =>
      `Ce que ${campaign} garde de vous, pourquoi, combien de temps, et comment en rester maître.`,
    brief: 'En bref',
    stop: 'Écrivez STOP dans la conversation : plus aucun message, tout de suite.',
    mine: 'Écrivez « mes données » : voir, corriger ou effacer ce que nous savons de vous.',
    write: (address) => `Ou écrivez-nous : ${address}`,
    who: 'Qui en répond',
    whoText: (name) => `${name} répond de vos données.`,
    officer: 'Délégué à la protection des données :',
    nobody: (campaign) =>
      `${campaign} répond de vos données. Écrivez « une personne » dans la conversation pour joindre l’équipe.`,
    what: 'Ce que nous gardons, et pourquoi',
    basic: 'Sans vous le demander',
    agreed: 'Avec votre accord',
    always: 'Pour vous répondre',
    alwaysText: 'Sans cela, aucune conversation n’est possible.',
    alwaysBasis:
      'Fondement : notre intérêt légitime à répondre à qui nous écrit (RGPD, article 6, 1, f).',
    talk: 'Nos échanges, avec ce que vous envoyez : textes, photos, messages vocaux',
    account: 'Votre identifiant sur la messagerie d’où vous écrivez',
    asked: (channel) =>
      channel === undefined ? 'Nous vous demandons :' : `Nous vous demandons, pour ${channel} :`,
    consentBasis:
      'Fondement : votre accord (RGPD, articles 6, 1, a et 9, 2, a), que vous retirez quand vous voulez.',
    lawBasis: 'Le registre des dons, lui, est tenu parce que la loi l’exige (article 6, 1, c).',
    optional: 'facultatif',
    noted: 'Noté par le programme :',
    purposes: {
      engagement: 'Mieux vous connaître',
      newsletter: 'Vous donner des nouvelles',
      donation: 'Les dons',
      volunteering: 'Le bénévolat',
      canvassing: 'Le porte-à-porte',
      vote: 'Le jour du vote',
      service: 'Le service',
    },
    fields: {
      first_name: 'Prénom',
      last_name: 'Nom',
      email: 'Adresse e-mail',
      phone: 'Téléphone',
      postal_code: 'Code postal',
      commune: 'Commune',
      commune_name: 'nom de la commune',
      arrondissement: 'arrondissement',
      department: 'département',
      region: 'région',
      territory: 'territoire où vous votez',
      timezone: 'fuseau horaire',
      language: 'Langue',
      tags: 'étiquettes de l’équipe',
      support_level: 'Soutien que vous exprimez',
      'preferences.topics': 'Sujets qui comptent pour vous',
    },
    records: {
      handoffs: 'Vos demandes à l’équipe, et ses notes pour y répondre',
      donations:
        'Vos dons : montant, date, moyen de paiement, nom, adresse et nationalité quand la loi les demande. Jamais votre numéro de carte',
      pledges: 'Vos promesses de don et leurs rappels',
      shifts: 'Vos créneaux : inscriptions, venues, absences',
      roles: 'Les missions que l’équipe vous confie',
      canvassing:
        'Si vous faites du porte-à-porte : vos secteurs, ce que vous en rapportez, et où vous étiez si vous le partagez. À une porte : l’adresse, ce qui s’y est passé, l’avis donné ; jamais de nom',
      vote_plans: 'Quand et comment vous comptez voter, si vous nous le dites',
      votes: 'Que vous avez voté, si vous nous le dites : jamais pour qui',
      proxies:
        'Votre demande ou votre offre de procuration, le téléphone et le numéro d’électeur donnés pour l’établir',
    },
    imported:
      'Si vous étiez déjà en contact avec la campagne, des coordonnées peuvent venir de son ancien fichier ; votre copie indique alors lequel. Les adresses du porte-à-porte viennent de fichiers publics.',
    automatic:
      'Aucune décision n’est prise sur vous par un programme seul. Le prochain message peut dépendre de vos réponses, jamais de votre nom.',
    where: 'Où vous nous écrivez',
    whereText: 'Vous pouvez nous écrire par :',
    channels: {
      web: 'le chat de ce site',
      telegram: 'Telegram',
      whatsapp: 'WhatsApp',
      bot_framework: 'Microsoft Teams et les messageries reliées par Azure',
      email: 'l’e-mail',
    },
    with: 'Qui travaille pour nous',
    withNobody: 'Personne d’autre : tout reste sur le serveur de la campagne.',
    processors: {
      telegram:
        'Telegram FZ-LLC (Dubaï), si vous écrivez par Telegram. Vos messages passent hors de l’Union européenne',
      whatsapp:
        'WhatsApp Ireland Limited (Dublin) et Meta Platforms (États-Unis), si vous écrivez par WhatsApp',
      bot_framework:
        'Microsoft Ireland Operations Limited (Dublin), Azure Bot Service, si vous écrivez par une messagerie qui y est reliée',
      stripe:
        'Stripe Payments Europe, Limited (Dublin), pour le paiement des dons. Votre numéro de carte ne va qu’à elle',
      mail: (host) =>
        host === undefined
          ? 'Un serveur de messagerie, qui achemine nos e-mails'
          : `${host}, qui achemine nos e-mails`,
      webhook: (name, host) =>
        `${host} (« ${name} »), à qui une conversation peut transmettre ce que vous demandez`,
    },
    never: 'Vos données ne sont ni vendues, ni louées, ni échangées.',
    long: 'Combien de temps',
    longTalk: (days) => `Nos échanges et vos fichiers : ${spanFr(days)}.`,
    longProfile: (days) =>
      `Votre profil : ${spanFr(days)} après votre dernier message, puis tout est effacé.`,
    longConsents: 'La preuve de vos accords : aussi longtemps que votre profil.',
    longGifts: 'Le registre des dons : le temps que la loi impose, même si vous effacez le reste.',
    longRefused:
      'Si vous avez dit STOP ou tout effacé : une empreinte illisible de votre adresse, pour ne plus jamais vous écrire.',
    rights: 'Vos droits',
    rightsText: 'Ils s’exercent dans la conversation, sans formulaire :',
    rightsList: [
      ['Voir et emporter', 'écrivez « mes données » : vous recevez un fichier avec tout.'],
      ['Corriger', 'écrivez « préférences », ou demandez-le à l’équipe.'],
      ['Retirer un accord', 'écrivez « mes données », puis choisissez lequel.'],
      ['Effacer', 'écrivez « mes données », puis « Tout effacer » : c’est fait aussitôt.'],
      ['Vous opposer, limiter', 'écrivez STOP, ou « une personne » pour en parler.'],
    ],
    rightsNoChat:
      'Vous pouvez voir, corriger, emporter ou faire effacer vos données, retirer un accord, vous opposer à leur usage ou le limiter. Écrivez STOP pour ne plus rien recevoir, et demandez le reste à l’équipe : elle répond dans le mois.',
    openChat: 'Ouvrir la conversation',
    complain: {
      fr: 'Si notre réponse ne vous suffit pas, vous pouvez saisir la CNIL, 3 place de Fontenoy, 75007 Paris, ou sur cnil.fr.',
      other:
        'Si notre réponse ne vous suffit pas, vous pouvez saisir l’autorité de protection des données de votre pays.',
    },
    site: 'Ce site',
    siteText:
      'Il ne dépose aucun cookie, ne mesure pas votre visite et ne charge rien d’ailleurs. Votre navigateur retient seulement la clé de votre conversation, pour la reprendre ; le menu du chat l’efface. Votre adresse IP sert un instant à empêcher les abus, et n’est pas gardée.',
    made: 'Cette page est écrite par le programme à partir des questions qu’il pose et des services qu’il utilise : elle change avec eux.',
  },
  en: {
    title: 'Your data',
    lead: (campaign) =>
      `What ${campaign} keeps about you, why, for how long, and how you stay in charge of it.`,
    brief: 'In short',
    stop: 'Write STOP in the conversation: no more messages, at once.',
    mine: 'Write “my data”: see, correct or erase what we know about you.',
    write: (address) => `Or write to us: ${address}`,
    who: 'Who answers for it',
    whoText: (name) => `${name} answers for your data.`,
    officer: 'Data protection officer:',
    nobody: (campaign) =>
      `${campaign} answers for your data. Write “a person” in the conversation to reach the team.`,
    what: 'What we keep, and why',
    basic: 'Without asking',
    agreed: 'With your consent',
    always: 'To answer you',
    alwaysText: 'No conversation is possible without it.',
    alwaysBasis:
      'Legal basis: our legitimate interest in answering those who write to us (GDPR, Article 6(1)(f)).',
    talk: 'Our conversation, with what you send: texts, photos, voice notes',
    account: 'Your account on the network you write from',
    asked: (channel) => (channel === undefined ? 'We ask you:' : `We ask you, for ${channel}:`),
    consentBasis:
      'Legal basis: your consent (GDPR, Articles 6(1)(a) and 9(2)(a)), which you may withdraw at any time.',
    lawBasis: 'The register of donations is kept because the law requires it (Article 6(1)(c)).',
    optional: 'optional',
    noted: 'Noted by the program:',
    purposes: {
      engagement: 'Knowing you better',
      newsletter: 'Sending you news',
      donation: 'Donations',
      volunteering: 'Volunteering',
      canvassing: 'Canvassing',
      vote: 'Election day',
      service: 'Service',
    },
    fields: {
      first_name: 'First name',
      last_name: 'Last name',
      email: 'E-mail address',
      phone: 'Phone number',
      postal_code: 'Postal code',
      commune: 'Town',
      commune_name: 'name of the town',
      arrondissement: 'city district',
      department: 'department',
      region: 'region',
      territory: 'territory where you vote',
      timezone: 'time zone',
      language: 'Language',
      tags: 'tags of the team',
      support_level: 'Support you express',
      'preferences.topics': 'Topics that matter to you',
    },
    records: {
      handoffs: 'What you asked the team, and its notes to answer you',
      donations:
        'Your donations: amount, date, way of payment, and name, address and nationality where the law asks for them. Never your card number',
      pledges: 'Your pledges to give, and their reminders',
      shifts: 'Your shifts: signups, check-ins, absences',
      roles: 'The parts that the team entrusts to you',
      canvassing:
        'If you canvass: your turfs, what you report of them, and where you stood if you share it. At a door: the address, what happened, the opinion given; never a name',
      vote_plans: 'When and how you mean to vote, if you tell us',
      votes: 'That you voted, if you tell us: never for whom',
      proxies:
        'Your request or offer of a proxy vote, with the phone and voter number given to arrange it',
    },
    imported:
      'If you were in touch with the campaign before, some details may come from its earlier file; your copy then says which. Addresses for canvassing come from public files.',
    automatic:
      'No decision about you is taken by a program alone. The next message may depend on your answers, never on your name.',
    where: 'Where you write to us',
    whereText: 'You can write to us by:',
    channels: {
      web: 'the chat of this site',
      telegram: 'Telegram',
      whatsapp: 'WhatsApp',
      bot_framework: 'Microsoft Teams and networks joined through Azure',
      email: 'e-mail',
    },
    with: 'Who works for us',
    withNobody: 'Nobody else: everything stays on the campaign’s server.',
    processors: {
      telegram:
        'Telegram FZ-LLC (Dubai), if you write on Telegram. Your messages leave the European Union',
      whatsapp:
        'WhatsApp Ireland Limited (Dublin) and Meta Platforms (United States), if you write on WhatsApp',
      bot_framework:
        'Microsoft Ireland Operations Limited (Dublin), Azure Bot Service, if you write on a network joined through it',
      stripe:
        'Stripe Payments Europe, Limited (Dublin), for the payment of donations. Your card number goes to it alone',
      mail: (host) =>
        host === undefined
          ? 'A mail server, which carries our e-mails'
          : `${host}, which carries our e-mails`,
      webhook: (name, host) =>
        `${host} (“${name}”), which a conversation may tell what you ask for`,
    },
    never: 'Your data is never sold, rented or exchanged.',
    long: 'How long',
    longTalk: (days) => `Our conversation and your files: ${spanEn(days)}.`,
    longProfile: (days) =>
      `Your profile: ${spanEn(days)} after your last message; then all of it is erased.`,
    longConsents: 'The proof of your consents: as long as your profile.',
    longGifts:
      'The register of donations: as long as the law requires, even if you erase the rest.',
    longRefused:
      'If you said STOP or erased everything: an unreadable fingerprint of your address, so that we never write again.',
    rights: 'Your rights',
    rightsText: 'You use them in the conversation, without a form:',
    rightsList: [
      ['See and take away', 'write “my data”: you get one file with everything.'],
      ['Correct', 'write “preferences”, or ask the team.'],
      ['Withdraw a consent', 'write “my data”, then choose which.'],
      ['Erase', 'write “my data”, then “Erase everything”: it is done at once.'],
      ['Object, restrict', 'write STOP, or “a person” to talk about it.'],
    ],
    rightsNoChat:
      'You may see, correct, take away or have erased what we keep, withdraw a consent, object to its use or restrict it. Write STOP to get nothing more, and ask the team for the rest: it answers within a month.',
    openChat: 'Open the conversation',
    complain: {
      fr: 'If our answer does not satisfy you, you may complain to the CNIL, 3 place de Fontenoy, 75007 Paris, or at cnil.fr.',
      other:
        'If our answer does not satisfy you, you may complain to the data protection authority of your country.',
    },
    site: 'This site',
    siteText:
      'It sets no cookie, does not measure your visit and loads nothing from elsewhere. Your browser only remembers the key of your conversation, to go on with it; the menu of the chat forgets it. Your IP address serves for an instant against abuse, and is not kept.',
    made: 'This page is written by the program from the questions it asks and the services it uses: it changes with them.',
  },
};

function spanFr(days: number): string {
  return span(days, ['an', 'ans'], ['mois', 'mois'], ['jour', 'jours']);
}

function spanEn(days: number): string {
  return span(days, ['year', 'years'], ['month', 'months'], ['day', 'days']);
}

type Unit = readonly [one: string, many: string];

/** Whole years or months where the days make them, as people count. */
function span(days: number, year: Unit, month: Unit, day: Unit): string {
  const [count, unit] =
    days % 365 === 0
      ? [days / 365, year]
      : days % 30 === 0 && days < 365
        ? [days / 30, month]
        : [days, day];
  return `${count} ${unit[count === 1 ? 0 : 1]}`;
}
