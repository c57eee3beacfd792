// The room: each answer is kept on the device first, then sent; without a network it waits there. It works without this
// file, while there is a network. The page has signature.js too.
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
const told = (millis) => new Date(millis).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

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

  // As many as go in one request, one at least.
  const batch = (waiting, alone) => {
    let bytes = 0;
    const measure = (entry) => new TextEncoder().encode(JSON.stringify(entry)).length;
    const fits = waiting.slice(0, alone ? 1 : most).findIndex((entry) => (bytes += measure(entry)) > mostBytes);
    return waiting.slice(0, fits < 0 ? (alone ? 1 : most) : Math.max(1, fits));
  };

  const settle = async (part, answers) => {
    let settled = 0;
    for (const answer of answers) {
      const entry = part.find((one) => one.name === answer.name);
      if (!entry) continue;
      settled += 1;
      if (answer.outcome === "kept" || answer.outcome === "already") await kept.drop(entry.turn);
      else await kept.put({ ...entry, clash: { says: answer.says, stands: answer.stands } });
    }
    return settled;
  };

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
        if (part.length === 1) await kept.put({ ...part[0], clash: { says: start.unread } });
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

  let busy = false;
  const flush = async () => {
    if (busy) return;
    busy = true;
    const why = await send().catch(() => "offline");
    if (why === "offline" && state.why !== "offline") state.since = Date.now();
    state.why = why;
    busy = false;
  };

  // Two deeds at once are kept one after the other: the second must find the first.
  let line = Promise.resolve();
  const inTurn = (work) => (line = line.then(work, work));
  const add = (deed) => kept.add({ base, account, name: fresh(), ...clock.stamp(), ...deed });
  const mark = (who, seen, wanted, minutes) => inTurn(async () => {
    const before = (await own()).filter((entry) => entry.who === who && entry.wanted && !entry.clash).at(-1);
    await add({ who, seen: before?.seen ?? seen(), after: before?.name, wanted, minutes });
  });
  return { state, own, flush, add, mark, inTurn };
};

