// Draws signatures, on signing pages and in the room. Without it one types one's name.
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
    if (whole.length <= Number(svg.dataset.most)) path.setAttribute("d", whole);
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
  // A touch by chance is no drawing.
  const read = () => (path.getAttribute("d").split("L").length > Number(svg.dataset.least) ? path.getAttribute("d") : "");
  return { read, wipe };
};

for (const form of document.querySelectorAll("form[data-signing]")) {
  const drawn = pad(form.querySelector("[data-draw]"), form.querySelector("[data-clear]"));
  form.addEventListener("drawn", () => { form.elements.dessin.value = drawn.read(); });
}
