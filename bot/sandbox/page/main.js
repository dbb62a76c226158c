// The page: phones side by side, or one at a time where there is room for one.
import { api, listen } from './api.js';
import { Column } from './column.js';
import { h } from './dom.js';
import { roleOf } from './phone.js';
import { store } from './store.js';
import { setOffset } from './time.js';
import { notice, openLink, showFaults, showTrouble, tick, wire } from './tools.js';

const narrow = window.matchMedia('(max-width: 940px)');
const by = (id) => document.getElementById(id);

const page = {
  columns: [],
  current: null,

  /** Somebody looks at this phone now: what is new there is read. */
  attend(column) {
    if (this.current !== column) this.current = column;
    store.read(column.id);
    this.refresh();
  },

  attended(id) {
    return !document.hidden && this.current?.id === id;
  },

  openLink: (from, address, payload) => openLink(from, address, payload, (id) => page.bring(id)),

  /** Show this person's phone: where it already stands, or in the last place. */
  bring(id) {
    const column = this.columns.find((one) => one.id === id) || this.columns.at(-1);
    if (column.id !== id) column.show(id);
    this.attend(column);
    column.view.composer.field.focus();
  },

  refresh() {
    for (const column of this.columns) {
      column.element.classList.toggle('current', column === this.current);
      column.showUnread();
    }
    const count = [...store.phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
    document.title = `${count ? `(${count}) ` : ''}Held in Mind · sandbox`;
    this.drawTabs();
  },

  drawTabs() {
    const tabs = this.columns.map((column) => {
      const { person, unread } = store.phone(column.id);
      return h('button', { type: 'button', 'aria-pressed': String(column === this.current), on: { click: () => this.attend(column) } },
        h('span', { class: 'tab-name' }, person.first_name), h('span', { class: 'tab-role' }, roleOf(person)),
        unread > 0 && h('span', { class: 'badge' }, String(unread), h('span', { class: 'sr' }, ' new')));
    });
    const focused = [...by('tabs').children].indexOf(document.activeElement);
    by('tabs').replaceChildren(...tabs);
    if (focused >= 0) by('tabs').children[focused]?.focus();
  },
};

async function startAfresh() {
  try {
    const [people, clock, faults] = await Promise.all([api.people(), api.clock(), api.faults()]);
    setOffset(clock.offset_seconds);
    tick();
    showFaults(faults);
    people.forEach((person) => store.add(person));
    const again = page.columns.length > 0;
    if (!again) build(people);
    await Promise.all(page.columns.map((column) => store.load(column.id, again)));
    notice('');
  } catch (problem) { notice(problem.message); }
}

function build(people) {
  for (const person of people.slice(0, 3)) {
    const column = new Column(person.id, page);
    page.columns.push(column);
    by('stage').append(column.element);
  }
  page.attend(page.columns[0]);
  if (!narrow.matches) page.columns[0].view.composer.field.focus();
}

store.watchers.add((what, id, detail) => {
  if (what === 'people') page.columns.forEach((column) => column.fillChooser());
  for (const column of page.columns) if (column.id === id) column.view.take(what, detail);
  if (what === 'message' || what === 'unread' || what === 'people') page.refresh();
});

function take(event) {
  if (event.event === 'clock') { setOffset(event.offset_seconds); tick(); }
  else if (event.event === 'faults') showFaults(event.faults);
  else if (event.event === 'call') showTrouble(event.call);
  else store.take(event, page.attended(event.person));
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && page.current) store.read(page.current.id);
});
setInterval(() => page.columns.forEach((column) => column.view.tick()), 1000);
wire((id) => { page.columns.forEach((column) => column.fillChooser()); page.bring(id); });
listen(take, startAfresh, () => notice('The sandbox does not answer. Waiting for it …'));
