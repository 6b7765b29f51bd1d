export const PAGE_LANGUAGES = ['fr', 'en'] as const;
/** A language the site's own words exist in. */
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export type PageWords = {
  readonly name: string;
  /** For Open Graph. */
  readonly region: string;
  readonly skipToChat: string;
  readonly languages: string;
  readonly talk: string;
  readonly noScript: string;
  /** In place of the chat, where the page is only looked at. */
  readonly still: string;
  readonly issues: string;
  readonly vote: string;
  readonly hours: (span: string) => string;
  readonly noCookies: string;
  readonly legal: string;
  readonly privacy: string;
  readonly dates: string;
  readonly missing: string;
  readonly missingHint: string;
  readonly tooMany: string;
  readonly tooManyHint: string;
  readonly home: string;
  /** Pages of links that are shown at doors. */
  readonly door: {
    readonly scan: string;
    readonly scanHint: string;
    readonly ask: string;
    readonly about: string;
    readonly here: string;
    readonly telegram: string;
    readonly over: string;
    readonly overHint: string;
  };
  readonly description: (campaign: string) => string;
};

/** The words of the page that are not the campaign's. */
export const PAGE_WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  fr: {
    name: 'Français',
    region: 'fr_FR',
    skipToChat: 'Aller directement à la conversation',
    languages: 'Langue',
    talk: 'Discutons',
    noScript:
      'La conversation a besoin de JavaScript. Activez-le dans votre navigateur, puis rechargez la page.',
    still: 'Ici s’ouvre la conversation.',
    issues: 'Nos priorités',
    vote: 'Rendez-vous aux urnes',
    hours: (span) => `Bureaux de vote ouverts : ${span}`,
    noCookies: 'Cette page ne dépose aucun cookie et ne charge rien depuis d’autres sites.',
    legal: 'Mentions légales',
    privacy: 'Vos données',
    dates: 'Nous rencontrer',
    missing: 'Cette page n’existe pas',
    missingHint: 'L’adresse a peut-être changé, ou comporte une faute de frappe.',
    tooMany: 'Trop de demandes d’un coup',
    tooManyHint: 'Attendez une minute, puis rechargez cette page.',
    home: 'Revenir à l’accueil',
    door: {
      scan: 'À scanner avec votre téléphone',
      scanHint: 'La conversation continue chez vous, seulement si vous le voulez.',
      ask: 'On continue ici ?',
      about:
        'Vous venez de parler avec l’équipe, à votre porte. La suite est entre vous et nous : rien de ce qui s’est dit n’est gardé à votre nom.',
      here: 'Discuter ici',
      telegram: 'Discuter dans Telegram',
      over: 'Ce lien a déjà servi, ou n’est plus valable',
      overHint: 'La conversation reste ouverte à toutes et à tous sur cette page.',
    },
    description: (campaign) => `Discutez avec la campagne ${campaign}.`,
  },
  en: {
    name: 'English',
    region: 'en_GB',
    skipToChat: 'Skip to the conversation',
    languages: 'Language',
    talk: 'Let’s talk',
    noScript:
      'The conversation needs JavaScript. Turn it on in your browser, then reload the page.',
    still: 'The conversation opens here.',
    issues: 'Our priorities',
    vote: 'Election day',
    hours: (span) => `Polling stations open: ${span}`,
    noCookies: 'This page sets no cookies and loads nothing from other sites.',
    legal: 'Legal notice',
    privacy: 'Your data',
    dates: 'Come and meet us',
    missing: 'This page does not exist',
    missingHint: 'The address may have changed, or may have a typing mistake in it.',
    tooMany: 'Too many requests at once',
    tooManyHint: 'Wait a minute, then reload this page.',
    home: 'Back to the home page',
    door: {
      scan: 'Scan this with your phone',
      scanHint: 'The conversation goes on at your place, only if you want it to.',
      ask: 'Shall we go on here?',
      about:
        'You just talked with the team at your door. What follows is between you and us: nothing that was said is kept under your name.',
      here: 'Chat here',
      telegram: 'Chat in Telegram',
      over: 'This link was used already, or is too old',
      overHint: 'The conversation is open to everybody on this page.',
    },
    description: (campaign) => `Talk with the campaign ${campaign}.`,
  },
};
