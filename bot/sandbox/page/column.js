// A place on the page where one phone stands, with the choice of whose it is.
import { h } from './dom.js';
import { PhoneView, roleOf } from './phone.js';
import { store } from './store.js';

export class Column {
  constructor(id, page) {
    this.page = page;
    this.chooser = h('select', { class: 'chooser', 'aria-label': 'Whose phone', on: { change: () => this.show(Number(this.chooser.value)) } });
    this.badge = h('span', { class: 'badge', hidden: true });
    this.role = h('span', { class: 'role' });
    this.holder = h('div', { class: 'holder' });
    this.element = h('section', { class: 'column' }, h('header', { class: 'owner' }, this.chooser, this.role, this.badge), this.holder);
    for (const kind of ['pointerdown', 'focusin']) this.element.addEventListener(kind, () => page.attend(this));
    this.fillChooser();
    this.show(id);
  }

  fillChooser() {
    const people = [...store.phones.values()].map(({ person }) => person);
    this.chooser.replaceChildren(...people.map((person) => h('option', { value: String(person.id) }, person.first_name)));
    document.body.classList.toggle('crowd', people.length > 3);
    if (this.id) this.chooser.value = String(this.id);
  }

  show(id) {
    this.id = id;
    const phone = store.phone(id);
    this.chooser.value = String(id);
    this.role.textContent = roleOf(phone.person);
    this.element.setAttribute('aria-label', `${phone.person.first_name}’s phone, ${roleOf(phone.person).toLowerCase()}`);
    this.element.dataset.person = String(id);
    this.view = new PhoneView(phone, this.page.openLink);
    this.holder.replaceChildren(this.view.element);
    if (!phone.loaded) store.load(id).catch((problem) => this.view.say(problem.message));
    this.page.refresh();
  }

  showUnread() {
    const { unread } = store.phone(this.id);
    this.badge.hidden = !unread;
    this.badge.textContent = unread ? `${unread} new` : '';
    this.element.classList.toggle('has-news', unread > 0);
  }
}
