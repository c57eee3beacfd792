// The room: each answer is kept on the device first, then sent; without a network it waits there. Signing pages
// draw with it too. Every page works without this file, while there is a network.
"use strict";

// A signature drawn with a finger, a pen or a mouse: the path stands in the page, and in a field.
const pad = (svg, clear) => {
  const path = svg.querySelector("path");
  let drawing = false;
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 600;
    const y = ((event.clientY - box.top) / box.height) * 200;
    return `${Math.min(600, Math.max(0, x)).toFixed(0)} ${Math.min(200, Math.max(0, y)).toFixed(0)}`;
  };
  const add = (text) => {
    const whole = path.getAttribute("d") + text;
    if (whole.length < 16000) path.setAttribute("d", whole);
    svg.dispatchEvent(new Event("drawn", { bubbles: true }));
  };
  svg.addEventListener("pointerdown", (event) => {
    drawing = true;
    svg.setPointerCapture(event.pointerId);
    add(`M${point(event)}`);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => { if (drawing) add(`L${point(event)}`); });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { drawing = false; });
  const wipe = () => { path.setAttribute("d", ""); svg.dispatchEvent(new Event("drawn", { bubbles: true })); };
  clear?.addEventListener("click", wipe);
  return { read: () => path.getAttribute("d"), wipe };
};

for (const form of document.querySelectorAll("form[data-signing]")) {
  const drawn = pad(form.querySelector("[data-draw]"), form.querySelector("[data-clear]"));
  form.addEventListener("drawn", () => { form.elements.dessin.value = drawn.read(); });
}

