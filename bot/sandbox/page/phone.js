// One phone: whose it is, the chat with the bot, and what the person can do.
import { api } from './api.js';
import { Composer } from './composer.js';
import { h, iconButton } from './dom.js';
import { Log } from './log.js';
import { toggleMenu } from './menu.js';
import { hourOf, now } from './time.js';

const ACTION_MS = 5500;
const PRESS_MS = 15000;
const ROLES = { parent: 'Parent', therapist: 'Therapist', on_call: 'On call', unknown: 'Visitor' };
const ACTIONS = { typing: 'typing', upload_photo: 'sending a photo', upload_document: 'sending a document', record_voice: 'recording' };

/** What a person is here, in words. */
export const roleOf = ({ role }) => ROLES[role] || 'Parent';

export class PhoneView {
  constructor(phone, openLink) {
    this.phone = phone;
    this.id = phone.person.id;
    this.openLink = openLink;
    this.pressed = new Map();
    const acts = this.acts();
    this.log = new Log(phone, acts);
    this.composer = new Composer(phone, acts);
    this.name = h('strong', { class: 'chat-name' });
    this.status = h('span', { class: 'chat-status' });
    this.time = h('span', { class: 'phone-time' }, hourOf(now()));
    this.more = iconButton('more', 'More', () => this.openMore(), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    this.head = h('header', { class: 'chat-head' }, h('img', { src: '/page/mark.svg', alt: '', width: '38', height: '38' }), h('p', { class: 'chat-title' }, this.name, this.status), this.more);
    this.toast = h('p', { class: 'toast', role: 'status', hidden: true });
    this.screen = h('div', { class: 'screen' }, h('div', { class: 'phone-status', 'aria-hidden': 'true' }, this.time, h('span', { class: 'phone-owner' }, phone.person.first_name)), this.head, this.log.element, this.toast, this.composer.element);
    this.element = h('div', { class: 'phone' }, this.screen);
    if (phone.loaded) this.fill();
  }

  acts() {
    const guarded = (work) => work.catch((problem) => this.say(problem.message));
    return {
      botName: () => this.phone.state.bot.first_name || 'Held in Mind',
      say: (text) => guarded(api.say(this.id, { text })),
      send: (said) => guarded(api.say(this.id, said)),
      reply: (id) => this.composer.reply(id),
      edit: (id) => this.composer.edit(id),
      show: (id) => this.log.show(id),
      press: (message, button, node) => guarded(this.press(message, button, node)),
      pressText: (id, button) => guarded(button.web_app ? this.webApp(button.url) : api.press(this.id, { message_id: id, text: button.text })),
      openWebApp: (url) => guarded(this.webApp(url)),
      setBlocked: (blocked) => guarded(api.setBlocked(this.id, blocked)),
      startPayload: (address) => this.startPayload(address),
      openLink: (address, payload) => this.openLink(this.id, address, payload),
    };
  }

  fill() {
    this.refresh();
    this.log.fill();
  }

  refresh() {
    const { state } = this.phone;
    this.name.textContent = state.bot.first_name || 'Held in Mind';
    this.screen.classList.toggle('blocked', state.blocked);
    this.showAction();
    this.composer.refresh();
    if (!this.phone.messages.size) this.log.fill();
  }

  showAction() {
    const { state } = this.phone;
    const doing = state.action && (ACTIONS[state.action] || 'busy');
    const rest = state.blocked ? 'blocked' : state.connected ? 'bot' : 'waiting for a bot';
    this.status.replaceChildren(doing ? h('span', { class: 'doing' }, doing, h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' }), h('i', { 'aria-hidden': 'true' })) : rest);
    clearTimeout(this.actionTimer);
    if (doing) this.actionTimer = setTimeout(() => { state.action = null; this.showAction(); }, ACTION_MS);
  }

  /** Take in what the store says has happened on this phone. */
  take(what, detail) {
    if (what === 'loaded') this.fill();
    else if (what === 'state') this.refresh();
    else if (what === 'action') this.showAction();
    else if (what === 'answered') this.answered(detail);
    else if (what === 'deleted') { this.log.remove(detail); this.composer.drawKeys(); }
    else if (what === 'changed') this.log.replace(detail);
    else if (what === 'message') this.arrived(detail);
  }

  arrived(message) {
    if (this.log.find(message.message_id)) this.log.replace(message);
    else this.log.append(message);
    this.showAction();
    this.composer.drawKeys();
  }

  async press(message, button, node) {
    const payload = button.url ? this.startPayload(button.url) : null;
    if (payload !== null) return this.openLink(this.id, button.url, payload);
    if (button.web_app) return this.webApp(button.url);
    if (button.copy) return navigator.clipboard.writeText(button.copy).then(() => this.say('Copied'));
    if (button.data === undefined) return undefined;
    node.classList.add('waiting');
    const { callback_query_id: query } = await api.press(this.id, { message_id: message.message_id, data: button.data });
    const early = this.early?.get(query);
    if (early) return node.classList.remove('waiting');
    this.pressed.set(query, node);
    setTimeout(() => { if (this.pressed.delete(query)) node.classList.remove('waiting'); }, PRESS_MS);
    return undefined;
  }

  answered({ query, text, alert, url }) {
    this.early ??= new Map();
    this.early.set(query, true);
    this.pressed.get(query)?.classList.remove('waiting');
    this.pressed.delete(query);
    if (text && alert) this.alert(text);
    else if (text) this.say(text);
    if (url) this.openLink(this.id, url, this.startPayload(url));
  }

  alert(text) {
    const close = () => { box.remove(); this.composer.field.focus(); };
    const box = h('div', { class: 'alert', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': text }, h('p', {}, text), h('button', { type: 'button', on: { click: close } }, 'OK'));
    box.addEventListener('keydown', (event) => event.key === 'Escape' && close());
    this.screen.append(box);
    box.querySelector('button').focus();
  }

  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, 4000);
  }

  async webApp(url) {
    const opened = window.open('about:blank');
    const { url: address } = await api.webApp(this.id, url);
    if (!opened) return this.say('The browser kept the window closed; allow it for this page.');
    opened.opener = null;
    opened.location.href = address;
    return undefined;
  }

  startPayload(address) {
    const found = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\/?\?(?:.*&)?start=([\w-]*)/i.exec(address) || /^tg:\/\/resolve\?domain=(\w+)&start=([\w-]*)/i.exec(address);
    return found && found[1].toLowerCase() === (this.phone.state.bot.username || '').toLowerCase() ? found[2] : null;
  }

  openMore() {
    const { blocked } = this.phone.state;
    const items = [
      { label: 'Press Start again', act: () => this.acts().say('/start') },
      { label: blocked ? 'Unblock the bot' : 'Block the bot', act: () => this.acts().setBlocked(!blocked) },
    ];
    toggleMenu(this.more, this.head, 'More', items, 'below');
  }

  tick() {
    this.time.textContent = hourOf(now());
    this.log.nameDays();
  }
}

