// How a person finds things: by what is written on them. Each script of the driver begins with these functions.

const tidy = (text) => (text ?? "").replace(/\s+/g, " ").replace(/'/g, "’").trim();

const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

const labelText = (label) => {
  const copy = label.cloneNode(true);
  copy.querySelectorAll("select, textarea, input").forEach((control) => control.remove());
  return tidy(copy.textContent);
};

// The accessible name, as far as pages of forms, links and tables need it.
const nameOf = (element) => {
  const by = element.getAttribute("aria-labelledby");
  if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  if (element.ariaLabel) return tidy(element.ariaLabel);
  if (element.labels?.length) return tidy([...element.labels].map(labelText).join(" "));
  if (element.matches("input")) return tidy(element.value || element.alt || element.title);
  if (element.matches("select, textarea")) return tidy(element.title);
  const pictures = [...element.querySelectorAll("img[alt], [aria-label], svg title")]
    .map((picture) => picture.alt ?? picture.ariaLabel ?? picture.textContent);
  return tidy(element.innerText) || tidy(pictures.join(" ")) || tidy(element.title);
};

const KINDS = {
  press: "a[href], button, summary, input[type=submit], input[type=button], input[type=reset], input[type=image],"
    + " [role=button], [role=link], [role=tab], [role=menuitem], [role=switch]",
  write: "input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=checkbox], [type=radio]),"
    + " textarea, [contenteditable=true]",
  select: "select",
  mark: "input[type=checkbox], input[type=radio], [role=checkbox], [role=radio], [role=switch]",
  file: "input[type=file]",
};

// The smallest part of the page that contains the text: a row, a card, a group of fields, a section.
const partWith = (text) => {
  const parts = "tr, li, article, fieldset, section, details, form, dialog, nav, header, main, [role=row], [role=group]";
  const found = [...document.querySelectorAll(parts)].filter((part) => shown(part) && tidy(part.innerText).includes(tidy(text)));
  return found.sort((one, other) => one.innerText.length - other.innerText.length)[0];
};

// What bears the name, best first: exactly, then as its beginning, then anywhere. An element, or a sentence why not.
const find = (kind, name, near) => {
  const part = near === null ? document : partWith(near);
  if (!part) return `no part of the page says « ${near} »`;
  // A field may be hidden behind its own drawing; its label is then what one sees.
  const visible = (element) => shown(element) || [...(element.labels ?? [])].some(shown);
  const all = [...part.querySelectorAll(KINDS[kind])].filter(visible);
  const wanted = tidy(name);
  const named = all.map((element) => [element, nameOf(element)]);
  for (const fits of [(own) => own === wanted, (own) => own.startsWith(wanted), (own) => own.includes(wanted)]) {
    const found = named.filter(([, own]) => fits(own)).map(([element]) => element);
    const places = new Set(found.map((element) => element.href || element));
    if (places.size > 1) return `${places.size} things bear the name « ${name} »: say within which part`;
    if (found.length) return found[0];
  }
  const heard = named.map(([, own]) => `« ${own} »`).slice(0, 40).join(", ");
  return `nothing bears the name « ${name} »; there is ${heard || "nothing of the kind"}`;
};

// The radio button under a legend.
const findRadio = (legend, option, near) => {
  const part = near === null ? document : partWith(near);
  const groups = [...(part ?? document).querySelectorAll("fieldset, [role=radiogroup]")].filter((group) =>
    (tidy(group.querySelector("legend")?.innerText) || nameOf(group)).startsWith(tidy(legend)));
  const radios = groups.flatMap((group) => [...group.querySelectorAll("input[type=radio], [role=radio]")]);
  const named = radios.map((radio) => [radio, nameOf(radio)]);
  const found = named.find(([, own]) => own === tidy(option)) ?? named.find(([, own]) => own.startsWith(tidy(option)));
  return found?.[0] ?? `no list and no group of choices « ${legend} » has « ${option} »`;
};

const findOption = (list, option) => {
  const named = [...list.options].map((one) => [one, tidy(one.label || one.textContent)]);
  const found = named.find(([, own]) => own === tidy(option)) ?? named.find(([, own]) => own.startsWith(tidy(option)));
  return found?.[0] ?? `no option « ${option} »; there is ${named.map(([, own]) => `« ${own} »`).join(", ")}`;
};

// What can be clicked for a field: itself, or its label where it is hidden behind a drawing.
const handle = (element) => (shown(element) ? element : [...(element.labels ?? [])].find(shown) ?? element);

const pageText = () => tidy(document.body?.innerText);
