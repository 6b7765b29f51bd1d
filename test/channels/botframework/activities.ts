import { DIRECT_LINE, TEAMS, TENANT } from './microsoft.js';

type Json = { readonly [key: string]: unknown };

/** The conversation of somebody with the bot in Teams. */
export const CONVERSATION = 'a:1pL6i0oY3C0K8oAj8';

/** What Teams brings when somebody writes to the bot; `fields` differ. */
export function inTeams(fields: Json = {}): Json {
  return {
    type: 'message',
    id: '1485983408511',
    timestamp: '2030-01-01T12:00:00.511Z',
    channelId: 'msteams',
    serviceUrl: TEAMS,
    from: { id: '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA', name: 'Léa', aadObjectId: TENANT },
    conversation: { conversationType: 'personal', id: CONVERSATION, tenantId: TENANT },
    recipient: { id: '28:2f0c7f4e-5a41-4c1d-9a53-0d2b6f3f1a77', name: 'Portevoix' },
    locale: 'fr-FR',
    text: 'Bonjour',
    textFormat: 'plain',
    entities: [{ locale: 'fr-FR', country: 'FR', platform: 'Windows', type: 'clientInfo' }],
    channelData: { tenant: { id: TENANT } },
    ...fields,
  };
}

/** The same through Azure's own Direct Line. */
export function inDirectLine(fields: Json = {}): Json {
  return {
    type: 'message',
    id: 'HPFDqjzHCnq-fr|0000001',
    timestamp: '2030-01-01T12:00:00.511Z',
    channelId: 'directline',
    serviceUrl: DIRECT_LINE,
    from: { id: 'dl_3f2c', name: '' },
    conversation: { id: 'HPFDqjzHCnq-fr' },
    recipient: { id: 'portevoix@QnN1', name: 'Portevoix' },
    locale: 'fr-FR',
    text: 'Bonjour',
    ...fields,
  };
}
