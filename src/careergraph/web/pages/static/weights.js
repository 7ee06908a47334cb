// Sliders of a reader's own weights: what they change is put into the page at once, and into its address. Without
// script, or where that fails, the form is sent by its button.
"use strict";

(() => {
  const DELAY = 200; // ms without a change before the server is asked
  const form = document.querySelector("form[data-weights]");
  if (!form) return;
  let timer, request;

  // The address of the form, without weights that count nothing; a region that is chosen stays.
  const address = () => {
    const target = new URL(location.pathname, location.href);
    for (const slider of form.querySelectorAll("input[type=range]")) {
      if (slider.value !== "0") target.searchParams.set(slider.name, slider.value);
    }
    const region = form.elements.namedItem("region");
    if (region) target.searchParams.set("region", region.value);
    return target;
  };

  const load = async () => {
    request?.abort();
    request = new AbortController();
    const target = address();
    try {
      const response = await fetch(target, { signal: request.signal });
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of document.querySelectorAll("[data-weighed]")) {
        const fresh = page.querySelector(`[data-weighed="${part.dataset.weighed}"]`);
        if (fresh) part.replaceChildren(...fresh.childNodes);
      }
      history.replaceState(null, "", target);
    } catch (problem) {
      if (problem.name !== "AbortError") form.submit();
    }
  };

  form.querySelector("button").hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    const { target } = event;
    target.nextElementSibling.textContent = target.value;
    clearTimeout(timer);
    timer = setTimeout(load, DELAY);
  });
})();
