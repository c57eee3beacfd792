// The room: each answer is kept on the device first, then sent (envois.js); without a network it waits there. It works
// without this file, while there is a network. The page has signature.js too.
"use strict";

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

// A time of day on the clocks of the session, as the pages write it: « 14 h 05 », or 14:05.
const told = (millis, zone) => {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).formatToParts(millis);
  const { hour, minute } = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  if (document.documentElement.lang !== "fr") return `${hour}:${minute}`;
  return minute === "00" ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`;
};

const row = (hall, who) => hall.form.querySelector(`li[data-who="${who}"]`);
const minutesOf = (line) => line.querySelector("input[type=number]");

// --- What shows

// The half-day may begin while there is no network.
const begin = ({ form, start }) => {
  if (!form.hasAttribute("data-opens") || clock.now() < start.starts) return;
  form.removeAttribute("data-opens");
  for (const one of form.querySelectorAll("[disabled]")) one.disabled = false;
  for (const one of form.querySelectorAll("[data-not-begun]")) one.remove();
};

// Whether there is a network, and what waits for it.
const tell = ({ queue, start, needs }, everything, left) => {
  const note = document.querySelector("[data-offline]");
  const { why, since } = queue.state;
  const count = left.length === 0 ? "" : (left.length === 1 ? note.dataset.one : note.dataset.many).replace("{n}", String(left.length));
  const reason = why === "offline" ? note.dataset.since.replace("{time}", told(since, start.zone)) : why === "login" ? note.dataset.login : why ? note.dataset.away : "";
  const others = everything.some((entry) => entry.account !== start.account) ? note.dataset.others : "";
  note.textContent = [reason, count, others].filter(Boolean).join(" ");
  note.hidden = note.textContent === "";
  if (why !== "offline") needs.remove();
  // One's own other rooms send only what they keep themselves.
  const elsewhere = everything.find((entry) => entry.account === start.account && entry.base !== start.base);
  const link = document.querySelector("[data-elsewhere]");
  link.hidden = !elsewhere;
  if (elsewhere) link.querySelector("a").href = elsewhere.base;
};

const choose = (line, wanted) => {
  let chosen = null;
  for (const radio of line.querySelectorAll("input[type=radio]")) if ((radio.checked = radio.value === wanted)) chosen = radio;
  return chosen;
};

const showProof = ({ says }, line, one, { isUntold, hasSigned, isOwn }) => {
  const proof = line.querySelector("[data-proof]");
  proof.textContent = isUntold ? says.minutes : hasSigned ? says.kept : one.proof;
  proof.classList.toggle("lacking", isUntold || (!hasSigned && one.lacking));
  // Whoever noted what stands did not note what waits here.
  const noted = line.querySelector("[data-noted]");
  noted.textContent = isOwn ? "" : one.noted;
  noted.hidden = noted.textContent === "";
};

const showWays = ({ start }, line, one, { hasSigned, isAbsent }) => {
  const [sign, withdraw] = [line.querySelector("[data-sign]"), line.querySelector("[data-withdraw]")];
  const isOpen = clock.now() >= start.signs_from && clock.now() <= start.signs_until;
  if (sign) sign.hidden = hasSigned || one.proven || isAbsent || !isOpen;
  if (withdraw) withdraw.hidden = !one.signed;
};

const showPerson = (hall, one, left) => {
  const line = row(hall, one.who);
  if (!line) return;
  const own = left.filter((entry) => entry.who === one.who);
  const mark = own.filter((entry) => entry.wanted).at(-1);
  const asked = hall.asking.get(one.who);
  const chosen = choose(line, asked?.wanted ?? mark?.wanted ?? one.presence.split("-")[0]);
  const minutes = minutesOf(line);
  const isOwn = mark !== undefined || asked !== undefined;
  const isPartial = chosen?.dataset.partial !== undefined;
  if (!isOwn && document.activeElement !== minutes) minutes.value = isPartial ? one.presence.split("-")[1] : "";
  const hasSigned = own.some((entry) => !entry.wanted);
  showProof(hall, line, one, { isUntold: asked?.untold ?? false, hasSigned, isOwn });
  showWays(hall, line, one, { hasSigned, isAbsent: chosen?.dataset.absent !== undefined });
};

const show = async (hall) => {
  const everything = await hall.kept.all();
  const waiting = await hall.queue.own();
  const left = waiting.filter((entry) => !entry.clash);
  begin(hall);
  tell(hall, everything, left);
  for (const one of hall.known.values()) showPerson(hall, one, left);
  const clashes = document.querySelector("[data-clashes]");
  clashes.replaceChildren(...waiting.filter((entry) => entry.clash).map((entry) => showClash(hall, entry)));
  clashes.hidden = clashes.childElementCount === 0;
};

// What could not be taken stays on the device until the trainer has decided.
const showClash = (hall, entry) => {
  const { kept, says } = hall;
  const line = document.createElement("p");
  const name = row(hall, entry.who)?.querySelector("strong")?.textContent ?? "";
  const answer = entry.wanted ? (row(hall, entry.who)?.querySelector(`input[value="${entry.wanted}"]`)?.nextElementSibling?.textContent ?? "") : "";
  line.append(`${name}${answer ? ` (${answer})` : ""} : ${entry.clash.says} `);
  const button = (text, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "button", textContent: text });
    made.addEventListener("click", () => keep(hall, hall.queue.inTurn(act)));
    line.append(made, " ");
  };
  const drop = () => kept.drop(entry.turn);
  const insist = async () => {
    const { turn, clash, after, ...again } = entry;
    await kept.drop(turn);
    await kept.add({ ...again, name: fresh(), seen: clash.stands });
  };
  if (entry.clash.stands) {
    button(says.theirs, drop);
    button(says.mine, insist);
  } else {
    button(says.drop, drop);
  }
  return line;
};

// --- What leaves

// The page that is kept tells of the room as it stood a few seconds ago.
const renew = (hall) => {
  const stands = JSON.stringify([...hall.known.values()]);
  if (stands === hall.renewed || hall.queue.state.why) return;
  clearTimeout(hall.renewal);
  hall.renewal = setTimeout(() => keepPage().catch(() => {}), hall.renewed === "" ? 0 : 3000);
  hall.renewed = stands;
};

const flush = async (hall) => {
  await hall.queue.flush();
  const { why } = hall.queue.state;
  if (why === "login" || why === "away") {
    hall.renewed = "";
    forgetPage(why).catch(() => {});
  }
  renew(hall);
  await show(hall);
};

// What was kept shows at once, and leaves when it can.
const keep = async (hall, work) => {
  await work;
  await show(hall);
  flush(hall);
};

// --- What is answered

// The minutes in a line: none, as many as somebody may have followed in part, or NaN.
const readMinutes = ({ start }, line) => {
  const field = minutesOf(line);
  if (field.value === "" && !field.validity.badInput) return undefined;
  const minutes = field.valueAsNumber;
  return Number.isInteger(minutes) && minutes > 0 && minutes < start.minutes ? minutes : NaN;
};

const askMinutes = (hall, line, wanted, isTyped) => {
  hall.asking.set(Number(line.dataset.who), { wanted, untold: true });
  if (!hall.byArrow && !isTyped) minutesOf(line).focus();
  show(hall);
};

// Gives the answer that a line shows. Minutes count when they were just typed.
const give = (hall, line, isTyped) => {
  const { asking, queue, start } = hall;
  const who = Number(line.dataset.who);
  clearTimeout(asking.get(who)?.timer);
  const radio = line.querySelector("input[type=radio]:checked");
  if (!radio) { asking.delete(who); return; }
  const wanted = radio.value;
  const isPartial = radio.dataset.partial !== undefined;
  const minutes = isPartial && isTyped ? readMinutes(hall, line) : undefined;
  if (isPartial && minutes === undefined && !clock.isKnown() && !hall.isAsked) {
    // Whether it is over, the first answer of the server tells.
    asking.set(who, { wanted });
    hall.first.then(() => give(hall, line, false));
    return;
  }
  // Once it is over no clock tells the minutes any more: the answer waits for them.
  const isUntold = isPartial && minutes === undefined && clock.now() >= start.ends;
  if (isUntold || Number.isNaN(minutes)) { askMinutes(hall, line, wanted, isTyped); return; }
  const mine = { wanted };
  asking.set(who, mine);
  const given = queue.mark(who, () => hall.known.get(who).presence, wanted, minutes);
  keep(hall, given.then(() => { if (asking.get(who) === mine) asking.delete(who); }));
};

const answered = (hall, field) => {
  const line = field.closest("li[data-who]");
  if (!line) return;
  if (field.type === "number") { give(hall, line, true); return; }
  const who = Number(line.dataset.who);
  clearTimeout(hall.asking.get(who)?.timer);
  minutesOf(line).value = "";
  // By arrows one passes over answers that one does not mean.
  if (hall.byArrow) hall.asking.set(who, { wanted: field.value, timer: setTimeout(give, 1500, hall, line, false) });
  else give(hall, line, false);
};

const listenToAnswers = (hall) => {
  const { form, asking } = hall;
  // Each answer is saved as it is given: the button is for those without script, and so are the browser's own sentences.
  for (const bar of form.querySelectorAll("[data-save]")) bar.hidden = true;
  form.noValidate = true;
  form.addEventListener("keydown", (event) => { hall.byArrow = event.key.startsWith("Arrow"); });
  form.addEventListener("pointerdown", () => { hall.byArrow = false; });
  form.addEventListener("change", (event) => answered(hall, event.target));
  // Who leaves the choice has chosen.
  form.addEventListener("focusout", (event) => {
    const line = event.target.closest("li[data-who]");
    const isLeft = event.target.type === "radio" && event.relatedTarget?.name !== event.target.name;
    if (line && isLeft && asking.get(Number(line.dataset.who))?.timer) give(hall, line, false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "tous") keep(hall, hall.queue.inTurn(() => everyonePresent(hall)));
  });
};

const everyonePresent = async ({ queue, known, asking }) => {
  const waiting = await queue.own();
  for (const [who, one] of known) {
    const isOpen = one.presence.startsWith("expected") && !asking.has(who) && !waiting.some((entry) => entry.who === who && entry.wanted);
    if (isOpen) await queue.add({ who, seen: one.presence, wanted: "present" });
  }
};

// --- What is signed

const listenToSignatures = (hall) => {
  const { form, dialog, queue } = hall;
  const drawn = pad(dialog.querySelector("[data-draw]"), dialog.querySelector("[data-clear]"));
  const typed = dialog.querySelector("input");
  const mistake = dialog.querySelector("[data-mistake]");
  let signing = null;
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sign]");
    if (!link) return;
    event.preventDefault();
    const line = link.closest("li");
    signing = Number(line.dataset.who);
    dialog.querySelector("h2").textContent = line.querySelector("strong").textContent;
    drawn.wipe();
    typed.value = "";
    mistake.hidden = true;
    dialog.returnValue = "";
    dialog.showModal();
  });
  for (const sign of ["input", "drawn"]) dialog.addEventListener(sign, () => { mistake.hidden = true; });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value !== "sign" || drawn.read() || typed.value.trim().length > 1) return;
    event.preventDefault();
    mistake.hidden = false;
    typed.focus();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "sign") keep(hall, queue.inTurn(() => queue.add({ who: signing, typed: typed.value, drawn: drawn.read() })));
  });
};

// --- What needs the network

const listenToNetwork = (hall) => {
  const { queue, needs, says } = hall;
  window.addEventListener("online", () => flush(hall));
  window.addEventListener("offline", () => { queue.isCut(); show(hall); });
  setInterval(() => { if (document.visibilityState === "visible") flush(hall); }, 3000);

  // A link or a button that leads elsewhere says so while it leads nowhere.
  const explain = (where) => {
    needs.textContent = "";
    where.after(needs);
    needs.textContent = says.network;
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const isElsewhere = link && link.origin === location.origin && link.pathname !== location.pathname;
    if (!isElsewhere || event.defaultPrevented || queue.state.why !== "offline") return;
    event.preventDefault();
    // Another room may be kept too.
    const isKept = await self.caches?.match(link.pathname, { ignoreVary: true });
    if (isKept) location.assign(link.href);
    else explain(link);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog" || queue.state.why !== "offline") return;
    event.preventDefault();
    explain(event.submitter ?? event.target);
  });
};

const openRoom = async () => {
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
  const says = dialog.dataset;
  const start = { ...JSON.parse(source.textContent), unread: says.unread };
  const known = new Map(start.people.map((one) => [one.who, one]));
  const learn = (said) => {
    for (const one of said.people) known.set(one.who, one);
    document.querySelector("[data-counted]").textContent = said.counted;
  };
  const needs = Object.assign(document.createElement("small"), { className: "mistake", role: "alert" });
  // `asking` has answers that show already and are not given yet: others are passed over by arrows, or minutes are missing.
  const hall = { form, dialog, says, start, kept, known, needs, asking: new Map(), queue: makeQueue(kept, start, learn), renewed: "", byArrow: false, isAsked: false };
  hall.first = flush(hall).then(() => { hall.isAsked = true; });
  form.removeEventListener("change", listen);
  listenToAnswers(hall);
  for (const field of early) answered(hall, field);
  listenToSignatures(hall);
  listenToNetwork(hall);
};
openRoom().catch(() => {});
