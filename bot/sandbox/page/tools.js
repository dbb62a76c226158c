// The bar above the phones: time, people, faults, and where deep links are opened.
import { api } from './api.js';
import { h } from './dom.js';
import { store } from './store.js';
import { aheadOf, fullOf, now, offsetSeconds, setOffset } from './time.js';

const by = (id) => document.getElementById(id);
const MOST_TROUBLE = 12;

/** Say something to whoever uses the page. */
export function notice(text) {
  by('notice').textContent = text;
  by('notice').hidden = !text;
}

function dialogs() {
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog || event.target.closest('[data-close]')) dialog.close();
    });
  }
}

/** Show the time of the sandbox, each second. */
export function tick() {
  by('now').textContent = fullOf(now());
  by('now').dateTime = now().toISOString();
  const ahead = offsetSeconds();
  by('ahead').classList.toggle('none', ahead < 1);
  by('ahead').textContent = ahead < 1 ? '–' : `${aheadOf(ahead)} ahead`;
}

function clock() {
  for (const button of document.querySelectorAll('[data-forward]')) {
    button.addEventListener('click', async () => {
      button.setAttribute('aria-busy', 'true');
      try {
        setOffset((await api.forward(Number(button.dataset.forward))).offset_seconds);
        tick();
      } catch (problem) { notice(problem.message); }
      button.removeAttribute('aria-busy');
    });
  }
}

function people(onAdded) {
  by('open-person').addEventListener('click', () => by('person-dialog').showModal());
  by('person-form').addEventListener('submit', async (event) => {
    const fields = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
    event.target.reset();
    const { id } = await api.addPerson(fields);
    store.add({ id, role: 'unknown', ...fields });
    onAdded(id);
  });
}

function faultAsked(form) {
  const { what, method, count } = Object.fromEntries(new FormData(form));
  const kind = { delay: { delay_ms: 3000 }, drop: { drop: true }, 429: { status: 429, retry_after: 5 } }[what] || { status: Number(what) };
  return { ...kind, count: Number(count), ...(method ? { method } : {}) };
}

function told(fault) {
  const what = fault.status ? `${fault.status}` : fault.drop ? 'answer lost' : `slow ${fault.delay_ms} ms`;
  return `${what} · ${fault.method || 'any call'} · ${fault.count} more`;
}

/** Show what is still to come. */
export function showFaults(faults) {
  by('faults-list').replaceChildren(...faults.map((fault) => h('li', {}, told(fault))));
  const count = faults.reduce((sum, fault) => sum + fault.count, 0);
  by('faults-count').hidden = !count;
  by('faults-count').textContent = count ? String(count) : '';
}

/** Show a call that failed on purpose or broke the specification. */
export function showTrouble(call) {
  const words = call.violation ? `broke the specification: ${call.violation}` : call.fault;
  by('trouble').prepend(h('li', { class: call.violation ? 'violation' : '' }, h('strong', {}, call.method), ` ${words}`));
  while (by('trouble').children.length > MOST_TROUBLE) by('trouble').lastElementChild.remove();
  if (call.violation) notice(`A call of the bot broke the Bot API: ${call.method}: ${call.violation}`);
  else api.faults().then(showFaults);
}

function faults() {
  by('open-faults').addEventListener('click', () => by('faults-dialog').showModal());
  by('clear-faults').addEventListener('click', async () => showFaults(await api.clearFaults()));
  by('faults-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await api.addFault(faultAsked(event.target));
      showFaults(await api.faults());
    } catch (problem) { notice(problem.message); }
  });
}

/** Ask who opens a deep link, and open it as that person. */
export function openLink(from, address, payload, onOpened) {
  if (payload === null) { window.open(address, '_blank', 'noopener,noreferrer'); return; }
  const dialog = by('link-dialog');
  const choice = by('link-person');
  const others = [...store.phones.values()].map(({ person }) => person);
  choice.replaceChildren(...others.map((person) => h('option', { value: String(person.id), selected: person.id !== from && person.role === 'parent' }, person.first_name)));
  by('link-text').textContent = address;
  dialog.returnValue = '';
  dialog.addEventListener('close', async () => {
    if (dialog.returnValue !== 'open') return;
    await api.start(Number(choice.value), payload);
    onOpened(Number(choice.value));
  }, { once: true });
  dialog.showModal();
}

/** Wire the bar; `onAdded` is told the id of a new person. */
export function wire(onAdded) {
  dialogs();
  clock();
  people(onAdded);
  faults();
  setInterval(tick, 1000);
}
