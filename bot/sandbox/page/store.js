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
  load(id, again = false) {
    const phone = this.phone(id);
    if (phone.loading && !again) return phone.loading;
    const before = phone.loading || Promise.resolve();
    const mine = before.catch(() => {}).then(() => this.readPhone(phone));
    phone.loading = mine;
    const done = () => { if (phone.loading === mine) phone.loading = null; };
    mine.then(done, done);
    return mine;
  },

  async readPhone(phone) {
    const { id } = phone.person;
    phone.missed = [];
    const [state, chat] = await Promise.all([api.phone(id), api.chat(id)]);
    phone.state = state;
    phone.messages = new Map(chat.map((message) => [message.message_id, message]));
    phone.loaded = true;
    const missed = phone.missed || [];
    phone.missed = null;
    this.tell('loaded', id);
    missed.forEach((event) => this.apply(phone, event, true));
  },

  /** Read commands, menus and names anew; what events tell by themselves is kept. */
  async loadState(id) {
    const phone = this.phone(id);
    phone.reading = (phone.reading || 0) + 1;
    const mine = phone.reading;
    const fresh = await api.phone(id);
    if (mine !== phone.reading) return;
    phone.state = { ...fresh, action: phone.state.action, blocked: phone.state.blocked };
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
    const concerned = event.event === 'profile' ? [...this.phones.values()] : [this.phone(event.person)];
    for (const phone of concerned) {
      if (phone?.missed) phone.missed.push(event); // what happens while the phone is read comes after it
      if (phone) this.apply(phone, event, attended);
    }
    return undefined;
  },

  apply(phone, event, attended) {
    if (event.event === 'profile') { if (phone.loaded) this.loadState(phone.person.id); }
    else if (event.event === 'message') this.receive(phone, event.message, attended);
    else this.change(phone, event);
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
      phone.messages.set(event.message.message_id, event.message);
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
