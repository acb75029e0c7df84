// Stands between this browser and Rescind: every page comes from Rescind itself, and the
// one copy kept here, of one's cases, stands in only where Rescind cannot be reached.
const STORE = "rescind-offline";
const COPY = "/offline/";
const LOOK = /^\/static\/rescind\/(app\.css|icon[-\w]*\.(svg|png))$/;

// Counts the pages asked for: a copy fetched before the newest one may hold what is gone.
let asked = 0;

async function keep() {
  const before = asked;
  const fresh = await fetch(COPY);
  // another program may have taken this address since
  if (fresh.status === 404) return leave();
  const store = await caches.open(STORE);
  if (fresh.ok && asked === before) await store.put(COPY, fresh);
}

async function leave() {
  await caches.delete(STORE);
  await self.registration.unregister();
}

async function page(event) {
  asked += 1;
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (await caches.match(COPY)) ?? Response.error();
  }
  // who is not let in any more sees no copy either
  if (answer.status === 401 || answer.status === 403) event.waitUntil(caches.delete(STORE));
  else if (answer.ok) event.waitUntil(keep().catch(() => {}));
  return answer;
}

async function look(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await (await caches.open(STORE)).put(request, fresh.clone());
    return fresh;
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

async function begin() {
  await keep();
  await (await caches.open(STORE)).add("/static/rescind/app.css");
  await self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(begin()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (LOOK.test(new URL(event.request.url).pathname)) event.respondWith(look(event.request));
});
