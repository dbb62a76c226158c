// Where a person writes: the text field, what is attached, commands, and the reply keyboard.
import { inShort } from './bubble.js';
import { h, icon, iconButton } from './dom.js';
import { toggleMenu } from './menu.js';

const STICKERS = ['🙂', '❤️', '👍', '😢', '😴', '🌈'];

export class Composer {
  constructor(phone, acts) {
    this.phone = phone;
    this.acts = acts;
    this.replyTo = null;
    this.editing = null;
    this.keyboardHidden = false;
    this.build();
  }

  build() {
    const name = this.phone.person.first_name;
    this.field = h('textarea', { rows: '1', maxlength: '4096', placeholder: 'Message', 'aria-label': `Message as ${name}`, enterkeyhint: 'send', dir: 'auto' });
    this.field.addEventListener('keydown', (event) => this.key(event));
    this.field.addEventListener('input', () => this.typed());
    this.context = h('div', { class: 'context', hidden: true });
    this.suggestions = h('div', { class: 'suggestions', role: 'group', 'aria-label': 'Commands', hidden: true });
    this.keys = h('div', { class: 'reply-keyboard', role: 'group', 'aria-label': 'Reply keyboard', hidden: true });
    this.keysButton = iconButton('keyboard', 'Show or hide the reply keyboard', () => this.toggleKeys(), { hidden: true });
    this.menuButton = h('button', { type: 'button', class: 'bot-menu', on: { click: () => this.openMenu() } }, 'Menu');
    this.attach = iconButton('clip', 'Attach', () => this.openAttach(), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
    this.file = h('input', { type: 'file', hidden: true, 'aria-label': 'File to send', on: { change: () => this.sendChosen() } });
    const sendButton = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send', title: 'Send' }, icon('send'));
    this.form = h('form', { class: 'composer', on: { submit: (event) => { event.preventDefault(); this.send(); } } }, this.menuButton, this.attach, this.field, this.keysButton, this.file, sendButton);
    this.unblock = h('button', { type: 'button', class: 'unblock', hidden: true, on: { click: () => this.acts.setBlocked(false) } }, 'Unblock the bot');
    this.element = h('div', { class: 'composer-area' }, this.suggestions, this.context, this.form, this.unblock, this.keys);
  }

  /** Bring buttons and menus in line with the phone's state. */
  refresh() {
    const { state } = this.phone;
    this.form.hidden = state.blocked;
    this.unblock.hidden = !state.blocked;
    const app = state.menu_button.type === 'web_app';
    this.menuButton.hidden = !app && !state.commands.length;
    this.menuButton.textContent = app ? state.menu_button.text : 'Menu';
    this.drawKeys();
  }

  drawKeys() {
    const holder = this.phone.replyKeyboard;
    if (holder?.message_id !== this.keysOf) this.keyboardHidden = false;
    this.keysOf = holder?.message_id;
    this.keysButton.hidden = !holder;
    this.keys.hidden = !holder || this.keyboardHidden || this.phone.state.blocked;
    this.keys.replaceChildren(...(holder ? holder.buttons : []).map((row) => h('div', { class: 'button-row' }, ...row.map((button) => h('button', { type: 'button', on: { click: () => this.pressKey(holder, button) } }, button.text)))));
  }

  pressKey(holder, button) {
    if (holder.one_time) this.keyboardHidden = true;
    this.acts.pressText(holder.message_id, button);
    this.drawKeys();
  }

  toggleKeys() {
    this.keyboardHidden = !this.keyboardHidden;
    this.drawKeys();
  }

  openMenu() {
    const { state } = this.phone;
    if (state.menu_button.type === 'web_app') return this.acts.openWebApp(state.menu_button.web_app.url);
    const items = state.commands.map(({ command, description }) => ({ label: `/${command}`, hint: description, act: () => this.acts.say(`/${command}`) }));
    return toggleMenu(this.menuButton, this.element, 'Commands', items, 'commands');
  }

  openAttach() {
    const send = (label, name, said) => ({ label, icon: icon(name), act: () => this.sendMedia(said) });
    const items = [
      send('Photo', 'photo', { photo: true }),
      { label: 'File or photo from here …', icon: icon('clip'), act: () => this.file.click() },
      send('Voice message', 'voice', { voice: true }),
      send('Document', 'document', { document: 'note.txt' }),
      { label: 'Sticker …', icon: icon('sticker'), act: () => this.openStickers() },
      send('Location', 'place', { location: true }),
      send('Contact', 'contact', { contact: true }),
    ];
    toggleMenu(this.attach, this.element, 'Send', items);
  }

  openStickers() {
    const items = STICKERS.map((face) => ({ label: face, act: () => this.sendMedia({ sticker: face }) }));
    toggleMenu(this.attach, this.element, 'Stickers', items, 'stickers');
  }

  sendChosen() {
    const [file] = this.file.files;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const kind = /^image\/(png|jpeg)$/.test(file.type) ? 'photo' : 'document';
      const data = reader.result.replace(/^data:;/, 'data:application/octet-stream;');
      this.sendMedia({ [kind]: data, file_name: file.name });
    });
    reader.readAsDataURL(file);
    this.file.value = '';
  }

  sendMedia(said) {
    const captioned = ['photo', 'voice', 'document'].some((kind) => kind in said);
    const caption = captioned ? this.field.value.trim() : '';
    if (caption) { this.field.value = ''; this.typed(); }
    this.dispatch(caption ? { ...said, caption } : said);
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    const said = this.editing ? { edit: this.editing, text } : { text };
    this.field.value = '';
    this.typed();
    this.dispatch(said);
  }

  dispatch(said) {
    const reply = this.replyTo && !said.edit ? { reply_to: this.replyTo } : {};
    this.calm();
    this.acts.send({ ...said, ...reply });
    this.field.focus();
  }

  reply(id) {
    this.calm();
    this.replyTo = id;
    this.explain('Reply to', this.phone.messages.get(id));
  }

  edit(id) {
    const message = this.phone.messages.get(id);
    if (!message || message.from !== 'me') return;
    this.calm();
    this.editing = id;
    this.field.value = message.text;
    this.explain('Edit', message);
    this.typed();
  }

  explain(what, message) {
    this.context.replaceChildren(h('p', {}, h('strong', {}, what), h('span', {}, message ? inShort(message) : '')), iconButton('close', 'Cancel', () => this.cancel()));
    this.context.hidden = false;
    this.field.focus();
  }

  cancel() {
    if (this.editing) this.field.value = '';
    this.calm();
    this.typed();
    this.field.focus();
  }

  calm() {
    this.replyTo = null;
    this.editing = null;
    this.context.hidden = true;
  }

  typed() {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(this.field.scrollHeight, 120)}px`;
    this.suggest();
  }

  suggest() {
    const word = /^\/(\w*)$/.exec(this.field.value)?.[1];
    const fits = word === undefined ? [] : this.phone.state.commands.filter(({ command }) => command.startsWith(word.toLowerCase()));
    this.suggestions.hidden = !fits.length;
    this.suggestions.replaceChildren(...fits.map(({ command, description }) => h('button', { type: 'button', on: { click: () => this.sendCommand(command) } }, h('strong', {}, `/${command}`), h('span', {}, description))));
  }

  sendCommand(command) {
    this.field.value = '';
    this.typed();
    this.dispatch({ text: `/${command}` });
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'Escape') this.cancel();
    else if (event.key === 'ArrowDown' && !this.suggestions.hidden) {
      event.preventDefault();
      this.suggestions.querySelector('button').focus();
    } else if (event.key === 'ArrowUp' && !this.field.value) this.editLast(event);
  }

  editLast(event) {
    const last = [...this.phone.messages.values()].reverse().find((message) => message.from === 'me' && message.kind === 'text');
    if (!last) return;
    event.preventDefault();
    this.edit(last.message_id);
  }
}
