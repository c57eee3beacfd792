// Opens the rooms that were kept on the device when there is no network. The page of a room keeps itself (salle.js), under
// the name of its account; every page throws away what is another's (parcours.js). Nothing else is kept.
"use strict";

const isRoom = (url) => /^\/sessions\/\d+\/salle\/\d+$/.test(url.pathname);
// A half-day is over by then, and nobody needs its page without a network any more.
const KEPT_FOR = 24 * 3600 * 1000;
// A network that hangs is no network.
const PATIENCE = 4000;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const forget = async (path) => {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(path);
};

const keptPage = async (path) => {
  const known = await caches.match(path, { ignoreVary: true });
  if (!known) return null;
  if (Date.now() - Number(known.headers.get("x-garde-le")) < KEPT_FOR) return known;
  await forget(path);
  return null;
};

const page = async (request) => {
  const path = new URL(request.url).pathname;
  const known = await keptPage(path);
  const asked = fetch(request);
  if (!known) return asked;
  // It may fail once nobody waits for it.
  asked.catch(() => {});
  const late = new Promise((done) => { setTimeout(done, PATIENCE, null); });
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (!answer || answer.status >= 500) return known;
  // Who is logged out, or may not see it any more, keeps nothing of it.
  if (!answer.ok) await forget(path);
  return answer;
};

const asset = async (request) => (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate" && isRoom(url)) event.respondWith(page(event.request));
});
