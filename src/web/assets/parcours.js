// Small helps. Every page works without this file: it only reveals, counts, copies and warns.
// All words come from the page (data-… attributes), so that both languages stay in the templates.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const say = (node, base, n) => {
  const words = n === 0 ? node.dataset[`${base}None`] : n === 1 ? node.dataset[`${base}One`] : node.dataset[`${base}Many`];
  if (words !== undefined) node.textContent = words.replace("{n}", String(n));
};

// What only makes sense with script is written hidden.
for (const node of all("[data-js]")) node.hidden = false;

// The error summary takes the focus, so that it is read first.
document.querySelector(".errors")?.focus();

// The menu closes on Escape, and when one goes elsewhere.
for (const menu of all("details.who")) {
  const close = (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; };
  document.addEventListener("click", close);
  document.addEventListener("focusin", close);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A long list of people: filter as one types, choose all that show, count in words.
for (const form of all("form:has(.pick)")) {
  const pick = form.querySelector(".pick");
  const boxes = all("input[type=checkbox]", pick).filter((box) => !box.disabled);
  const rows = all("li", pick);
  const seats = Number(pick.dataset.seats ?? Infinity);
  const filter = pick.querySelector("[data-filter]");
  const every = pick.querySelector("[data-every]");
  const showing = () => boxes.filter((box) => !box.closest("li").hidden);
  const count = () => {
    const n = boxes.filter((box) => box.checked).length;
    for (const node of all("[data-count-many]", form)) say(node, "count", n);
    for (const node of all("[data-over-many]", form)) {
      const over = Math.max(0, n - seats);
      node.hidden = over === 0;
      say(node, "over", over);
    }
    for (const meter of all("meter[data-taken]", form)) meter.value = Math.min(meter.max, Number(meter.dataset.taken) + n);
    if (every) {
      const shown = showing();
      const full = shown.length > 0 && shown.every((box) => box.checked);
      every.textContent = full ? every.dataset.none : every.dataset.every;
      every.dataset.full = full ? "1" : "";
    }
  };
  filter?.addEventListener("input", () => {
    const words = fold(filter.value).split(/\s+/).filter(Boolean);
    // A chosen person never disappears from view: one must see whom one enrols.
    for (const row of rows) {
      const text = fold(row.textContent);
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
    const none = pick.querySelector("[data-nobody]");
    if (none) none.hidden = rows.some((row) => !row.hidden);
    count();
  });
  // Enter in the filter must not send the form.
  filter?.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  every?.addEventListener("click", () => {
    const on = every.dataset.full !== "1";
    for (const box of showing()) box.checked = on;
    form.dispatchEvent(new Event("input"));
    count();
  });
  pick.addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
}

// A half-filled form asks before it is left.
for (const form of all("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", (event) => { if (!event.target.matches?.("[data-filter]")) changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// One press, one sending. The button wakes up again if the page stays (a download, the back button).
for (const form of all("form[method=post]:not([data-room])")) {
  let sent = false;
  const wake = () => { sent = false; for (const node of all("[aria-busy]", form)) node.removeAttribute("aria-busy"); };
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(wake, 8000);
  });
  window.addEventListener("pageshow", wake);
}

// Copy a link or a code: <button data-copy="…" data-done="Lien copié" hidden data-js>
for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) { button.hidden = true; continue; }
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch { return; }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 3000);
  });
}

// Print buttons exist only where script can print.
for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());

// Rooms are kept on the device for the account that is logged in: those of another, or of nobody, go. Pages by a
// personal link, and those that say that the server failed, do not tell who is logged in.
const ours = document.documentElement.dataset.rooms;
if (ours !== undefined) {
  self.caches?.keys().then((names) => names.filter((name) => name !== ours).forEach((name) => caches.delete(name))).catch(() => {});
}