// Keeps the page of the room and what it is made of, under the account's own name, so that it opens without a network.
const keepPage = async () => {
  if (!self.caches || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/hors-ligne.js", { scope: "/sessions/" });
  const rooms = await caches.open(document.documentElement.dataset.rooms);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  await rooms.addAll(parts);
  const answer = await fetch(location.pathname, { redirect: "manual" });
  if (!answer.ok) return;
  const headers = new Headers(answer.headers);
  headers.set("x-garde-le", String(Date.now()));
  await rooms.put(location.pathname, new Response(await answer.blob(), { headers }));
};

// Whoever is logged out, or may not see the room any more, keeps nothing of it; deeds that wait stay.
const forgetPage = async (why) => {
  const { rooms } = document.documentElement.dataset;
  if (why === "login") await self.caches?.delete(rooms);
  else await (await self.caches?.open(rooms))?.delete(location.pathname);
};

const room = async () => {
  const form = document.querySelector("form[data-room]");
  const source = document.getElementById("salle");
  if (!form || !source) return;
  // What is answered while the page is getting ready counts too.
  const early = [];
  const listen = (event) => early.push(event.target);
  form.addEventListener("change", listen);
  // Without a database on the device, the plain form does it.
  const kept = await openKept();
  const dialog = document.querySelector("[data-pad]");
  const start = { ...JSON.parse(source.textContent), unread: dialog.dataset.unread };
  const known = new Map(start.people.map((one) => [one.who, one]));
  const learn = (said) => {
    for (const one of said.people) known.set(one.who, one);
    const counted = document.querySelector("[data-counted]");
    if (counted && said.counted) counted.textContent = said.counted;
  };
  const queue = makeQueue(kept, start, learn);
  const row = (who) => form.querySelector(`li[data-who="${who}"]`);
  const minutesOf = (line) => line.querySelector("input[type=number]");
  // Answers that show already and are not given yet: by arrows one passes over others, and minutes may be missing.
  const asking = new Map();

  // Each answer is saved as it is given: the button is for those without script.
  for (const bar of form.querySelectorAll("[data-save]")) bar.hidden = true;

  // The half-day may begin while there is no network.
  const begin = () => {
    if (!form.hasAttribute("data-opens") || clock.now() < start.starts) return;
    form.removeAttribute("data-opens");
    for (const one of form.querySelectorAll("[disabled]")) one.disabled = false;
    for (const one of form.querySelectorAll("[data-not-begun]")) one.remove();
  };

  const tell = (all, left) => {
    const note = document.querySelector("[data-offline]");
    const { why, since } = queue.state;
    const count = left.length === 0 ? "" : (left.length === 1 ? note.dataset.one : note.dataset.many).replace("{n}", String(left.length));
    const reason = why === "offline" ? note.dataset.since.replace("{time}", told(since)) : why === "login" ? note.dataset.login : why ? note.dataset.away : "";
    const others = all.some((entry) => entry.account !== start.account) ? note.dataset.others : "";
    note.textContent = [reason, count, others].filter(Boolean).join(" ");
    note.hidden = note.textContent === "";
    // One's own other rooms send only what they keep themselves.
    const elsewhere = all.find((entry) => entry.account === start.account && entry.base !== start.base);
    const link = document.querySelector("[data-elsewhere]");
    link.hidden = !elsewhere;
    if (elsewhere) link.querySelector("a").href = elsewhere.base;
  };

  const showPerson = (who, one, left) => {
    const line = row(who);
    if (!line) return;
    const own = left.filter((entry) => entry.who === who);
    const mark = own.filter((entry) => entry.wanted).at(-1);
    const wanted = asking.get(who)?.wanted ?? mark?.wanted ?? one.presence.split("-")[0];
    let chosen = null;
    for (const radio of line.querySelectorAll("input[type=radio]")) if ((radio.checked = radio.value === wanted)) chosen = radio;
    const minutes = minutesOf(line);
    const isPartial = chosen?.dataset.partial !== undefined;
    if (!mark && !asking.has(who) && document.activeElement !== minutes) minutes.value = isPartial ? one.presence.split("-")[1] : "";
    const signed = own.some((entry) => !entry.wanted);
    const untold = asking.get(who)?.untold ?? false;
    const proof = line.querySelector("[data-proof]");
    proof.textContent = untold ? dialog.dataset.minutes : signed ? dialog.dataset.kept : one.proof;
    proof.classList.toggle("lacking", untold || (!signed && one.lacking));
    const sign = line.querySelector("[data-sign]");
    if (sign) sign.hidden = signed || !one.signs || (mark !== undefined && chosen?.dataset.absent !== undefined);
  };

  const show = async () => {
    const all = await kept.all();
    const waiting = await queue.own();
    const left = waiting.filter((entry) => !entry.clash);
    begin();
    tell(all, left);
    for (const [who, one] of known) showPerson(who, one, left);
    const clashes = document.querySelector("[data-clashes]");
    clashes.replaceChildren(...waiting.filter((entry) => entry.clash).map(clash));
    clashes.hidden = clashes.childElementCount === 0;
  };

  // The page that is kept tells of the room as it stood a few seconds ago.
  let shown = "";
  let renewal;
  const renew = () => {
    const stands = JSON.stringify([...known.values()]);
    if (stands === shown || queue.state.why) return;
    clearTimeout(renewal);
    renewal = setTimeout(() => keepPage().catch(() => {}), shown === "" ? 0 : 3000);
    shown = stands;
  };

  const flush = async () => {
    await queue.flush();
    const { why } = queue.state;
    if (why === "login" || why === "away") {
      shown = "";
      forgetPage(why).catch(() => {});
    }
    renew();
    await show();
  };
  // What was kept shows at once, and leaves when it can.
  const keep = async (work) => { await work; await show(); flush(); };

  // What could not be taken stays on the device until the trainer has decided.
  const clash = (entry) => {
    const line = document.createElement("p");
    const name = row(entry.who)?.querySelector("strong")?.textContent ?? "";
    const answer = entry.wanted ? (row(entry.who)?.querySelector(`input[value="${entry.wanted}"]`)?.nextElementSibling?.textContent ?? "") : "";
    line.append(`${name}${answer ? ` (${answer})` : ""} : ${entry.clash.says} `);
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = text;
      made.addEventListener("click", () => keep(queue.inTurn(act)));
      line.append(made, " ");
    };
    if (entry.clash.stands) {
      button(dialog.dataset.theirs, () => kept.drop(entry.turn));
      button(dialog.dataset.mine, async () => {
        const { turn, clash: before, after, ...again } = entry;
        await kept.drop(turn);
        await kept.add({ ...again, name: fresh(), seen: before.stands });
      });
    } else {
      button(dialog.dataset.drop, () => kept.drop(entry.turn));
    }
    return line;
  };

  // Gives the answer that a line shows. Minutes count when they were just typed.
  const give = (line, typed) => {
    const who = Number(line.dataset.who);
    clearTimeout(asking.get(who)?.timer);
    const radio = line.querySelector("input[type=radio]:checked");
    if (!radio) { asking.delete(who); return; }
    const isPartial = radio.dataset.partial !== undefined;
    const minutes = Number.parseInt(minutesOf(line).value, 10);
    const followed = isPartial && typed && minutes > 0 ? minutes : undefined;
    if (isPartial && followed === undefined && !clock.isKnown() && !isAsked) {
      // Whether it is over, the first answer of the server tells.
      asking.set(who, { wanted: radio.value });
      first.then(() => give(line, false));
      return;
    }
    if (isPartial && followed === undefined && clock.now() >= start.ends) {
      // Over: no clock tells the minutes any more, so the answer waits for them.
      asking.set(who, { wanted: radio.value, untold: true });
      if (!byArrow && !typed) minutesOf(line).focus();
      show();
      return;
    }
    const mine = { wanted: radio.value };
    asking.set(who, mine);
    const given = queue.mark(who, () => known.get(who).presence, radio.value, followed);
    keep(given.then(() => { if (asking.get(who) === mine) asking.delete(who); }));
  };

  let byArrow = false;
  let isAsked = false;
  form.addEventListener("keydown", (event) => { byArrow = event.key.startsWith("Arrow"); });
  form.addEventListener("pointerdown", () => { byArrow = false; });
  const answered = (field) => {
    const line = field.closest("li[data-who]");
    if (!line) return;
    const who = Number(line.dataset.who);
    if (field.type === "number") { give(line, true); return; }
    clearTimeout(asking.get(who)?.timer);
    minutesOf(line).value = "";
    if (byArrow) {
      asking.set(who, { wanted: field.value, timer: setTimeout(give, 1500, line, false) });
      return;
    }
    give(line, false);
  };
  const first = flush().then(() => { isAsked = true; });
  form.removeEventListener("change", listen);
  form.addEventListener("change", (event) => answered(event.target));
  for (const field of early) answered(field);
  // Who leaves the choice has chosen.
  form.addEventListener("focusout", (event) => {
    const line = event.target.closest("li[data-who]");
    const isLeft = event.target.type === "radio" && event.relatedTarget?.name !== event.target.name;
    if (line && isLeft && asking.get(Number(line.dataset.who))?.timer) give(line, false);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name !== "tous") return;
    keep(queue.inTurn(async () => {
      const waiting = await queue.own();
      for (const [who, one] of known) {
        const isOpen = one.presence.startsWith("expected") && !asking.has(who) && !waiting.some((entry) => entry.who === who && entry.wanted);
        if (isOpen) await queue.add({ who, seen: one.presence, wanted: "present" });
      }
    }));
  });

  const drawn = pad(dialog.querySelector("[data-draw]"), dialog.querySelector("[data-clear]"));
  const typed = dialog.querySelector("input");
  const mistake = dialog.querySelector("[data-mistake]");
  let signing = null;
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sign]");
    if (!link) return;
    event.preventDefault();
    signing = Number(link.closest("li").dataset.who);
    dialog.querySelector("h2").textContent = link.closest("li").querySelector("strong").textContent;
    drawn.wipe();
    typed.value = "";
    mistake.hidden = true;
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value !== "sign" || drawn.read() || typed.value.trim().length > 1) return;
    event.preventDefault();
    mistake.hidden = false;
    typed.focus();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "sign") keep(queue.inTurn(() => queue.add({ who: signing, typed: typed.value, drawn: drawn.read() })));
  });

  window.addEventListener("online", flush);
  window.addEventListener("offline", () => {
    if (queue.state.why !== "offline") Object.assign(queue.state, { why: "offline", since: Date.now() });
    show();
  });
  setInterval(() => { if (document.visibilityState === "visible") flush(); }, 3000);
};
room().catch(() => {});
