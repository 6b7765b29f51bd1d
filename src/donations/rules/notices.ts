import type { Campaign } from '../../engine/campaign.js';
import { instantOf } from '../../engine/parse/instant.js';

/** What an appeal must name. */
type Names = { readonly candidate: string; readonly agent: string; readonly since: string };

/**
 * What the law has every appeal for donations say, by country and language, a paragraph each.
 *
 * France: art. L. 52-9 of the code électoral names candidate, agent and the day the agent was declared, and
 * has L. 52-8 (first three paragraphs) and L. 113-1, III reproduced
 * (https://legal.tricoteuses.fr/articles/LEGIARTI000035588828); R. 39-1-1 wants them on the page of payment
 * too (https://legal.tricoteuses.fr/articles/LEGIARTI000047864660). United States: who pays is named
 * (52 U.S.C. § 30120).
 */
export function noticesOf(campaign: Campaign, language: string): readonly string[] {
  const { donations, candidate = campaign.name, country, timezone } = campaign;
  if (donations === undefined) return [];
  const { agent, agentSince } = donations;
  const since =
    agentSince === undefined
      ? ''
      : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone }).format(
          instantOf(agentSince, '12:00', timezone),
        );
  const isFrench = language === 'fr';
  switch (country) {
    case 'fr':
      return (isFrench ? FRENCH : FRENCH_IN_ENGLISH)({ candidate, agent, since });
    case 'us':
      return [isFrench ? `Payé par ${agent}.` : `Paid for by ${agent}.`];
    case 'none':
      return [];
    default:
      return country satisfies never;
  }
}

const FRENCH = ({ candidate, agent, since }: Names): readonly string[] => [
  `Les dons sont destinés à la campagne de ${candidate}, qui ne peut les recueillir que par l’intermédiaire de : ${agent}, dont la déclaration date du ${since}.`,
  'Article L. 52-8 du code électoral, trois premiers alinéas : « Une personne physique peut verser un don à un candidat si elle est de nationalité française ou si elle réside en France. Les dons consentis par une personne physique dûment identifiée pour le financement de la campagne d’un ou plusieurs candidats lors des mêmes élections ne peuvent excéder 4 600 euros.',
  'Les personnes morales, à l’exception des partis ou groupements politiques, ne peuvent participer au financement de la campagne électorale d’un candidat, ni en lui consentant des dons sous quelque forme que ce soit, ni en lui fournissant des biens, services ou autres avantages directs ou indirects à des prix inférieurs à ceux qui sont habituellement pratiqués. Les personnes morales, à l’exception des partis et groupements politiques ainsi que des établissements de crédit ou sociétés de financement ayant leur siège social dans un État membre de l’Union européenne ou partie à l’accord sur l’Espace économique européen, ne peuvent ni consentir des prêts à un candidat, ni lui apporter leur garantie pour l’obtention de prêts.',
  'Tout don de plus de 150 euros consenti à un candidat en vue de sa campagne doit être versé par chèque, virement, prélèvement automatique ou carte bancaire. »',
  'Article L. 113-1, III : « Sera puni de trois ans d’emprisonnement et de 45 000 € d’amende quiconque aura, en vue d’une campagne électorale, accordé un don ou un prêt en violation des articles L. 52-7-1 et L. 52-8.',
  'Lorsque le donateur ou le prêteur sera une personne morale, le premier alinéa du présent III sera applicable à ses dirigeants de droit ou de fait. »',
];

const FRENCH_IN_ENGLISH = ({ candidate, agent, since }: Names): readonly string[] => [
  `Donations go to the campaign of ${candidate}, who may only receive them through: ${agent}, declared on ${since}.`,
  'Article L. 52-8 of the French code électoral, first three paragraphs, in English: “A natural person may make a donation to a candidate if he or she has French nationality or resides in France. Donations by a duly identified natural person to finance the campaign of one or more candidates at the same elections may not exceed 4,600 euros.',
  'Legal persons, with the exception of political parties or groups, may not take part in financing a candidate’s election campaign, neither by making donations in any form nor by supplying goods, services or other direct or indirect advantages at prices below those usually charged. Legal persons, with the exception of political parties and groups and of credit institutions or financing companies having their registered office in a Member State of the European Union or a party to the Agreement on the European Economic Area, may neither grant loans to a candidate nor give a guarantee for obtaining loans.',
  'Any donation of more than 150 euros made to a candidate for his or her campaign must be paid by cheque, transfer, direct debit or bank card.”',
  'Article L. 113-1, III: “Anyone who, for an election campaign, has made a donation or a loan in breach of articles L. 52-7-1 and L. 52-8 shall be punished with three years’ imprisonment and a fine of €45,000.',
  'Where the donor or lender is a legal person, the first paragraph of this III applies to its managers in law or in fact.”',
];
