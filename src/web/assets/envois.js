// What was done in a room: kept on the device first, then sent, until the server has answered each deed. Of the page it
// knows nothing: that is salle.js.
"use strict";

// What waits on the device, in a database of the browser; fails where the browser refuses one.
const openKept = async () => {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("parcours-salle", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("envois", { keyPath: "turn", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const run = (mode, work) => new Promise((done, failed) => {
    const deal = base.transaction("envois", mode, { durability: "strict" });
    const asked = work(deal.objectStore("envois"));
    deal.oncomplete = () => done(asked.result);
    deal.onerror = deal.onabort = () => failed(deal.error);
  });
  return {
    add: (entry) => run("readwrite", (store) => store.add(entry)),
    put: (entry) => run("readwrite", (store) => store.put(entry)),
    drop: (turn) => run("readwrite", (store) => store.delete(turn)),
    all: () => run("readonly", (store) => store.getAll()),
  };
};

const fresh = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
// By how much the clock of the device is wrong. Before the server told, what it told last time is only good for showing.
const clock = {
  drift: null,
  last: localStorage.getItem("parcours-decalage"),
  isKnown: () => clock.drift !== null || clock.last !== null,
  now: () => Date.now() + (clock.drift ?? Number(clock.last ?? 0)),
  learn: (now) => {
    clock.drift = now - Date.now();
    localStorage.setItem("parcours-decalage", String(clock.drift));
  },
  stamp: () => ({ at: Date.now() + (clock.drift ?? 0), raw: clock.drift === null }),
};

// Asks the server. Answers what it told, or why it did not: offline, login, away (the room is not one's own any more) or unread.
const ask = async (path, body) => {
  const options = body ? { method: "POST", headers: { "content-type": "application/json" }, body } : {};
  try {
    // A network that hangs is no network.
    const answer = await fetch(path, { redirect: "manual", signal: AbortSignal.timeout(body ? 20000 : 8000), ...options });
    if (answer.ok) return { said: await answer.json() };
    if (answer.type === "opaqueredirect" || answer.status === 401) return { why: "login" };
    if (answer.status >= 500 || answer.status === 429) return { why: "offline" };
    return { why: answer.status === 403 || answer.status === 404 ? "away" : "unread" };
  } catch {
    return { why: "offline" };
  }
};

// The deeds kept in a room: given in turn, sent in batches, each until it is settled.
const makeQueue = (kept, start, learn) => {
  const { base, account, most, most_bytes: mostBytes } = start;
  const state = { why: "", since: 0 };
  const own = async () => (await kept.all()).filter((entry) => entry.account === account && entry.base === base);
  const plain = ({ turn, raw, base: here, account: whose, clash, ...deed }) => (raw ? { ...deed, at: deed.at + clock.drift } : deed);

  // What changes the deeds does so one after the other: each must find what the one before left.
  let line = Promise.resolve();
  const inTurn = (work) => (line = line.then(work, work));

  // As many as go in one request, one at least.
  const batch = (waiting, alone) => {
    let bytes = 0;
    const measure = (entry) => new TextEncoder().encode(JSON.stringify(entry)).length;
    const fits = waiting.slice(0, alone ? 1 : most).findIndex((entry) => (bytes += measure(entry)) > mostBytes);
    return waiting.slice(0, fits < 0 ? (alone ? 1 : most) : Math.max(1, fits));
  };

  // Does with each deed what the server answered, but where another took its place meanwhile.
  const settle = (part, answers) => inTurn(async () => {
    const still = new Map((await own()).map((entry) => [entry.name, entry]));
    let settled = 0;
    for (const { name, outcome, says, stands } of answers) {
      if (!part.some((entry) => entry.name === name)) continue;
      settled += 1;
      const entry = still.get(name);
      if (!entry) continue;
      if (outcome === "kept" || outcome === "already") await kept.drop(entry.turn);
      else await kept.put({ ...entry, clash: { says, stands } });
    }
    return settled;
  });

  // Sends what waits, and learns how the room stands. Answers why it could not.
  const send = async () => {
    for (let alone = false; ;) {
      // The clock is set right before a deed is sent.
      const waiting = clock.drift === null ? [] : (await own()).filter((entry) => !entry.clash);
      const part = batch(waiting, alone);
      const isBlind = clock.drift === null;
      const { said, why } = part.length === 0
        ? await ask(`${base}/etat?compte=${account}`)
        : await ask(`${base}/envois`, JSON.stringify({ account, deeds: part.map(plain) }));
      if (why === "unread" && part.length > 0) {
        // One that the server does not take must not hold up the others.
        if (part.length === 1) await settle(part, [{ name: part[0].name, outcome: "refused", says: start.unread }]);
        alone = true;
        continue;
      }
      if (why) return why;
      clock.learn(said.now);
      learn(said);
      const settled = await settle(part, said.answers);
      const more = settled > 0 || (isBlind && (await own()).some((entry) => !entry.clash));
      if (!more) return "";
    }
  };

  const isCut = () => Object.assign(state, state.why === "offline" ? {} : { why: "offline", since: clock.now() });
  let busy = false;
  const flush = async () => {
    if (busy) return;
    busy = true;
    const why = await send().catch(() => "offline");
    if (why === "offline") isCut();
    else state.why = why;
    busy = false;
  };

  const make = (deed) => ({ base, account, name: fresh(), ...clock.stamp(), ...deed });
  const add = (deed) => kept.add(make(deed));

  // A second thought takes the place of the first, in its turn, unless the person signed in between. The first may have
  // come all the same, its answer lost: so it is named.
  const mark = (who, seen, wanted, minutes) => inTurn(async () => {
    const waiting = (await own()).filter((entry) => entry.who === who && !entry.clash);
    const before = waiting.filter((entry) => entry.wanted).at(-1);
    const after = before ? [...(before.after ?? []), before.name].slice(-start.most_before) : [];
    const deed = make({ who, seen: before?.seen ?? seen(), after, wanted, minutes });
    const isFree = before && !waiting.some((entry) => !entry.wanted && entry.turn > before.turn);
    await (isFree ? kept.put({ ...deed, turn: before.turn }) : kept.add(deed));
  });
  return { state, own, flush, isCut, add, mark, inTurn };
};
