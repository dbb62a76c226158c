// Small helpers for building the page without a framework.

/** Make an element; props are attributes, `on` holds listeners, `data` the dataset. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [kind, listener] of Object.entries(value)) node.addEventListener(kind, listener);
    else if (name === 'data') Object.assign(node.dataset, value);
    else if (name in node && typeof value !== 'string') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  reply: 'M9 7 4 12l5 5M4.500 12H14a6 6 0 0 1 6 6v1',
  edit: 'M4 20h4L19 9l-4-4L4 16v4M13 7l4 4',
  send: 'M4 12 20 4l-5 16-4-6.500L4 12',
  clip: 'm8 12 6.500-6.500a3.200 3.200 0 0 1 4.500 4.500L10.500 18.500a5 5 0 0 1-7-7L11 4',
  menu: 'M5 7h14M5 12h14M5 17h14',
  more: 'M12 5.500v.600M12 11.700v.600M12 17.900v.600',
  keyboard: 'M3 7h18v11H3zM7 11h.010M12 11h.010M17 11h.010M8 15h8',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9l6 6 6-6',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.010',
  voice: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  document: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5',
  sticker: 'M12 3a9 9 0 1 0 9 9l-9-9M12 3v5a4 4 0 0 0 4 4h5M9 14s1 2 3 2',
  place: 'M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21M12 9.500v.010',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20a7 7 0 0 1 14 0',
  web: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
};

/** A drawn icon; decoration only, its button carries the name. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' })) svg.setAttribute(key, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows an icon and says its name to assistive technology. */
export function iconButton(name, label, listener, props = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: listener }, ...props }, icon(name));
}
