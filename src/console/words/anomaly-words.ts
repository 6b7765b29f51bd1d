import { defineWords } from './define-words.js';

/** What to look at, why, what to do about it, and what the law of the campaign’s country says of it. */
export const anomalyWords = defineWords({
  fr: {
    titles: {
      over_ceiling: 'Au-dessus du plafond',
      same_donor: 'Peut-être une seule personne, au-dessus du plafond',
      late: 'Payé trop tard',
      paid_twice: 'Payé deux fois',
      other_amount: 'Un autre montant que demandé',
      unidentified: 'Donateur inconnu',
      refund_unauthorised: 'Rendu sans autorisation connue',
      refund_failed: 'Remboursement refusé',
      refund_unfinished: 'Remboursement sans réponse',
      disputed: 'Contesté à la banque',
      pending_long: 'En attente depuis plus de deux semaines',
    },
    todo: {
      over_ceiling:
        'Faites autoriser par le mandataire le retour de ce qui dépasse, puis remboursez.',
      same_donor:
        'Comparez les dons : si c’est la même personne, fusionnez ses profils et rendez ce qui dépasse.',
      late: 'Le montant n’était plus réservé : vérifiez le solde de la personne.',
      paid_twice:
        'Faites autoriser le retour du second paiement, sauf si la personne voulait donner deux fois.',
      other_amount: 'Le montant payé fait foi : comparez-le avec la passerelle.',
      unidentified:
        'Retrouvez le donateur à la passerelle : sans son identité, le compte ne peut pas dire d’où vient ce don.',
      refund_unauthorised:
        'Demandez au mandataire s’il l’a autorisé, et gardez sa réponse avec le compte.',
      refund_failed:
        'Regardez la raison à la passerelle, puis remboursez de nouveau ou par virement.',
      refund_unfinished:
        'Regardez à la passerelle si l’argent est parti avant d’essayer de nouveau.',
      disputed:
        'La banque décide. Envoyez-lui la déclaration du donateur par la passerelle ; ne remboursez pas en plus.',
      pending_long: 'Un prélèvement se dénoue en deux semaines : demandez à la passerelle.',
    },
    laws: {
      fr: {
        over_ceiling:
          'Art. L. 52-8 du code électoral : 4 600 € au plus par personne pour une même élection, tous candidats confondus.',
        same_donor:
          'Art. L. 52-8 du code électoral : le plafond de 4 600 € vaut par personne, quel que soit le nombre de dons.',
        late: 'Art. L. 52-8 du code électoral : 4 600 € au plus par personne pour une même élection.',
        paid_twice: 'Art. L. 52-8 du code électoral : les deux paiements comptent dans le plafond.',
        other_amount:
          'Art. R. 39-1 du code électoral : le compte et le reçu disent le montant versé.',
        unidentified:
          'Art. R. 39-1 du code électoral : le compte dit l’identité, la nationalité et l’adresse fiscale de qui a donné.',
        refund_unauthorised:
          'Art. R. 39-1-1 du code électoral : rien n’est remboursé sans l’autorisation du mandataire.',
        refund_failed:
          'Art. R. 39-1-1 du code électoral : le mandataire autorise, puis la passerelle rend.',
        refund_unfinished:
          'Art. R. 39-1-1 du code électoral : le mandataire autorise, puis la passerelle rend.',
        disputed:
          'Art. R. 39-1 du code électoral : le compte dit le montant et le moyen de chaque don.',
        pending_long: 'Art. R. 39-1 du code électoral : le compte dit la date de chaque don.',
      },
      us: {
        over_ceiling: 'FEC, 2025–2026 : 3 500 $ par personne et par élection.',
        same_donor: 'FEC, 2025–2026 : 3 500 $ par personne et par élection.',
        late: 'FEC, 2025–2026 : 3 500 $ par personne et par élection.',
        paid_twice: 'FEC, 2025–2026 : les deux paiements comptent dans la limite.',
        other_amount: '',
        unidentified: '',
        refund_unauthorised: '',
        refund_failed: '',
        refund_unfinished: '',
        disputed: '',
        pending_long: '',
      },
    },
  },
  en: {
    titles: {
      over_ceiling: 'Over the ceiling',
      same_donor: 'Perhaps one person, over the ceiling',
      late: 'Paid too late',
      paid_twice: 'Paid twice',
      other_amount: 'Another amount than was asked for',
      unidentified: 'Nobody knows who gave it',
      refund_unauthorised: 'Returned without an authorisation kept here',
      refund_failed: 'Refund refused',
      refund_unfinished: 'Refund without an answer',
      disputed: 'Disputed at the bank',
      pending_long: 'Pending for more than two weeks',
    },
    todo: {
      over_ceiling: 'Have the agent authorise the return of what is over, then refund it.',
      same_donor:
        'Compare the donations: if it is one person, merge the profiles and return what is over.',
      late: 'The amount was held no more: look at the person’s balance.',
      paid_twice:
        'Have the return of the second payment authorised, unless they meant to give twice.',
      other_amount: 'What was paid counts: compare it with the gateway.',
      unidentified:
        'Find the donor at the gateway: without an identity the account cannot say where the donation comes from.',
      refund_unauthorised:
        'Ask the agent whether they authorised it, and keep the answer with the account.',
      refund_failed: 'See the reason at the gateway, then refund again or by transfer.',
      refund_unfinished: 'See at the gateway whether the money left before trying again.',
      disputed:
        'The bank decides. Send it the donor’s declaration through the gateway; do not refund as well.',
      pending_long: 'A direct debit is through in two weeks: ask the gateway.',
    },
    laws: {
      fr: {
        over_ceiling:
          'Art. L. 52-8 of the French electoral code: at most €4,600 per person for one election, all candidates together.',
        same_donor:
          'Art. L. 52-8 of the French electoral code: the ceiling of €4,600 is per person, however many donations.',
        late: 'Art. L. 52-8 of the French electoral code: at most €4,600 per person for one election.',
        paid_twice:
          'Art. L. 52-8 of the French electoral code: both payments count towards the ceiling.',
        other_amount:
          'Art. R. 39-1 of the French electoral code: account and receipt say the amount paid.',
        unidentified:
          'Art. R. 39-1 of the French electoral code: the account says identity, nationality and tax address of the donor.',
        refund_unauthorised:
          'Art. R. 39-1-1 of the French electoral code: nothing is refunded without the agent’s authorisation.',
        refund_failed:
          'Art. R. 39-1-1 of the French electoral code: the agent authorises, then the gateway returns.',
        refund_unfinished:
          'Art. R. 39-1-1 of the French electoral code: the agent authorises, then the gateway returns.',
        disputed:
          'Art. R. 39-1 of the French electoral code: the account says amount and way of every donation.',
        pending_long:
          'Art. R. 39-1 of the French electoral code: the account says the date of every donation.',
      },
      us: {
        over_ceiling: 'FEC, 2025–2026: $3,500 per person and election.',
        same_donor: 'FEC, 2025–2026: $3,500 per person and election.',
        late: 'FEC, 2025–2026: $3,500 per person and election.',
        paid_twice: 'FEC, 2025–2026: both payments count towards the limit.',
        other_amount: '',
        unidentified: '',
        refund_unauthorised: '',
        refund_failed: '',
        refund_unfinished: '',
        disputed: '',
        pending_long: '',
      },
    },
  },
});
