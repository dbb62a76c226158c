// Text with entities, turned into elements; nothing a bot sends is ever read as HTML.
import { h } from './dom.js';

const TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote', expandable_blockquote: 'blockquote' };

/** The text of a message; `acts` answers taps on commands and links. */
export function formatted(text, entities, acts) {
  const spans = (entities || []).map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  return build(text, 0, text.length, spans, acts);
}

function build(text, start, end, spans, acts) {
  const nodes = [];
  let at = start;
  while (spans.length) {
    const [first, ...rest] = spans;
    const inner = rest.filter((other) => other.end <= first.end && other.offset < first.end);
    const later = rest.filter((other) => other.offset >= first.end);
    if (first.offset > at) nodes.push(text.slice(at, first.offset));
    nodes.push(marked(first, text, build(text, first.offset, first.end, inner, acts), acts));
    at = first.end;
    spans = later;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function marked(entity, text, inside, acts) {
  const covered = text.slice(entity.offset, entity.end);
  if (entity.type === 'spoiler') return spoiler(inside);
  if (entity.type === 'bot_command') return h('button', { type: 'button', class: 'command', on: { click: () => acts.say(covered) } }, ...inside);
  if (entity.type === 'url') return link(covered, inside, acts);
  if (entity.type === 'text_link') return link(entity.url, inside, acts);
  if (entity.type === 'email') return h('span', { class: 'address' }, ...inside);
  return h(TAGS[entity.type] || 'span', {}, ...inside);
}

function spoiler(inside) {
  const button = h('button', { type: 'button', class: 'spoiler', 'aria-label': 'Hidden text, show it' }, ...inside);
  button.addEventListener('click', () => { button.classList.add('shown'); button.removeAttribute('aria-label'); });
  return button;
}

function link(address, inside, acts) {
  const payload = acts.startPayload(address);
  if (payload !== null) return h('button', { type: 'button', class: 'link', on: { click: () => acts.openLink(address, payload) } }, ...inside);
  if (!/^(https?|mailto|tel):/i.test(address)) return h('span', { class: 'address' }, ...inside);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...inside);
}
