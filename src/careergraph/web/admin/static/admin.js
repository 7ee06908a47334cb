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

// Single keys can be switched off: who speaks to a computer, or misses keys, presses them without meaning it.
const OFF = "careergraph-admin-keys:off", single = document.querySelector("[data-keys]") ?? { checked: false };
try { single.checked &&= localStorage.getItem(OFF) === null; } catch { /* this browser keeps nothing */ }
document.addEventListener("change", ({ target }) => {
  if (target !== single) return;
  try { if (single.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* for this page alone */ }
});

let first = "";
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "k") { event.preventDefault(); openDialog("find"); return; }
  if (command && event.key.toLowerCase() === "s") {
    const save = document.querySelector("[data-save]");
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (!single.checked || command || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
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

const find = dialog("find"), results = find?.querySelector("[data-results]");
let asked = 0;
find?.addEventListener("input", ({ target }) => {
  const turn = ++asked;
  setTimeout(async () => {
    if (turn !== asked) return; // more was typed
    const address = new URL(target.form.action);
    address.searchParams.set("text", target.value);
    try {
      const response = await fetch(address, { headers });
      if (!response.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html").body;
      for (const link of page.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), address);
      const status = page.querySelector("[role=status]"); // read aloud is how many there are, not each of them
      results.previousElementSibling.textContent = status?.textContent ?? "";
      status?.removeAttribute("role");
      if (status?.classList.contains("vh")) status.remove();
      results.replaceChildren(...page.childNodes);
    } catch { /* Enter asks for the page of results */ }
  }, 150);
});
find?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.close(); event.preventDefault(); } // a search field would take the first one for itself
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const places = [find.querySelector("input"), ...results.querySelectorAll("a")];
  const place = places.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  places[Math.max(0, Math.min(places.length - 1, place))].focus();
  event.preventDefault();
});

for (const note of document.querySelectorAll("[data-note]")) { // what is there from the beginning is not read aloud
  setTimeout(() => { note.textContent = note.textContent.trim(); }, 400);
}

const all = document.querySelector("[data-all]");
all?.addEventListener("change", () => {
  for (const box of document.querySelectorAll("tbody .pick input")) box.checked = all.checked;
});

for (const zone of document.querySelectorAll("[data-zone]")) { // as the clocks here, until somebody chooses
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
}
