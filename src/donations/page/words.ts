import type { DonorFault, DonorField } from '../rules/donor.js';

export const GIVE_LANGUAGES = ['fr', 'en'] as const;
export type GiveLanguage = (typeof GIVE_LANGUAGES)[number];

/** What the payment page says, in one language. Amounts, dates and names are written in already. */
export type GiveWords = {
  readonly title: (amount: string, candidate: string) => string;
  readonly lead: string;
  readonly trial: string;
  readonly fields: { readonly [field in DonorField]: string };
  readonly homeHint: string;
  readonly choose: string;
  readonly faults: { readonly [fault in DonorFault]: string };
  readonly faultSummary: (count: number) => string;
  readonly attest: {
    readonly fr: (ceiling: string) => string;
    readonly us: () => string;
    readonly none: () => string;
  };
  readonly attestMissing: string;
  readonly legal: string;
  readonly why: (agent: string) => string;
  readonly go: (amount: string) => string;
  readonly going: string;
  readonly goingLink: string;
  readonly pay: (amount: string) => string;
  readonly payLead: string;
  readonly decline: string;
  readonly giveUp: string;
  readonly declined: string;
  readonly paid: string;
  readonly paidText: (amount: string, reference: string) => string;
  readonly pending: string;
  readonly pendingText: string;
  readonly open: string;
  readonly openText: string;
  readonly again: string;
  readonly lapsed: string;
  readonly lapsedText: string;
  readonly givenUp: string;
  readonly givenUpText: string;
  readonly silence: string;
  readonly silenceText: string;
  readonly refused: string;
  readonly overCeiling: (left: string) => string;
  readonly ceilingReached: string;
  readonly closed: string;
  readonly home: string;
  /** What the gateway shows as paid for. */
  readonly product: (candidate: string, agent: string) => string;
};

