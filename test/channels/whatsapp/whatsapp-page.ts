/**
 * A page that pretends to be WhatsApp Web, as far as whatsapp-web.js 1.34.7 asks it: a code, another
 * one, then the login, which the browser's profile remembers. Whoever is written to answers at once with
 * what was written and how often the chat was seen; « conflit » takes the session away.
 */
export const WHATSAPP_PAGE = `<!doctype html><meta charset="utf-8"><title>WhatsApp</title><script>
(async () => {
  // WhatsApp too keeps its keys in an IndexedDB.
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open('session', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  const database = await asked(opening);
  const isKnown = (await asked(database.transaction('keys').objectStore('keys').get('own'))) === 'yes';
  const emitter = (own) => {
    const listeners = {};
    return Object.assign(own, {
      on(names, listener) {
        for (const name of names.split(' ')) (listeners[name] ??= []).push(listener);
      },
      off(name, listener) {
        listeners[name] = (listeners[name] ?? []).filter((one) => one !== listener);
      },
      trigger(name, ...given) {
        for (const listener of listeners[name] ?? []) listener(...given);
      },
    });
  };
  const wid = (serialized) => ({
    _serialized: serialized,
    user: serialized.split('@')[0],
    server: serialized.split('@')[1],
    isLid: () => serialized.endsWith('@lid'),
    isGroup: () => false,
    isStatus: () => false,
    toString: () => serialized,
  });
  const me = wid('33100000000@c.us');
  const Socket = emitter({ state: isKnown ? 'CONNECTED' : 'UNPAIRED', hasSynced: false });
  const Cmd = emitter({ refreshQR() {} });
  const Conn = emitter({ ref: 'code-1', platform: 'android', serialize: () => ({ pushname: 'Campagne', platform: 'android' }) });
  const byId = new Map();
  const Msg = emitter({ get: (id) => byId.get(id), getMessagesById: async () => ({ messages: [] }) });
  const chats = new Map();
  const Chat = emitter({ get: (id) => chats.get(id._serialized ?? id), getModelsArray: () => [...chats.values()] });
  const model = (fields) => ({ ...fields, serialize: () => JSON.parse(JSON.stringify(fields)) });
  let ids = 0;
  let seen = 0;
  const chatOf = (id) => {
    if (!chats.has(id)) {
      const messages = [];
      chats.set(id, {
        id: wid(id),
        unreadCount: 0,
        formattedTitle: id,
        msgs: { getModelsArray: () => messages },
        serialize() {
          return { id: { _serialized: id }, unreadCount: this.unreadCount, t: 1 };
        },
      });
    }
    return chats.get(id);
  };
  const receive = (from, body, isNewMsg = true) => {
    const id = 'false_' + from + '_IN' + (ids += 1);
    const message = model({
      id: { fromMe: false, remote: from, id: 'IN' + ids, _serialized: id },
      from, to: me._serialized, type: 'chat', t: 1893499200 + ids, body, isNewMsg,
    });
    const chat = chatOf(from);
    chat.unreadCount += 1;
    chat.msgs.getModelsArray().push(message);
    byId.set(id, message);
    Msg.trigger('add', message);
  };
  class MsgKey {
    constructor({ to, id }) {
      Object.assign(this, { fromMe: true, remote: to._serialized, id, _serialized: 'true_' + to._serialized + '_' + id });
    }
    static async newId() {
      return 'OUT' + (ids += 1);
    }
  }
  const modules = {
    WAWebSocketModel: { Socket },
    WAWebCmd: { Cmd },
    WAWebConnModel: { Conn },
    WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
    WAWebAltDeviceLinkingApi: {},
    WABase64: { encodeB64: () => 'a2V5' },
    WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
    WAWebAdvSignatureApi: {},
    WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: 'x' } }) } },
    WAWebSignalStoreApi: { waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: 'y' } }) } },
    WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
    WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me, getMaybeMeLidUser: () => undefined },
    WAWebCollections: { Msg, Chat },
    WAWebSyncGatingUtils: {},
    WAWebWidFactory: { createWid: wid, asUserWidOrThrow: (id) => id },
    WAWebFindChatAction: { findOrCreateLatestChat: async (id) => (/^3399/.test(id._serialized) ? undefined : { chat: chatOf(id._serialized) }) },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WALinkify: { findLink: () => undefined, findLinks: () => [] },
    WAWebMsgKey: MsgKey,
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
    WAWebUpdateUnreadChatAction: {
      async sendSeen({ chat }) {
        chat.unreadCount = 0;
        seen += 1;
      },
    },
    WAWebChatStateBridge: { async sendChatStateComposing() {} },
    WAWebSendMsgChatAction: {
      addAndSendMsgToChat(chat, fields) {
        const message = model({ ...fields, id: { ...fields.id }, from: me._serialized, to: chat.id._serialized });
        byId.set(fields.id._serialized, message);
        setTimeout(() => {
          Msg.trigger('change:ack', message, 1);
          Msg.trigger('change:ack', message, 2);
          if (fields.body === 'conflit') {
            Socket.state = 'CONFLICT';
            Socket.trigger('change:state', Socket, 'CONFLICT');
          } else {
            receive(chat.id._serialized, fields.body + ' (' + seen + ')');
          }
        }, 50);
        return [Promise.resolve(message), Promise.resolve({ messageSendResult: 'OK' })];
      },
    },
  };
  window.Debug = { VERSION: '2.3000.fake' };
  window.require = (name) => modules[name];
  const logIn = () => {
    database.transaction('keys', 'readwrite', { durability: 'strict' }).objectStore('keys').put('yes', 'own');
    Socket.state = 'CONNECTED';
    Socket.hasSynced = true;
    Socket.trigger('change:hasSynced');
  };
  // What came while the browser was closed: unread, and no news any more.
  if (isKnown) receive('33612345678@c.us', 'entre-temps', false);
  const later = (work, ms) => {
    const wait = () => (window.onAppStateHasSyncedEvent ? setTimeout(work, ms) : setTimeout(wait, 20));
    wait();
  };
  if (isKnown) later(logIn, 300);
  else {
    later(() => Conn.trigger('change:ref', Conn, 'code-2'), 300);
    later(logIn, 800);
  }
})();
</script>`;
