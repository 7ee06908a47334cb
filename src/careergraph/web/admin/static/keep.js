// What is typed is never lost: it is kept in this browser until the server has it, saved by itself, and brought back.
"use strict";
const form = document.querySelector("form[data-keep]");
const KEPT = "careergraph-admin:"; // before the person and the path of a form: what was typed there, which nobody else gets
const SENT = "careergraph-admin:sent"; // the form that was sent last, with a mark that the server repeats once it has it
const drop = (store) => { try { localStorage.removeItem(store); } catch { /* this browser keeps nothing */ } };
const sent = (() => { try { return JSON.parse(sessionStorage.getItem(SENT)); } catch { return null; } })();
const here = new URL(location);
let focused = ""; // the id of the field from which the form was sent
if (here.searchParams.has("sent")) {
  if (sent?.mark === here.searchParams.get("sent")) { drop(sent.store); sessionStorage.removeItem(SENT); focused = sent.focused; }
  here.searchParams.delete("sent");
  history.replaceState(null, "", here);
}
if (form) {
  const store = `${KEPT}${form.dataset.person}:${location.pathname}`;
  const status = form.querySelector("[data-status]");
  const say = (name, more = "") => { if (status) status.textContent = name ? form.dataset[name] + more : ""; };
  const texts = () => [...new FormData(form)].filter(([, value]) => typeof value === "string"); // a file goes by its button
  const entries = () => texts().filter(([name]) => name !== "csrf" && name !== "@sent");
  const asText = () => JSON.stringify(entries().filter(([name]) => name !== "@locale"));
  let clean = form.hasAttribute("data-changed") ? "" : asText();
  let timer = 0, running = false, leaving = false, whenSaved = null;
  const dirty = () => asText() !== clean;
  const keep = () => { try { localStorage.setItem(store, JSON.stringify(entries())); } catch { /* the browser keeps nothing */ } };
  const forget = () => drop(store);

  const kept = (() => { try { return JSON.parse(localStorage.getItem(store)); } catch { return null; } })();
  const same = kept && JSON.stringify(kept.filter(([name]) => name !== "@locale")) === clean;
  if (kept && !same && !form.hasAttribute("data-restored") && !form.hasAttribute("data-changed")) bringBack(kept);
  else if (same) forget();
  else if (form.hasAttribute("data-changed")) keep(); // items that came or went are typing too

  function bringBack(fields) { // the server draws the form of it, as it may have items that this page has not
    const carrier = document.createElement("form");
    carrier.method = "post"; carrier.action = form.action; carrier.hidden = true;
    for (const [name, value] of [["csrf", form.elements.csrf.value], ["do", "show"], ...fields]) {
      const field = document.createElement("textarea");
      field.name = name; field.value = value; carrier.append(field);
    }
    document.body.append(carrier);
    leaving = true;
    carrier.submit();
  }

  const goesOn = focused && document.getElementById(focused);
  if (goesOn && form.contains(goesOn)) { goesOn.closest("details:not([open])")?.setAttribute("open", ""); goesOn.focus(); }

  form.addEventListener("input", (event) => {
    if (event.target.hasAttribute("data-quiet")) return;
    keep();
    clearTimeout(timer);
    if (form.hasAttribute("data-autosave")) timer = setTimeout(save, 2500);
  });

  async function save() {
    if (running) { timer = setTimeout(save, 1000); return; }
    if (leaving || !dirty()) return; // the form itself is on its way
    const sent = asText();
    running = true; say("textSaving");
    try {
      const response = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(texts()), redirect: "manual",
        headers: { "X-Careergraph-Admin": "part" },
      });
      if (response.ok) saved(await response.json(), sent);
      else if (response.status === 401 || response.status === 403) say("textEnded");
      else say((await response.json()).refused === "Conflict" ? "textConflict" : "textRefused");
    } catch { say("textKept"); }
    running = false;
    whenSaved?.();
    whenSaved = null;
  }

  function saved(answer, sent) {
    form.elements["@base"].value = answer.revision ?? "";
    clean = JSON.stringify(JSON.parse(sent).map(([name, value]) => [name, name === "@base" ? form.elements["@base"].value : value]));
    if (dirty()) keep(); else forget();
    say("textSaved", ` ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
    document.dispatchEvent(new Event("careergraph-saved"));
  }

  async function refresh() { // somebody who signed in again in another tab has a new session
    try {
      const response = await fetch(new URL(document.body.dataset.session, location), { headers: { "X-Careergraph-Admin": "part" } });
      if (!response.ok) return;
      for (const field of document.querySelectorAll("input[name=csrf]")) field.value = await response.clone().text();
      if (dirty() && form.hasAttribute("data-autosave")) save();
    } catch { /* still no connection */ }
  }
  addEventListener("focus", () => { if (dirty()) refresh(); });
  addEventListener("online", () => { if (dirty()) refresh(); });
  form.addEventListener("submit", (event) => {
    if (running) { // its answer says from which revision to go on; otherwise one would be in conflict with oneself
      event.preventDefault();
      const button = event.submitter;
      whenSaved = () => form.requestSubmit(button);
      return;
    }
    leaving = true;
    clearTimeout(timer);
    form.elements["@sent"].value = `${Date.now()}`;
    sessionStorage.setItem(SENT, JSON.stringify({ store, mark: form.elements["@sent"].value, focused: document.activeElement.id }));
  });
  addEventListener("pageshow", () => { leaving = false; }); // back from a page that did not come
  addEventListener("beforeunload", (event) => { if (dirty() && !leaving) event.preventDefault(); });
}

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
  else if (event.submitter?.hasAttribute("data-forget")) drop(KEPT + location.pathname);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-forget]"); // of a conflict: what is typed there is given up
  if (link) drop(KEPT + link.pathname);
});
