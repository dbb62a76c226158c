// The messages of one chat, in order, with days, the mark of what is new, and a way down.
import { bubble } from './bubble.js';
import { h, icon } from './dom.js';
import { dayKey, dayOf, fromSeconds } from './time.js';

const NEAR_PX = 60;

export class Log {
  constructor(phone, acts) {
    this.phone = phone;
    this.acts = acts;
    this.list = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0', 'aria-label': `Chat of ${phone.person.first_name}. Arrow keys move between messages, R replies, E edits.` });
    this.jump = h('button', { type: 'button', class: 'jump', 'aria-label': 'Go to the newest message', hidden: true, on: { click: () => this.toEnd() } }, icon('down'));
    this.element = h('div', { class: 'log-wrap' }, this.list, this.jump);
    this.list.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.list.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('load', () => this.follow && this.toEnd(), true);
    new ResizeObserver(() => this.follow && this.toEnd()).observe(this.list);
    this.follow = true;
  }

  fill() {
    this.lastDay = null;
    this.list.replaceChildren();
    const messages = [...this.phone.messages.values()];
    if (!messages.length) this.list.append(this.welcome());
    for (const message of messages) this.place(message);
    this.toEnd();
  }

  welcome() {
    const { state, person } = this.phone;
    const waiting = h('p', {}, 'No bot is connected yet. Point one at ', h('code', {}, location.origin), ' and it will answer here.');
    const about = h('p', {}, state.about || `This is ${person.first_name}’s phone. Say hello, and the bot answers as it would on Telegram.`);
    return h('div', { class: 'welcome' }, h('img', { src: '/page/mark.svg', alt: '', width: '64', height: '64' }),
      h('p', { class: 'welcome-name' }, state.bot.first_name || 'Held in Mind'), state.connected ? about : waiting,
      h('button', { type: 'button', class: 'start', on: { click: () => this.acts.say('/start') } }, 'Start'));
  }

  /** Name the days anew: what was today is yesterday after midnight. */
  nameDays() {
    for (const day of this.list.querySelectorAll('.day')) {
      const name = dayOf(fromSeconds(Number(day.dataset.at)));
      if (day.textContent !== name) day.firstChild.textContent = name;
    }
  }

  quoted(message) {
    return message.reply_to ? this.phone.messages.get(message.reply_to) : undefined;
  }

  place(message) {
    this.list.querySelector('.welcome')?.remove();
    const at = fromSeconds(message.at);
    if (dayKey(at) !== this.lastDay) {
      this.lastDay = dayKey(at);
      this.list.append(h('p', { class: 'day', data: { at: String(message.at) } }, h('span', {}, dayOf(at))));
    }
    if (message.message_id === this.phone.firstUnread) this.list.append(h('p', { class: 'fresh' }, h('span', {}, 'New')));
    this.list.append(bubble(message, this.quoted(message), this.acts));
  }

  append(message) {
    const mine = message.from === 'me';
    if (mine) this.list.querySelector('.fresh')?.remove();
    this.place(message);
    this.list.lastElementChild.classList.add('arrived');
    if (mine || this.follow) this.toEnd();
    else this.scrolled();
  }

  find(id) {
    return this.list.querySelector(`article[data-id="${id}"]`);
  }

  replace(message) {
    const old = this.find(message.message_id);
    if (!old) return; // it went, or the chat is still being read
    const focused = old.contains(document.activeElement);
    const fresh = bubble(message, this.quoted(message), this.acts);
    fresh.tabIndex = old.tabIndex;
    old.replaceWith(fresh);
    if (focused) fresh.focus({ preventScroll: true });
    if (this.follow) this.toEnd();
  }

  remove(id) {
    this.find(id)?.remove();
  }

  show(id) {
    const message = this.find(id);
    if (!message) return;
    message.scrollIntoView({ block: 'center' });
    message.focus({ preventScroll: true });
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.follow = true;
    this.jump.hidden = true;
  }

  scrolled() {
    const left = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
    this.follow = left < NEAR_PX;
    this.jump.hidden = this.follow;
  }

  key(event) {
    const messages = [...this.list.querySelectorAll('article')];
    const at = messages.findIndex((message) => message.contains(document.activeElement));
    const to = { ArrowUp: at < 0 ? messages.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key];
    const id = at >= 0 ? Number(messages[at].dataset.id) : null;
    if (to !== undefined && messages[to]) {
      event.preventDefault();
      messages[to].focus();
    } else if (id !== null && document.activeElement === messages[at]) this.shortcut(event, id);
  }

  shortcut(event, id) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { r: this.acts.reply, e: this.acts.edit }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(id);
  }
}
