// What the page knows: people, their phones and chats, kept up to date by events.
import { api } from './api.js';

/** Everything about one person's phone. */
class Phone {
  constructor(person) {
    this.person = person;
    this.state = { blocked: false, action: null, commands: [], menu_button: { type: 'commands' }, bot: {}, about: '', connected: false };
    this.messages = new Map();
    this.unread = 0;
    this.firstUnread = null;
    this.loaded = false;
  }

  get replyKeyboard() {
    for (const message of [...this.messages.values()].reverse()) {
      if (message.keyboard === 'remove') return null;
      if (message.keyboard === 'reply') return message;
    }
    return null;
  }
}

export const store = {
  phones: new Map(),
  watchers: new Set(),

  phone(id) {
    return this.phones.get(id);
  },

  add(person) {
    if (!this.phones.has(person.id)) this.phones.set(person.id, new Phone(person));
    return this.phones.get(person.id);
  },

  /** Read one phone from the server: at first sight, and after a lost connection. */
  async load(id) {
    const phone = this.phone(id);
    const [state, chat] = await Promise.all([api.phone(id), api.chat(id)]);
    phone.state = state;
    phone.messages = new Map(chat.map((message) => [message.message_id, message]));
    phone.loaded = true;
    this.tell('loaded', id);
  },

  async loadState(id) {
    this.phone(id).state = await api.phone(id);
    this.tell('state', id);
  },

  tell(what, id, detail) {
    for (const watcher of this.watchers) watcher(what, id, detail);
  },

  read(id) {
    const phone = this.phone(id);
    if (!phone || !phone.unread) return;
    phone.unread = 0;
    this.tell('unread', id);
  },

  /** Take in one event of the server; `attended` says whether somebody looks at that phone. */
  take(event, attended) {
    if (event.event === 'person') return this.tell('people', this.add(event.person).person.id);
    if (event.event === 'profile') return [...this.phones.values()].filter((p) => p.loaded).forEach((p) => this.loadState(p.person.id));
    const phone = this.phone(event.person);
    if (!phone) return undefined;
    if (event.event === 'message') this.receive(phone, event.message, attended);
    else this.change(phone, event);
    return undefined;
  },

  receive(phone, message, attended) {
    const known = phone.messages.has(message.message_id);
    phone.messages.set(message.message_id, message);
    if (message.from === 'bot') phone.state.action = null;
    if (message.from === 'bot' && !known && !attended) {
      if (!phone.unread) phone.firstUnread = message.message_id;
      phone.unread += 1;
    }
    if (message.from === 'me') { phone.unread = 0; phone.firstUnread = null; }
    this.tell('message', phone.person.id, message);
  },

  change(phone, event) {
    const id = phone.person.id;
    const message = phone.messages.get(event.message_id);
    if (event.event === 'changed') {
      if (phone.loaded) phone.messages.set(event.message.message_id, event.message);
      this.tell('changed', id, event.message);
    } else if (event.event === 'deleted') {
      phone.messages.delete(event.message_id);
      this.tell('deleted', id, event.message_id);
    } else if (event.event === 'seen' && message) {
      message.seen = true;
      this.tell('changed', id, message);
    } else if (event.event === 'action') {
      phone.state.action = event.action;
      this.tell('action', id);
    } else if (event.event === 'answered') this.tell('answered', id, event);
    else if (event.event === 'blocked' || event.event === 'unblocked') {
      phone.state.blocked = event.event === 'blocked';
      this.tell('state', id);
    }
  },
};
