// Boxes that suggest careers while somebody types: the combobox pattern of WAI-ARIA, with a list that is chosen from.
// A box is a plain text field of the form, so what it says is what the form sends; nothing is kept beside it.
"use strict";

(() => {
  const DELAY = 120; // ms without a key before the server is asked
  let count = 0;

  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // The parts of a text, those that the words of a query begin to spell in <b>.
  const marked = (text, query) => {
    const words = query.trim().split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!words.length) return [text];
    const parts = text.split(new RegExp(`((?<![\\p{L}\\p{N}])(?:${words.join("|")}))`, "giu"));
    return parts.map((part, place) => (place % 2 ? element("b", {}, part) : part));
  };

  class Box {
    constructor(input) {
      this.input = input;
      this.form = input.form;
      this.options = [];
      this.active = -1;
      this.id = `careers-${++count}`;
      this.list = element("ul", { id: this.id, role: "listbox", class: "options", "aria-label": input.labels[0]?.textContent ?? "" });
      this.list.hidden = true;
      this.status = element("p", { class: "hint", role: "status" });
      input.after(this.list, this.status);
      const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": this.id, "aria-autocomplete": "list" };
      for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
      input.addEventListener("input", () => this.typed());
      input.addEventListener("keydown", (event) => this.pressed(event));
      input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.take([...this.list.children].indexOf(option));
      });
    }

    typed() {
      clearTimeout(this.timer);
      this.request?.abort();
      const text = this.input.value.trim();
      this.mark(-1);
      this.steps = 0;
      this.taking = false;
      if (!text) return this.close();
      this.waiting = true; // for the list of this text: keys that are pressed meanwhile are meant for it
      this.timer = setTimeout(() => this.ask(text), DELAY);
    }

    async ask(text) {
      this.request = new AbortController();
      try {
        const address = `${this.form.dataset.titles}?text=${encodeURIComponent(text)}`;
        const response = await fetch(address, { signal: this.request.signal });
        if (!response.ok) return this.close();
        const options = await response.json();
        if (this.input.value.trim() === text && document.activeElement === this.input) this.open(options, text);
      } catch (problem) {
        if (problem.name !== "AbortError") this.close(); // no suggestions; the form works without them
      }
    }

    open(options, text) {
      const words = this.form.dataset;
      this.options = options;
      this.waiting = false;
      this.list.replaceChildren(
        ...options.map((option, place) => {
          const more = option.alias
            ? words.also.split("{name}").flatMap((part, n) => (n ? [...marked(option.alias, text), part] : [part]))
            : [option.field];
          const attributes = { role: "option", id: `${this.id}-${place}`, "aria-selected": "false" };
          return element("li", attributes, ...marked(option.value, text), " ", element("small", {}, ...more));
        }),
      );
      const total = options.length;
      const found = total === 1 ? words.foundOne : words.foundOther;
      this.status.textContent = total ? `${found.replace("{n}", total)} ${words.hint}` : words.none.replace("{text}", text);
      this.show(total > 0);
      if (total && this.steps) this.mark(this.steps > 0 ? Math.min(this.steps, total) - 1 : total - 1);
      if (total && this.taking) this.take(this.active);
    }

    show(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
      if (!open) this.mark(-1);
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.waiting = false;
      this.show(false);
      this.status.textContent = "";
    }

    mark(place) {
      this.active = place;
      [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
      if (place < 0) this.input.removeAttribute("aria-activedescendant");
      else {
        this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
        this.list.children[place].scrollIntoView({ block: "nearest" });
      }
    }

    take(place) {
      this.input.value = this.options[place].value;
      this.close();
      this.input.focus();
    }

    pressed(event) {
      const open = !this.list.hidden;
      const total = this.options.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (!open && !this.waiting) this.typed();
        if (this.waiting) return void (this.steps += step);
        this.mark(this.active < 0 && step < 0 ? total - 1 : (this.active + step + total) % total);
      } else if (event.key === "Enter" && this.waiting && this.steps) {
        event.preventDefault();
        this.taking = true;
      } else if (event.key === "Enter" && open && this.active >= 0) {
        event.preventDefault();
        this.take(this.active);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      }
    }
  }

  // Swapping and adding a box need no round to the server where there is script.
  const swap = (form, event) => {
    const boxes = form.querySelectorAll("[data-careers]");
    if (boxes.length < 2) return;
    event.preventDefault();
    [boxes[0].value, boxes[1].value] = [boxes[1].value, boxes[0].value];
  };

  const add = (form, event) => {
    const fields = form.querySelectorAll(".field");
    const free = [..."abcdef"].find((name) => !form.elements[name]);
    if (!free) return;
    event.preventDefault();
    const label = element("label", { for: free }, form.dataset.next);
    const input = document.querySelector("[data-careers]").cloneNode();
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-autocomplete", "aria-activedescendant", "aria-invalid", "aria-describedby", "autofocus"]) input.removeAttribute(name);
    input.id = input.name = free;
    input.value = "";
    fields[fields.length - 1].after(element("div", { class: "field" }, label, input));
    new Box(input);
    if (fields.length + 1 >= Number(form.dataset.most)) event.target.closest("button").remove();
    input.focus();
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href.split("#")[0]);
      button.nextElementSibling.textContent = button.dataset.copy;
    });
  }

  for (const form of document.querySelectorAll("form[data-titles]")) {
    for (const input of form.querySelectorAll("[data-careers]")) new Box(input);
    form.querySelector("button[name=swap]")?.addEventListener("click", (event) => swap(form, event));
    form.querySelector("button[name=more]")?.addEventListener("click", (event) => add(form, event));
  }
})();
