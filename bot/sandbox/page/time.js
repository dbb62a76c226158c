// Sandbox time, as people read it.

let offset = 0;

export const setOffset = (seconds) => { offset = seconds; };
export const now = () => new Date(Date.now() + offset * 1000);
export const offsetSeconds = () => offset;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

export const hourOf = (date) => clock.format(date);
export const fullOf = (date) => full.format(date);
export const fromSeconds = (seconds) => new Date(seconds * 1000);
export const dayKey = (date) => date.toDateString();

/** Today, Yesterday, or the date. */
export function dayOf(date) {
  const today = now();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (dayKey(date) === dayKey(today)) return 'Today';
  return dayKey(date) === dayKey(yesterday) ? 'Yesterday' : day.format(date);
}

/** How far ahead of the machine's clock the sandbox is. */
export function aheadOf(seconds) {
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min']];
  let left = Math.round(seconds);
  const said = [];
  for (const [size, name] of parts) {
    const count = Math.floor(left / size);
    if (count) said.push(`${count} ${name}`);
    left -= count * size;
  }
  if (left) said.push(`${left} s`);
  return said.slice(0, 2).join(' ');
}
