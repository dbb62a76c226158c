// The control side of the sandbox, as the page uses it.

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.error || `The sandbox answered ${answer.status}`);
  return read;
}

const person = (id) => `/sandbox/people/${id}`;

export const api = {
  people: () => call('GET', '/sandbox/people'),
  addPerson: (fields) => call('POST', '/sandbox/people', fields),
  phone: (id) => call('GET', person(id)),
  chat: (id) => call('GET', `${person(id)}/chat`),
  say: (id, said) => call('POST', `${person(id)}/messages`, said),
  start: (id, payload) => call('POST', `${person(id)}/start`, { payload }),
  press: (id, pressed) => call('POST', `${person(id)}/press`, pressed),
  webApp: (id, url) => call('POST', `${person(id)}/web_app`, { url }),
  setBlocked: (id, blocked) => call('POST', `${person(id)}/${blocked ? 'block' : 'unblock'}`),
  clock: () => call('GET', '/sandbox/clock'),
  forward: (seconds) => call('POST', '/sandbox/clock', { forward_seconds: seconds }),
  faults: () => call('GET', '/sandbox/faults'),
  addFault: (fault) => call('POST', '/sandbox/faults', fault),
  clearFaults: () => call('DELETE', '/sandbox/faults'),
  calls: () => call('GET', '/sandbox/calls'),
};

/** Listen to what happens; `onOpen` is called at each new connection, so the page can start afresh. */
export function listen(onEvent, onOpen, onLost) {
  const source = new EventSource('/sandbox/events');
  source.addEventListener('message', (message) => {
    const event = JSON.parse(message.data);
    if (event.event === 'hello') onOpen();
    else onEvent(event);
  });
  source.addEventListener('error', () => onLost());
  window.addEventListener('pagehide', () => source.close());
}
