import type { Json } from '../channel.js';
import { recipientOf } from './address.js';
import type { Rendered } from './render-message.js';

/** The body of `POST /<phone number>/messages`. */
export type CloudMessage = { readonly [field: string]: Json };

/** Writes what is shown as the Cloud API takes it; `choose` is on the button that opens a list. */
export function writeCloud(address: string, rendered: Rendered, choose: string): CloudMessage {
  return { ...addressed(address), ...contentOf(rendered, choose) };
}

/** An approved template whose one variable carries `text`. */
export function writeTemplate(
  address: string,
  template: { readonly name: string; readonly language: string },
  text: string,
): CloudMessage {
  return {
    ...addressed(address),
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      components: [{ type: 'body', parameters: [{ type: 'text', text }] }],
    },
  };
}

function addressed(address: string): CloudMessage {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipientOf(address),
  };
}

function contentOf(rendered: Rendered, choose: string): CloudMessage {
  switch (rendered.type) {
    case 'text':
      // A preview would have WhatsApp open the link, and some are for one person only.
      return { type: 'text', text: { body: rendered.text, preview_url: false } };
    case 'buttons':
      return interactive('button', rendered.text, {
        buttons: rendered.choices.map(({ id, label: title }) => ({
          type: 'reply',
          reply: { id, title },
        })),
      });
    case 'list':
      return interactive('list', rendered.text, {
        button: choose.slice(0, 20),
        sections: [{ rows: rendered.choices.map(({ id, label: title }) => ({ id, title })) }],
      });
    case 'location':
      return interactive('location_request_message', rendered.text, { name: 'send_location' });
    default:
      return rendered satisfies never;
  }
}

function interactive(type: string, text: string, action: Json): CloudMessage {
  return { type: 'interactive', interactive: { type, body: { text }, action } };
}
