import { defineWords } from './define-words.js';

type Names = { readonly [name: string]: string };

/** What is known of people, by its name in segments; what a campaign adds keeps its own name. */
export const fieldWords = defineWords<{
  readonly fields: Names;
  readonly groups: Names;
  readonly values: Names;
  /** What campaigns often add. */
  readonly own: Names;
  readonly yes: string;
  readonly no: string;
  readonly consent: string;
  readonly on: string;
}>({
  fr: {
    groups: {
      person: 'La personne',
      place: 'Où elle vote',
      contact: 'Les échanges',
      consents: 'Les accords',
      deeds: 'Ce qu’elle a fait',
      own: 'Les champs de la campagne',
    },
    own: {
      topics: 'Sujets',
      tasks: 'Ce qu’elle veut faire',
      skills: 'Savoir-faire',
      tongues: 'Langues parlées',
      times: 'Disponibilités',
      reach: 'Distance',
      'starting point': 'Point de départ',
    },
    yes: 'oui',
    no: 'non',
    consent: 'Accord',
    on: 'sur',
    fields: {
      language: 'Langue',
      first_name: 'Prénom',
      last_name: 'Nom',
      email: 'E-mail',
      email_confirmed_at: 'E-mail confirmé le',
      phone: 'Téléphone',
      postal_code: 'Code postal',
      commune: 'Commune (code INSEE)',
      commune_name: 'Nom de la commune',
      arrondissement: 'Arrondissement',
      department: 'Département',
      region: 'Région',
      territory: 'Territoire',
      timezone: 'Fuseau horaire',
      tags: 'Étiquettes',
      support_level: 'Niveau de soutien (1 fort, 5 opposé)',
      created_at: 'Connue depuis le',
      heard_at: 'A écrit pour la dernière fois le',
      reachable_on: 'Joignable sur',
      'donations.count': 'Nombre de dons',
      'donations.total_cents': 'Total des dons, en centimes',
      'donations.last_at': 'Dernier don le',
      signups: 'Inscriptions comme bénévole',
      'visits.count': 'Nombre de visites',
      'visits.last_result': 'Dernière visite',
      'visits.last_at': 'Dernière visite le',
      'session.flow': 'Conversation en cours',
    },
    values: {
      fr: 'français',
      en: 'anglais',
      given: 'donné',
      refused: 'refusé',
      never_asked: 'jamais demandé',
      web: 'chat du site',
      telegram: 'Telegram',
      whatsapp: 'WhatsApp',
      botframework: 'Bot Framework',
      email: 'e-mail',
      terminal: 'terminal',
      phone: 'téléphone',
      sms: 'SMS',
      post: 'courrier',
      engagement: 'nouvelles de la campagne',
      donation: 'dons',
      volunteering: 'bénévolat',
      canvassing: 'porte-à-porte',
      vote: 'rappels du vote',
      newsletter: 'lettre d’information',
      service: 'service',
      invited: 'invitée',
      scheduled: 'prévue',
      confirmed: 'confirmée',
      completed: 'faite',
      no_show: 'absente',
      declined: 'refusée',
      not_home: 'absente',
      inaccessible: 'inaccessible',
      moved: 'déménagée',
      deceased: 'décédée',
      vacant: 'vacant',
      canvassed: 'rencontrée',
      lit_dropped: 'tract déposé',
      language_barrier: 'autre langue',
    },
  },
  en: {
    groups: {
      person: 'The person',
      place: 'Where they vote',
      contact: 'Conversations',
      consents: 'Consents',
      deeds: 'What they did',
      own: 'The campaign’s own fields',
    },
    own: {
      topics: 'Topics',
      tasks: 'What they want to do',
      skills: 'Skills',
      tongues: 'Languages spoken',
      times: 'Availability',
      reach: 'Distance',
      'starting point': 'Starting point',
    },
    yes: 'yes',
    no: 'no',
    consent: 'Consent',
    on: 'on',
    fields: {
      language: 'Language',
      first_name: 'First name',
      last_name: 'Last name',
      email: 'E-mail',
      email_confirmed_at: 'E-mail confirmed on',
      phone: 'Phone',
      postal_code: 'Postal code',
      commune: 'Commune (INSEE code)',
      commune_name: 'Name of the commune',
      arrondissement: 'Arrondissement',
      department: 'Department',
      region: 'Region',
      territory: 'Territory',
      timezone: 'Time zone',
      tags: 'Tags',
      support_level: 'Support level (1 strong, 5 against)',
      created_at: 'Known since',
      heard_at: 'Last wrote on',
      reachable_on: 'Reachable on',
      'donations.count': 'Number of donations',
      'donations.total_cents': 'Donations in all, in cents',
      'donations.last_at': 'Last donation on',
      signups: 'Volunteer signups',
      'visits.count': 'Number of visits',
      'visits.last_result': 'Last visit',
      'visits.last_at': 'Last visit on',
      'session.flow': 'Conversation under way',
    },
    values: {
      fr: 'French',
      en: 'English',
      given: 'given',
      refused: 'refused',
      never_asked: 'never asked',
      web: 'web chat',
      telegram: 'Telegram',
      whatsapp: 'WhatsApp',
      botframework: 'Bot Framework',
      email: 'e-mail',
      terminal: 'terminal',
      phone: 'phone',
      sms: 'SMS',
      post: 'post',
      engagement: 'campaign news',
      donation: 'donations',
      volunteering: 'volunteering',
      canvassing: 'canvassing',
      vote: 'vote reminders',
      newsletter: 'newsletter',
      service: 'service',
      invited: 'invited',
      scheduled: 'scheduled',
      confirmed: 'confirmed',
      completed: 'completed',
      no_show: 'no show',
      declined: 'declined',
      not_home: 'not home',
      inaccessible: 'inaccessible',
      moved: 'moved',
      deceased: 'deceased',
      vacant: 'vacant',
      canvassed: 'canvassed',
      lit_dropped: 'leaflet left',
      language_barrier: 'other language',
    },
  },
});

/** What a field is called, and in which group of the list it stands. */
export function nameField(
  name: string,
  words: (typeof fieldWords)['en'],
): { readonly label: string; readonly group: string } {
  const consent = /^consents\.(\w+)(?:\.(\w+))?$/.exec(name);
  if (consent !== null) {
    const [, purpose = '', channel] = consent;
    const said = `${words.consent}\u00A0: ${words.values[purpose] ?? purpose}`.replace(
      /^Consent\u00A0/,
      'Consent',
    );
    const where = channel === undefined ? '' : ` ${words.on} ${words.values[channel] ?? channel}`;
    return { label: `${said}${where}`, group: 'consents' };
  }
  const own = name.replace(/^(fields|preferences)\./, '').replaceAll('_', ' ');
  const label = words.fields[name] ?? words.own[own] ?? capital(own);
  return { label, group: groupOf(name) };
}

/** A value of a field as people read it. */
export function tellValue(field: string, value: string, words: (typeof fieldWords)['en']): string {
  if (value === 'true') return words.yes;
  if (value === 'false') return words.no;
  return field === 'language' ? (words.values[value] ?? value) : value;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const PERSON = ['language', 'first_name', 'last_name', 'email', 'email_confirmed_at', 'phone'];
const CONTACT = ['created_at', 'heard_at', 'reachable_on', 'session.flow'];

function groupOf(name: string): string {
  if (PERSON.includes(name) || name === 'tags' || name === 'support_level') return 'person';
  if (CONTACT.includes(name)) return 'contact';
  if (/^(donations|visits)\.|^signups$/.test(name)) return 'deeds';
  return name.startsWith('fields.') ? 'own' : 'place';
}
