// <career-comparison a="plumber" b="electrician" locale="de"></career-comparison>
// A comparison of two careers for any site. No dependencies; text is only ever set as text.
// Themed by --career-comparison-ink, -soft, -line, -paper, -mark, -mark-ink, -font, and by ::part().
"use strict";

(() => {
  const QUERY = "%QUERY%";
  const BASE = new URL(".", document.currentScript.src);
  const ENDPOINT = new URL("%GRAPHQL%", BASE);
  const SIGNS = { A: "◀", B: "▶", TIE: "=", DIFFERS: "≠", UNKNOWN: "–", NOT_COMPARABLE: "×" };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; container-type: inline-size; color-scheme: light dark;
      --ink: var(--career-comparison-ink, light-dark(#16191d, #e8ebee)); --soft: var(--career-comparison-soft, light-dark(#545c65, #a4adb6));
      --line: var(--career-comparison-line, light-dark(#d9dde1, #343b42)); --paper: var(--career-comparison-paper, transparent);
      --mark: var(--career-comparison-mark, light-dark(#ffe07a, #5b4700)); --mark-ink: var(--career-comparison-mark-ink, light-dark(#16191d, #ffedae));
      color: var(--ink); background: var(--paper); font: 1rem/1.5 var(--career-comparison-font, system-ui, sans-serif); font-variant-numeric: tabular-nums; }
    :host([hidden]) { display: none; }
    h2 { font-size: 1.25em; line-height: 1.25; margin: 0 0 .5em; text-wrap: balance; }
    p { margin: 0 0 .75em; max-width: 66ch; }
    table { width: 100%; border-collapse: collapse; table-layout: fixed; }
    th, td { padding: .45em .4em; border-bottom: 1px solid var(--line); text-align: start; font-weight: 400; line-height: 1.35; overflow-wrap: break-word; vertical-align: baseline; }
    thead th { font-weight: 600; font-size: .875em; vertical-align: bottom; }
    tbody th { color: var(--soft); font-size: .9375em; padding-inline-start: 0; }
    .a { text-align: end; } .o { text-align: center; width: 3em; color: var(--soft); }
    .leads { background: var(--mark); color: var(--mark-ink); border-radius: 2px; padding: 0 .2em; margin: 0 -.2em; font-weight: 600; }
    .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    footer { font-size: .8125em; color: var(--soft); padding-top: .6em; } a { color: inherit; } footer a { text-underline-offset: .2em; }
    :focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
  `);

  const element = (tag, properties = {}, ...children) => {
    const node = document.createElement(tag);
    const { part, ...rest } = properties;
    if (part) node.part = part;
    Object.assign(node, rest);
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  const webAddress = (text) => {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  };

  class CareerComparison extends HTMLElement {
    static observedAttributes = ["a", "b", "locale"];

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      this.load();
    }

    disconnectedCallback() {
      this.request?.abort();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.load();
    }

    async load() {
      this.request?.abort();
      const request = (this.request = new AbortController());
      await null; // attributes that are set together are one request
      if (request.signal.aborted) return;
      const [a, b, locale] = ["a", "b", "locale"].map((name) => this.getAttribute(name));
      if (!a || !b) return this.shadowRoot.replaceChildren();
      this.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(ENDPOINT, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify({ query: QUERY, variables: { a, b, locale } }),
          credentials: "omit",
          signal: request.signal,
        });
        const { data, errors } = await response.json();
        if (!data?.comparison) throw new Error(errors?.[0]?.message ?? response.statusText);
        this.show(data);
        this.dispatchEvent(new CustomEvent("career-comparison", { bubbles: true, detail: data.comparison }));
      } catch (problem) {
        if (request.signal.aborted) return;
        this.shadowRoot.replaceChildren(element("p", { part: "problem" }, problem.message));
        this.dispatchEvent(new CustomEvent("career-comparison-error", { bubbles: true, detail: problem.message }));
      } finally {
        if (this.request === request) this.removeAttribute("aria-busy");
      }
    }

    show({ catalog, labels, comparison }) {
      const { a, b, glance } = comparison;
      const names = Object.fromEntries(labels.outcomes.map(({ key, text }) => [key.split(".")[1], text]));
      const page = (path) => new URL((labels.locale === catalog.defaultLocale ? "" : `${labels.locale}/`) + path, BASE).href;
      const outcome = (row) => names[row.outcome.toLowerCase().replace("_", "-")];
      const cell = (figure, leads, side) =>
        element("td", { className: side }, figure ? element("span", { className: leads ? "leads" : "", part: leads ? "leads" : "figure" }, figure.display) : labels.unknown);
      const rows = glance.rows.filter((row) => row.a || row.b).map((row) =>
        element("tr", {},
          element("th", { scope: "row" }, row.attribute.label),
          cell(row.a, row.outcome === "A", "a"),
          element("td", { className: "o", title: outcome(row) }, element("span", { ariaHidden: "true" }, SIGNS[row.outcome]), element("span", { className: "vh" }, outcome(row))),
          cell(row.b, row.outcome === "B", "b")));
      const sources = new Map();
      for (const row of glance.rows) for (const figure of [row.a, row.b]) if (figure) sources.set(figure.source.slug, figure.source);
      const credits = [...sources.values()].flatMap((source, place) => {
        const url = source.url && webAddress(source.url);
        const name = `${source.title}, ${source.publisher}`;
        return [place ? "; " : "", url ? element("a", { href: url, rel: "noopener" }, name) : name, source.licence ? ` (${source.licence})` : ""];
      });
      this.lang = labels.locale;
      this.shadowRoot.replaceChildren(
        element("article", { part: "comparison" },
          element("h2", { part: "title" }, element("a", { href: page(`compare/${comparison.canonicalSlug}`), target: "_top" }, comparison.title)),
          element("p", { part: "summary" }, comparison.lead.text),
          element("table", { part: "table" },
            element("thead", {}, element("tr", {},
              element("th", { scope: "col" }, element("span", { className: "vh" }, labels.attribute)),
              element("th", { scope: "col", className: "a" }, a.title),
              element("th", { scope: "col", className: "o" }, element("span", { className: "vh" }, labels.outcome)),
              element("th", { scope: "col" }, b.title))),
            element("tbody", {}, ...rows)),
          element("footer", { part: "sources" }, `${labels.sources}: `, ...credits, ". ",
            element("a", { href: page(`compare/${comparison.canonicalSlug}`), target: "_top" }, labels.whole))));
    }
  }

  customElements.define("career-comparison", CareerComparison);
})();
