// Items of a list move without asking the server: by their handle, by Alt with an arrow key, and by their buttons.
"use strict";
{
const sheet = document.querySelector("form[data-keep]");
const itemOf = (target) => target.closest("ol[data-ordered] > li");

if (sheet) for (const list of sheet.querySelectorAll("ol[data-ordered]")) {
  for (const item of list.children) {
    const handle = item.querySelector(":scope > .pos");
    handle.classList.add("handle");
    handle.title = list.dataset.ordered;
    handle.addEventListener("pointerdown", (event) => drag(event, handle, item));
  }
}

sheet?.addEventListener("click", (event) => {
  const button = event.target.closest("button[value^='up:'], button[value^='down:']");
  const item = button && itemOf(button);
  if (!item) return;
  event.preventDefault();
  move(item, button.value.startsWith("up:") ? -1 : 1);
  (button.disabled ? item.querySelector(":scope > .tools button:not(:disabled)") : button).focus();
});

sheet?.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const item = event.altKey && step && itemOf(event.target);
  if (!item) return;
  event.preventDefault();
  const focused = document.activeElement;
  move(item, step);
  focused.focus();
});

function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(item); else other.after(item);
  moved(item);
}

function drag(event, handle, item) {
  if (event.button !== 0) return;
  event.preventDefault();
  const list = item.parentElement, before = [...list.children].indexOf(item);
  item.classList.add("dragged");
  handle.setPointerCapture(event.pointerId);
  const follow = ({ clientY }) => { // its place is before the first item whose middle is further down
    const others = [...list.children].filter((each) => each !== item);
    const next = others.find((each) => { const box = each.getBoundingClientRect(); return clientY < box.top + box.height / 2; });
    if (next !== (item.nextElementSibling ?? undefined)) list.insertBefore(item, next ?? null);
    if (clientY < 60) scrollBy(0, -12); else if (clientY > innerHeight - 120) scrollBy(0, 12);
  };
  const end = () => {
    handle.removeEventListener("pointermove", follow);
    item.classList.remove("dragged");
    if ([...list.children].indexOf(item) !== before) moved(item);
  };
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("lostpointercapture", end, { once: true });
}

function moved(item) { // the server reads the items as they stand in the form
  const list = item.parentElement, items = [...list.children];
  items.forEach((each, place) => {
    for (const number of each.querySelectorAll(":scope > .pos, :scope > .in > label > [data-place]")) number.textContent = place + 1;
    for (const part of each.querySelectorAll(":scope > [data-label], :scope > .tools > [data-label]")) {
      part.setAttribute("aria-label", part.dataset.label.replace("{n}", place + 1));
    }
    const [up, down] = ["up:", "down:"].map((verb) => each.querySelector(`:scope > .tools button[value^='${verb}']`));
    if (up) up.disabled = place === 0;
    if (down) down.disabled = place === items.length - 1;
  });
  const told = document.querySelector("[data-moved]");
  if (told) told.textContent = told.dataset.moved.replace("{n}", items.indexOf(item) + 1).replace("{all}", items.length);
  sheet.dispatchEvent(new Event("input", { bubbles: true }));
}
}
