import { CAMPAIGN_YAML } from '../outreach/messages/sample.js';

/** A French campaign that takes donations, and an instant at which it does. */
export const FRANCE = `${CAMPAIGN_YAML}
donations: { agent: Les Amis de Maëlle, agent_since: 2031-09-12 }
`;
export const AT = Date.parse('2032-01-15T12:00Z');
