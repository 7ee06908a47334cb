// What a page shows beside itself: parts that take their time, the preview of a draft, and suggestions while somebody types.
"use strict";

for (const part of document.querySelectorAll("[data-part]")) {
  if (part.dataset.part) load(part, part.dataset.part); // others wait for somebody to ask
  part.addEventListener("click", (event) => {
    const more = event.target.closest("a[data-more]");
    if (!more) return;
    event.preventDefault();
    load(part, more.href, more.closest(".pages"));
  });
}

function statusOf(part) { // read aloud is how it stands, not all of it
  if (part.previousElementSibling?.role === "status") return part.previousElementSibling;
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  part.before(status);
  return status;
}

async function load(part, address, last = null) { // in the place of all, or of the link to the next page
  const waits = document.createElement("p"), status = statusOf(part), focused = part.contains(document.activeElement);
  waits.className = "soft";
  waits.textContent = status.textContent = part.dataset.waits;
  waits.tabIndex = -1;
  if (last) last.replaceWith(waits); else part.replaceChildren(waits);
  if (focused) waits.focus();
  try {
    const response = await fetch(address, { headers: { "X-Careergraph-Admin": "part" } });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html").body;
    if (last) for (const known of page.querySelectorAll("[data-once]")) known.remove();
    const goesOn = document.activeElement === waits && (page.querySelector("li") ?? page.firstElementChild);
    status.textContent = last ? "" : page.querySelector("p")?.textContent ?? "";
    waits.replaceWith(...page.childNodes);
    if (goesOn) { goesOn.tabIndex = -1; goesOn.focus(); }
  } catch { waits.textContent = status.textContent = part.dataset.failed; }
}

const frame = document.querySelector("[data-preview]");
if (frame) {
  document.addEventListener("careergraph-saved", () => {
    const place = frame.contentWindow.scrollY;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
    frame.contentWindow.location.reload();
  });
  for (const tab of document.querySelectorAll("[name='@locale']")) {
    tab.addEventListener("change", () => { // it is read in the language that is written
      const { location: shown } = frame.contentWindow;
      const address = new URL(shown.protocol === "about:" ? frame.src : shown);
      address.searchParams.set("locale", tab.value);
      const chosen = document.querySelector(".pane [name=locale]");
      if (chosen) chosen.value = tab.value;
      shown.replace(address);
    });
  }
  const against = document.getElementById("against");
  against?.addEventListener("change", () => { if (against.value.trim()) against.form.requestSubmit(); });
}

let asking = 0;
function suggest(field) {
  const list = document.getElementById(`list-${field.dataset.suggest}`);
  if (!list) return;
  const address = new URL(list.dataset.suggestions, location);
  const text = field.value.trim();
  const wording = field.closest(".item")?.parentElement.closest(".item")?.querySelector(".l0 :is(input, textarea)")?.value;
  if (text) address.searchParams.set("text", text);
  else if (wording && field.dataset.suggest === "skill") address.searchParams.set("phrase", wording);
  const turn = ++asking;
  setTimeout(async () => {
    if (turn !== asking) return; // more was typed
    try {
      const response = await fetch(address, { headers: { "X-Careergraph-Admin": "part" } });
      if (!response.ok || turn !== asking) return;
      list.replaceChildren(...Object.entries(await response.json()).map(([slug, title]) => {
        const option = document.createElement("option");
        option.value = slug; option.label = title;
        return option;
      }));
    } catch { /* the field takes a slug all the same */ }
  }, text ? 150 : 0);
}
for (const event of ["input", "focusin"]) {
  document.addEventListener(event, ({ target }) => { if (target.matches?.("[data-suggest]")) suggest(target); });
}
