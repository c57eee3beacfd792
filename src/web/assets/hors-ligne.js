// Keeps the rooms that were opened, so that they open without a network too. Nothing else is kept.
"use strict";

const ROOMS = "salles-1";
const isRoom = (url) => /^\/sessions\/\d+\/salle\/\d+$/.test(url.pathname);

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const page = async (request) => {
  const rooms = await caches.open(ROOMS);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await rooms.put(request.url, answer.clone());
    // Who is logged out, or may not see it any more, keeps nothing of it.
    else if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 404) await rooms.delete(request.url);
    return answer;
  } catch (fault) {
    const known = await rooms.match(request.url, { ignoreVary: true });
    if (known) return known;
    throw fault;
  }
};

const asset = async (request) => {
  const rooms = await caches.open(ROOMS);
  const known = await rooms.match(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await rooms.put(request.url, answer.clone());
  return answer;
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate" && isRoom(url)) event.respondWith(page(event.request));
});