// What waits on the device, in a database of the browser.
const kept = (() => {
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("parcours-salle", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("envois", { keyPath: "turn", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const run = async (mode, work) => {
    const base = await opened;
    return new Promise((done, failed) => {
      const deal = base.transaction("envois", mode, { durability: "strict" });
      const asked = work(deal.objectStore("envois"));
      deal.oncomplete = () => done(asked.result);
      deal.onerror = deal.onabort = () => failed(deal.error);
    });
  };
  return {
    add: (entry) => run("readwrite", (store) => store.add(entry)),
    put: (entry) => run("readwrite", (store) => store.put(entry)),
    drop: (turn) => run("readwrite", (store) => store.delete(turn)),
    all: async (base) => (await run("readonly", (store) => store.getAll())).filter((entry) => entry.base === base),
  };
})();

const fresh = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

const room = () => {
  const form = document.querySelector("form[data-room]");
  const start = document.getElementById("salle");
  if (!form || !start) return;
  const { base, people } = JSON.parse(start.textContent);
  const known = new Map(people.map((one) => [one.who, one]));
  const row = (who) => form.querySelector(`li[data-who="${who}"]`);
  const note = document.querySelector("[data-offline]");
  const clashes = document.querySelector("[data-clashes]");
  const dialog = document.querySelector("[data-pad]");
  let offline = null;
  let loggedOut = false;
  let busy = false;
  // By how much the clock of the device is wrong, as the server last told.
  let drift = Number(localStorage.getItem("parcours-decalage") ?? 0);
  const now = () => Date.now() + drift;

  // Each answer is saved as it is given: the button is for those without script.
  for (const bar of form.querySelectorAll("[data-save]")) bar.hidden = true;

  const show = async () => {
    const waiting = await kept.all(base);
    const left = waiting.filter((entry) => !entry.clash);
    note.hidden = offline === null && !loggedOut && left.length === 0;
    const count = left.length === 0 ? "" : (left.length === 1 ? note.dataset.one : note.dataset.many).replace("{n}", String(left.length));
    const why = loggedOut ? note.dataset.login : offline === null ? "" : note.dataset.since.replace("{time}", offline);
    note.textContent = [why, count].filter(Boolean).join(" ");
    for (const [who, one] of known) {
      const line = row(who);
      if (!line) continue;
      const own = left.filter((entry) => entry.who === who);
      const mark = own.filter((entry) => entry.wanted).at(-1);
      const wanted = mark ? mark.wanted : one.presence.split("-")[0];
      for (const radio of line.querySelectorAll("input[type=radio]")) radio.checked = radio.value === wanted;
      const minutes = line.querySelector("input[type=number]");
      const told = one.presence.split("-")[1];
      if (!mark && document.activeElement !== minutes) minutes.value = /late|left_early/.test(wanted) ? told : "";
      const proof = line.querySelector("[data-proof]");
      const signed = own.some((entry) => !entry.wanted);
      proof.textContent = signed ? dialog.dataset.kept : one.proof;
      proof.classList.toggle("lacking", !signed && one.lacking);
      const sign = line.querySelector("[data-sign]");
      if (sign) sign.hidden = signed || one.signed;
    }
    clashes.replaceChildren(...waiting.filter((entry) => entry.clash).map(clash));
    clashes.hidden = clashes.childElementCount === 0;
  };

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
      made.addEventListener("click", async () => { await act(); await show(); flush(); });
      line.append(made, " ");
    };
    if (entry.clash.stands) {
      button(dialog.dataset.theirs, () => kept.drop(entry.turn));
      button(dialog.dataset.mine, async () => {
        await kept.drop(entry.turn);
        const { turn, clash: before, after, ...again } = entry;
        await kept.add({ ...again, name: fresh(), seen: before.stands });
      });
    } else {
      button(dialog.dataset.drop, () => kept.drop(entry.turn));
    }
    return line;
  };

  const learn = (told) => {
    for (const one of told.people) known.set(one.who, one);
    const counted = document.querySelector("[data-counted]");
    if (counted && told.counted) counted.textContent = told.counted;
  };

  const ask = async (path, options) => {
    const answer = await fetch(base + path, { redirect: "manual", ...options });
    loggedOut = answer.type === "opaqueredirect" || answer.status === 404;
    if (!answer.ok) throw new Error(String(answer.status));
    offline = null;
    const told = await answer.json();
    drift = told.now - Date.now();
    localStorage.setItem("parcours-decalage", String(drift));
    return told;
  };

  const flush = async () => {
    if (busy) return;
    busy = true;
    try {
      for (;;) {
        const waiting = (await kept.all(base)).filter((entry) => !entry.clash);
        const part = waiting.slice(0, 100);
        const body = JSON.stringify(part.map(({ turn, base: at, clash: none, ...entry }) => entry));
        const told = part.length === 0 ? await ask("/etat") : await ask("/envois", { method: "POST", headers: { "content-type": "application/json" }, body });
        learn(told);
        let later = 0;
        for (const answer of told.answers) {
          const entry = part.find((one) => one.name === answer.name);
          if (!entry) continue;
          if (answer.outcome === "kept" || answer.outcome === "already") await kept.drop(entry.turn);
          else if (answer.outcome === "later") later += 1;
          else await kept.put({ ...entry, clash: { says: answer.says, stands: answer.stands } });
        }
        if (part.length === later || part.length === 0) break;
      }
    } catch {
      if (!loggedOut) offline ??= clock();
    } finally {
      busy = false;
      await show();
    }
  };

  const put = async (entry) => {
    await first;
    await kept.add({ base, name: fresh(), at: now(), ...entry });
    await show();
    flush();
  };

  const answer = async (who, wanted, minutes) => {
    const before = (await kept.all(base)).filter((entry) => entry.who === who && entry.wanted && !entry.clash).at(-1);
    await put({ who, seen: before?.seen ?? known.get(who).presence, after: before?.name, wanted, minutes });
  };

  form.addEventListener("change", (event) => {
    const line = event.target.closest("li[data-who]");
    if (!line) return;
    const wanted = line.querySelector("input[type=radio]:checked")?.value;
    const minutes = Number.parseInt(line.querySelector("input[type=number]").value, 10);
    if (wanted) answer(Number(line.dataset.who), wanted, event.target.type === "number" && minutes > 0 ? minutes : undefined);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.submitter?.name !== "tous") return;
    await first;
    const waiting = await kept.all(base);
    for (const [who, one] of known) {
      const open = one.presence.startsWith("expected") && !waiting.some((entry) => entry.who === who && entry.wanted);
      if (open) await kept.add({ base, name: fresh(), at: now(), who, seen: one.presence, wanted: "present" });
    }
    await show();
    flush();
  });

  const drawn = pad(dialog.querySelector("[data-draw]"), dialog.querySelector("[data-clear]"));
  const typed = dialog.querySelector("input");
  let signing = null;
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sign]");
    if (!link) return;
    event.preventDefault();
    signing = Number(link.closest("li").dataset.who);
    dialog.querySelector("h2").textContent = link.closest("li").querySelector("strong").textContent;
    drawn.wipe();
    typed.value = "";
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    const entry = { who: signing, typed: typed.value, drawn: drawn.read() };
    if (dialog.returnValue === "sign" && (entry.typed.trim().length > 1 || entry.drawn.split("L").length > 5)) put(entry);
  });

  window.addEventListener("online", flush);
  window.addEventListener("offline", () => { offline ??= clock(); show(); });
  setInterval(() => { if (document.visibilityState === "visible") flush(); }, 3000);
  const first = flush();
  navigator.serviceWorker?.register("/hors-ligne.js", { scope: "/sessions/" }).catch(() => {});
};
room();
