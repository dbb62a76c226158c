// A small menu that opens above its button and can be used by keyboard.
import { h } from './dom.js';

let open = null;

/** Close whatever menu is open. */
export function closeMenu(focusButton = false) {
  if (!open) return;
  const { list, button } = open;
  open = null;
  list.remove();
  button.setAttribute('aria-expanded', 'false');
  if (focusButton) button.focus();
}

/** Open a menu of items `{label, hint, icon, act}` in `place`, or close it when it is open. */
export function toggleMenu(button, place, label, items, look = '') {
  const again = open && open.button === button;
  closeMenu();
  if (again) return;
  const list = h('div', { class: `menu ${look}`, role: 'menu', 'aria-label': label }, ...items.map((item) => entry(item)));
  list.addEventListener('keydown', (event) => move(event, list));
  place.append(list);
  button.setAttribute('aria-expanded', 'true');
  open = { list, button };
  list.querySelector('button').focus();
}

function entry({ label, hint, icon, act }) {
  return h('button', { type: 'button', role: 'menuitem', on: { click: () => { closeMenu(true); act(); } } }, icon, h('span', { class: 'menu-label' }, label), hint && h('span', { class: 'menu-hint' }, hint));
}

function move(event, list) {
  const entries = [...list.querySelectorAll('button')];
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    closeMenu(true);
  } else if (event.key === 'Tab') closeMenu();
  else if (to !== undefined) {
    event.preventDefault();
    entries.at(to % entries.length).focus();
  }
}

document.addEventListener('pointerdown', (event) => {
  if (open && !open.list.contains(event.target) && !open.button.contains(event.target)) closeMenu();
});
