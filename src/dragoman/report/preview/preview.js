// Filters, columns and keys. Without this script the page shows everything, and nothing is lost.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const toolbar = document.querySelector(".toolbar");
const help = document.querySelector(".help");
const sentences = all(".sentence");
const filters = all("[data-filter]");
const columns = all("[data-column]");
const changes = document.querySelector("[data-changes]");
const pressed = (button) => button.getAttribute("aria-pressed") === "true";
const press = (button, on) => button.setAttribute("aria-pressed", String(on));
const tags = (cell) => cell.dataset.tags.split(" ");

/** The cells of a sentence in the languages that are shown. */
const cells = (sentence) => all(".cell", sentence).filter((cell) => !cell.hidden);

function update() {
  const hidden = new Set(columns.filter((button) => !pressed(button)).map((button) => button.dataset.column));
  for (const element of all("[data-language]")) element.hidden = hidden.has(element.dataset.language);

  const wanted = filters.filter(pressed).map((button) => button.dataset.filter);
  for (const sentence of sentences) {
    const has = new Set(cells(sentence).flatMap(tags));
    sentence.hidden = wanted.length > 0 && !wanted.some((tag) => has.has(tag));
  }
  for (const part of all(".sentences tbody, .article")) part.hidden = all(".sentence", part).every((sentence) => sentence.hidden);

  const shown = sentences.filter((sentence) => !sentence.hidden).length;
  document.querySelector(".shown").textContent =
    shown === sentences.length ? `${shown} sentences` : `${shown} of ${sentences.length} sentences`;
  for (const button of filters) {
    const having = sentences.filter((sentence) => cells(sentence).some((cell) => tags(cell).includes(button.dataset.filter)));
    button.querySelector(".count").textContent = having.length;
  }
}

function showChanges(on) {
  press(changes, on);
  for (const details of all(".changes")) details.open = on;
}

function toggle(button) {
  if (button) {
    press(button, !pressed(button));
    update();
  }
}

/** Focus the sentence before or after the one that has the focus, of those that are shown and `has` likes. */
function step(direction, has = () => true) {
  const current = document.activeElement.closest(".sentence");
  const here = current ? sentences.indexOf(current) : direction > 0 ? -1 : sentences.length;
  const ahead = direction > 0 ? sentences.slice(here + 1) : sentences.slice(0, here).reverse();
  const next = ahead.find((sentence) => !sentence.hidden && has(sentence));
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }
}

const hasFinding = (sentence) => cells(sentence).some((cell) => tags(cell).includes("finding"));

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, hasFinding),
  p: () => step(-1, hasFinding),
  0: () => {
    filters.forEach((button) => press(button, false));
    update();
  },
  1: () => toggle(filters[0]),
  2: () => toggle(filters[1]),
  3: () => toggle(filters[2]),
  4: () => toggle(filters[3]),
  c: () => showChanges(!pressed(changes)),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest("input, textarea, select");
  if (busy || !(event.key in keys) || !document.querySelector("[data-keys]").checked) return;
  event.preventDefault();
  keys[event.key]();
});
for (const button of [...filters, ...columns]) button.addEventListener("click", () => toggle(button));
changes.addEventListener("click", () => showChanges(!pressed(changes)));
document.querySelector("[data-help]").addEventListener("click", () => help.showModal());

changes.hidden = all(".changes").length === 0;
columns.forEach((button) => { button.hidden = columns.length < 2; });
toolbar.hidden = false;
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--top", `${toolbar.offsetHeight}px`);
}).observe(toolbar);
update();
