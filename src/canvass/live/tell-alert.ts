import type { Alert } from './find-alerts.js';

/** An alert in one sentence for whoever leads the volunteers: what is odd, and what it may be. */
export function tellAlert(alert: Alert, tongue: 'fr' | 'en'): string {
  switch (alert.type) {
    case 'contact_rate': {
      const { contacts, visits, usual } = alert;
      return tongue === 'fr'
        ? `${contacts} contacts en ${visits} visites (${percent(contacts / visits, '\u202f')})\u00a0: bien plus que les ${percent(usual, '\u202f')} attendus au mieux.`
        : `${contacts} contacts in ${visits} visits (${percent(contacts / visits)}): far more than the ${percent(usual)} expected at best.`;
    }
    case 'seconds_apart': {
      const { doors, visits, seconds } = alert;
      return tongue === 'fr'
        ? `${doors} portes sur ${visits} notées trop vite après la précédente (${Math.round(seconds)}\u00a0s au plus court)\u00a0: peut-être saisies après coup.`
        : `${doors} doors of ${visits} reported too soon after the one before (${Math.round(seconds)} s at the shortest): perhaps entered afterwards.`;
    }
    case 'far_away': {
      const { doors, located, metres } = alert;
      return tongue === 'fr'
        ? `${doors} portes sur ${located} notées loin de chez elles (environ ${Math.round(metres)}\u00a0m).`
        : `${doors} doors of ${located} reported from far away (about ${Math.round(metres)} m).`;
    }
    default:
      return alert satisfies never;
  }
}

function percent(share: number, space = ''): string {
  return `${Math.round(100 * share)}${space}%`;
}