/** The words of the payment page. */
export const GIVE_WORDS: { readonly [language in GiveLanguage]: GiveWords } = {
  fr: {
    title: (amount, candidate) => `Donner ${amount}${candidate === '' ? '' : ` à ${candidate}`}`,
    lead: 'La loi veut savoir qui donne. Ces lignes vont à notre mandataire financier, et à personne d’autre.',
    trial: 'Page d’essai : aucun argent ne sera prélevé.',
    fields: {
      first_name: 'Prénom',
      last_name: 'Nom',
      nationality: 'Nationalité',
      street: 'Numéro et rue',
      postal_code: 'Code postal',
      city: 'Ville',
      country: 'Pays',
      employer: 'Employeur',
      occupation: 'Profession',
    },
    homeHint: 'L’adresse de votre domicile fiscal : celle de votre déclaration d’impôts.',
    choose: 'Choisir…',
    faults: {
      missing: 'Il manque cette réponse.',
      too_long: 'C’est trop long : 120 caractères au plus.',
      unknown: 'Choisissez dans la liste.',
      not_eligible:
        'La loi réserve les dons aux personnes de nationalité française ou résidant en France.',
    },
    faultSummary: (count) =>
      count === 1 ? 'Il reste une chose à compléter.' : `Il reste ${count} choses à compléter.`,
    attest: {
      fr: (ceiling) =>
        `J’atteste que je suis une personne physique, de nationalité française ou résidant en France, que je paie de mes propres deniers, sans être remboursé par personne, et que mes dons pour cette élection ne dépassent pas ${ceiling} en tout.`,
      us: () =>
        'J’atteste être citoyen ou résident permanent des États-Unis, donner mon propre argent et n’être remboursé par personne.',
      none: () => 'J’atteste donner mon propre argent et n’être remboursé par personne.',
    },
    attestMissing: 'Cochez cette case pour continuer.',
    legal: 'Ce que dit la loi',
    why: (agent) =>
      `Vos réponses sont transmises à ${agent}, qui les joint au compte de campagne, comme la loi l’exige ; elles n’apparaissent pas dans la conversation.`,
    go: (amount) => `Continuer vers le paiement de ${amount}`,
    going: 'Vous allez être conduit à la page de paiement',
    goingLink: 'Continuer',
    pay: (amount) => `Payer ${amount} (essai)`,
    payLead:
      'Ici, une vraie campagne demanderait la carte bancaire. Choisissez ce qui doit arriver.',
    decline: 'Faire refuser le paiement',
    giveUp: 'Renoncer',
    declined: 'Le paiement a été refusé : rien n’a été prélevé. Vous pouvez réessayer.',
    paid: 'Merci ! Votre don est bien arrivé',
    paidText: (amount, reference) =>
      `Nous avons reçu ${amount}. Votre référence : ${reference}. Vous pouvez fermer cette page et revenir à la conversation, où nous vous répondons.`,
    pending: 'Merci ! Votre paiement est en route',
    pendingText:
      'Votre banque met quelques jours à le confirmer. Nous vous le dirons dans la conversation.',
    open: 'Le paiement n’est pas terminé',
    openText: 'Rien n’a été prélevé. Vous pouvez reprendre là où vous en étiez.',
    again: 'Reprendre le paiement',
    lapsed: 'Ce lien n’est plus valable',
    lapsedText:
      'Rien n’a été prélevé. Écrivez « don » dans la conversation pour en recevoir un autre.',
    givenUp: 'C’est noté, rien n’a été prélevé',
    givenUpText: 'Si vous changez d’avis, écrivez « don » dans la conversation.',
    silence: 'C’est le silence électoral',
    silenceText:
      'La loi veut le silence la veille et le jour du vote : nous ne pouvons recevoir aucun don. Rien n’a été prélevé.',
    refused: 'Ce don n’est pas possible',
    overCeiling: (left) =>
      `Avec vos autres dons, il dépasserait ce que la loi permet pour cette élection. Vous pouvez encore donner ${left}. Rien n’a été prélevé.`,
    ceilingReached:
      'Vous avez déjà donné tout ce que la loi permet pour cette élection. Merci infiniment ! Rien n’a été prélevé.',
    closed: 'Les dons ne sont pas ouverts en ce moment. Rien n’a été prélevé.',
    home: 'Revenir à la conversation',
    product: (candidate, agent) => `Don pour la campagne de ${candidate} — ${agent}`,
  },
  en: {
    title: (amount, candidate) => `Give ${amount}${candidate === '' ? '' : ` to ${candidate}`}`,
    lead: 'The law wants to know who gives. These lines go to our financial agent, and to nobody else.',
    trial: 'Trial page: no money will be taken.',
    fields: {
      first_name: 'First name',
      last_name: 'Last name',
      nationality: 'Nationality',
      street: 'Number and street',
      postal_code: 'Postcode',
      city: 'Town',
      country: 'Country',
      employer: 'Employer',
      occupation: 'Occupation',
    },
    homeHint: 'The address of your home for tax purposes: the one on your tax return.',
    choose: 'Choose…',
    faults: {
      missing: 'This answer is missing.',
      too_long: 'This is too long: 120 characters at most.',
      unknown: 'Choose from the list.',
      not_eligible: 'The law lets only people give who are French or live in France.',
    },
    faultSummary: (count) =>
      count === 1 ? 'One thing is still missing.' : `${count} things are still missing.`,
    attest: {
      fr: (ceiling) =>
        `I attest that I am a natural person, of French nationality or living in France, that I pay with my own money and am paid back by nobody, and that my gifts for this election do not pass ${ceiling} in all.`,
      us: () =>
        'I attest that I am a citizen or permanent resident of the United States, that this is my own money and that nobody pays it back to me.',
      none: () => 'I attest that this is my own money and that nobody pays it back to me.',
    },
    attestMissing: 'Tick this box to go on.',
    legal: 'What the law says',
    why: (agent) =>
      `Your answers are passed to ${agent}, who adds them to the campaign account as the law demands; they do not appear in the conversation.`,
    go: (amount) => `Go on to pay ${amount}`,
    going: 'You are being taken to the payment page',
    goingLink: 'Go on',
    pay: (amount) => `Pay ${amount} (trial)`,
    payLead: 'Here a real campaign would ask for the bank card. Choose what is to happen.',
    decline: 'Have the payment refused',
    giveUp: 'Give up',
    declined: 'The payment was refused: nothing was charged. You can try again.',
    paid: 'Thank you! Your gift has arrived',
    paidText: (amount, reference) =>
      `We have received ${amount}. Your reference: ${reference}. You can close this page and go back to the conversation, where we answer you.`,
    pending: 'Thank you! Your payment is on its way',
    pendingText: 'Your bank takes some days to confirm it. We will tell you in the conversation.',
    open: 'The payment is not finished',
    openText: 'Nothing was charged. You can go on where you were.',
    again: 'Go on with the payment',
    lapsed: 'This link is no longer good',
    lapsedText: 'Nothing was charged. Write “donate” in the conversation to get another.',
    givenUp: 'Noted, nothing was charged',
    givenUpText: 'If you change your mind, write “donate” in the conversation.',
    silence: 'It is the election silence',
    silenceText:
      'The law wants silence on the eve and the day of the vote: we cannot take any gift. Nothing was charged.',
    refused: 'This gift is not possible',
    overCeiling: (left) =>
      `Together with your other gifts it would pass what the law allows for this election. You can still give ${left}. Nothing was charged.`,
    ceilingReached:
      'You have given all that the law allows for this election. Thank you so much! Nothing was charged.',
    closed: 'Gifts are not being taken at the moment. Nothing was charged.',
    home: 'Back to the conversation',
    product: (candidate, agent) => `Donation to the campaign of ${candidate} — ${agent}`,
  },
};
