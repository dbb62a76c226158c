// One message as it stands in a chat.
import { h, icon, iconButton } from './dom.js';
import { formatted } from './text.js';
import { fromSeconds, hourOf } from './time.js';

const NAMES = { photo: 'Photo', voice: 'Voice message', document: 'Document', video: 'Video', audio: 'Audio', animation: 'Animation', sticker: 'Sticker', contact: 'Contact', location: 'Location' };

/** What a message says in one line, for quotes and announcements. */
export function inShort(message) {
  const what = message.kind === 'text' ? '' : message.kind === 'sticker' ? `${message.emoji} Sticker` : NAMES[message.kind] || message.kind;
  const text = message.text.replace(/\s+/g, ' ').trim();
  return [what, text].filter(Boolean).join(': ').slice(0, 120);
}

/** The element of a message; `acts` is what its phone can do with it. */
export function bubble(message, quoted, acts) {
  const mine = message.from === 'me';
  const who = mine ? 'You' : acts.botName();
  const body = h('div', { class: `bubble ${message.kind}` },
    message.forwarded && h('p', { class: 'forwarded' }, 'Forwarded message'),
    message.reply_to && quote(message.reply_to, quoted, acts),
    media(message),
    message.text && h('p', { class: 'words', dir: 'auto' }, ...formatted(message.text, message.entities, acts)),
    foot(message, mine));
  const row = h('div', { class: 'bubble-row' }, body, actions(message, mine, acts));
  return h('article', { class: `message ${mine ? 'mine' : 'theirs'}`, tabindex: '-1', data: { id: message.message_id }, 'aria-label': `${who}, ${hourOf(fromSeconds(message.at))}` },
    row, message.keyboard === 'inline' && inlineKeyboard(message, acts));
}

function foot(message, mine) {
  const at = fromSeconds(message.at);
  return h('p', { class: 'foot' },
    message.edited_at && h('span', { class: 'edited' }, 'edited'),
    h('time', { datetime: at.toISOString() }, hourOf(at)),
    mine && h('span', { class: `ticks ${message.seen ? 'seen' : ''}`, role: 'img', 'aria-label': message.seen ? 'The bot has it' : 'Sent', title: message.seen ? 'The bot has it' : 'Sent' }, message.seen ? '✓✓' : '✓'));
}

function quote(id, quoted, acts) {
  const words = quoted ? inShort(quoted) : 'Deleted message';
  const who = quoted && quoted.from === 'me' ? 'You' : acts.botName();
  return h('button', { type: 'button', class: 'quote', 'aria-label': `In reply to ${who}: ${words}`, on: { click: () => acts.show(id) } },
    h('strong', {}, who), h('span', {}, words));
}

function actions(message, mine, acts) {
  return h('div', { class: 'actions' },
    iconButton('reply', 'Reply to this message', () => acts.reply(message.message_id), { tabindex: '-1' }),
    mine && ['text', 'photo', 'document', 'voice', 'video'].includes(message.kind)
      && iconButton('edit', 'Edit this message', () => acts.edit(message.message_id), { tabindex: '-1' }));
}

function media(message) {
  const { kind, file } = message;
  if (kind === 'photo') return h('img', { class: 'photo', src: file.url, alt: message.caption ? '' : 'Photo', width: String(file.width), height: String(file.height), loading: 'lazy' });
  if (kind === 'voice') return h('div', { class: 'voice-note' }, icon('voice'), h('span', { class: 'wave', 'aria-hidden': 'true' }), h('span', {}, `Voice message, 0:${String(file.duration).padStart(2, '0')}`));
  if (kind === 'sticker') return h('div', { class: 'sticker-face', role: 'img', 'aria-label': `Sticker ${message.emoji}` }, message.emoji);
  if (kind === 'contact') return h('div', { class: 'card' }, icon('contact'), h('span', {}, h('strong', {}, message.contact.first_name), h('small', {}, message.contact.phone_number)));
  if (kind === 'location') return h('div', { class: 'card' }, icon('place'), h('span', {}, h('strong', {}, 'Location'), h('small', {}, `${message.location.latitude.toFixed(3)}, ${message.location.longitude.toFixed(3)}`)));
  if (file) return h('a', { class: 'card', href: file.url, download: file.file_name || kind }, icon('document'), h('span', {}, h('strong', {}, file.file_name || NAMES[kind]), h('small', {}, size(file.file_size))));
  return null;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`);

function inlineKeyboard(message, acts) {
  return h('div', { class: 'inline-keyboard', role: 'group', 'aria-label': 'Buttons of this message' },
    ...message.buttons.map((row) => h('div', { class: 'button-row' }, ...row.map((button) => inlineButton(message, button, acts)))));
}

function inlineButton(message, button, acts) {
  const look = `inline-button ${button.style || ''}`;
  if (button.url && !button.web_app && acts.startPayload(button.url) === null) {
    return h('a', { class: look, href: button.url, target: '_blank', rel: 'noopener noreferrer' }, h('span', {}, button.text), icon('web'));
  }
  const node = h('button', { type: 'button', class: look }, h('span', {}, button.text), button.web_app && icon('web'));
  node.addEventListener('click', () => acts.press(message, button, node));
  return node;
}
