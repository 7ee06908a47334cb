// The admin works without this file; with it, it is quicker: shortcuts, dialogs, and typing that is never lost.
"use strict";
document.documentElement.classList.add("has-script");

const dialog = (name) => document.getElementById(name);
const headers = { "X-Careergraph-Admin": "part" };
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) openDialog(opener.dataset.open);
  if (event.target instanceof HTMLDialogElement) event.target.close(); // beside it
});

function openDialog(name) {
  const shown = dialog(name);
  if (shown && !shown.open) shown.showModal();
}

let first = "";
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "k") { event.preventDefault(); openDialog("find"); return; }
  if (command && event.key.toLowerCase() === "s") {
    const save = document.querySelector("[data-save]");
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (command || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const go = first === "g" ? document.querySelector(`[data-go="${CSS.escape(key)}"]`) : null;
  first = key;
  if (go) { go.click(); return; }
  if (key === "?") openDialog("shortcuts");
  else if (key === "/") focusOn("[data-search]", event);
  else if (key === "n") document.querySelector("[data-new]")?.click();
  else if (key === "j" || key === "k") move(key === "j" ? 1 : -1, event);
});

function focusOn(selector, event) {
  const target = document.querySelector(selector);
  if (target) { event.preventDefault(); target.focus(); target.select?.(); }
}

function move(step, event) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const place = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, place < 0 ? 0 : place + step))].focus();
  event.preventDefault();
}

for (const zone of document.querySelectorAll("[data-zone]")) { // as the clocks here, until somebody chooses
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
}
