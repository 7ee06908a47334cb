// <career-comparison a="plumber" b="electrician" locale="de" region="Ireland"></career-comparison>
// A comparison of two careers for any site. No dependencies; text is only ever set as text.
// It has the colour of the text around it. Themed by --career-comparison-ink, -soft, -line, -paper, -mark, -mark-ink,
// -font, and by ::part(). Roles keep the table a table where it is narrow and its rows are laid out as grids.
"use strict";

(() => {
  const QUERY = "%QUERY%";
  const BASE = new URL(".", document.currentScript.src);
  const ENDPOINT = new URL("%GRAPHQL%", BASE);
  const SIGNS = { A: "◀", B: "▶", TIE: "=", DIFFERS: "≠", UNKNOWN: "–", NOT_COMPARABLE: "×" };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; container-type: inline-size; margin-block: 1.5em;
      --soft: var(--career-comparison-soft, color-mix(in srgb, currentColor 72%, transparent));
      --line: var(--career-comparison-line, color-mix(in srgb, currentColor 20%, transparent)); --paper: var(--career-comparison-paper, transparent);
      --mark: var(--career-comparison-mark, light-dark(#ffe07a, #5b4700)); --mark-ink: var(--career-comparison-mark-ink, light-dark(#16191d, #ffedae));
      color: var(--career-comparison-ink, inherit); background: var(--paper); font: 1rem/1.5 var(--career-comparison-font, system-ui, sans-serif); font-variant-numeric: tabular-nums; }
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
    :focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
    @container (max-width: 32rem) {
      table, thead, tbody { display: block; }
      tr { display: grid; grid-template-columns: minmax(0, 1fr) 2.25em minmax(0, 1fr); align-items: baseline; border-bottom: 1px solid var(--line); }
      th, td { border: 0; } td { padding-top: .15em; } .o { width: auto; }
      thead th:first-child { display: none; } tbody th { grid-column: 1 / -1; padding-bottom: 0; }
    }
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
    static observedAttributes = ["a", "b", "locale", "region"];

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
      const [a, b, locale, region] = CareerComparison.observedAttributes.map((name) => this.getAttribute(name) || null);
      if (!a || !b) return this.shadowRoot.replaceChildren();
      this.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(ENDPOINT, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify({ query: QUERY, variables: { a, b, locale, region } }),
          credentials: "omit",
          signal: request.signal,
        });
        const { data, errors } = await response.json();
        if (!data?.comparison) throw new Error(errors?.[0]?.message ?? response.statusText);
        this.show(data, region ? `?${new URLSearchParams({ region })}` : "");
        this.dispatchEvent(new CustomEvent("career-comparison", { bubbles: true, detail: data.comparison }));
      } catch (problem) {
        if (request.signal.aborted) return;
        this.shadowRoot.replaceChildren(element("p", { part: "problem" }, problem.message));
        this.dispatchEvent(new CustomEvent("career-comparison-error", { bubbles: true, detail: problem.message }));
      } finally {
        if (this.request === request) this.removeAttribute("aria-busy");
      }
    }

    show({ catalog, labels, comparison }, parameters) {
      const { a, b, glance } = comparison;
      const names = Object.fromEntries(labels.outcomes.map(({ key, text }) => [key.split(".")[1], text]));
      const prefix = labels.locale === catalog.defaultLocale ? "" : `${labels.locale}/`;
      const page = new URL(`${prefix}compare/${comparison.canonicalSlug}${parameters}`, BASE).href;
      const outcome = (row) => names[row.outcome === "UNKNOWN" && row.a && row.b ? "undecided" : row.outcome.toLowerCase().replace("_", "-")];
      const cell = (figure, leads, side) =>
        element("td", { role: "cell", className: side }, figure ? element("span", { className: leads ? "leads" : "", part: leads ? "leads" : "figure" }, figure.display) : labels.unknown);
      const rows = glance.rows.filter((row) => row.a || row.b).map((row) =>
        element("tr", { role: "row" },
          element("th", { role: "rowheader", scope: "row" }, row.attribute.label),
          cell(row.a, row.outcome === "A", "a"),
          element("td", { role: "cell", className: "o", title: outcome(row) }, element("span", { ariaHidden: "true" }, SIGNS[row.outcome]), element("span", { className: "vh" }, outcome(row))),
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
          element("h2", { part: "title" }, element("a", { href: page, target: "_top" }, comparison.title)),
          element("p", { part: "summary" }, comparison.lead.text),
          element("table", { role: "table", part: "table" },
            element("thead", { role: "rowgroup" }, element("tr", { role: "row" },
              element("th", { role: "columnheader", scope: "col" }, element("span", { className: "vh" }, labels.attribute)),
              element("th", { role: "columnheader", scope: "col", className: "a" }, a.title),
              element("th", { role: "columnheader", scope: "col", className: "o" }, element("span", { className: "vh" }, labels.outcome)),
              element("th", { role: "columnheader", scope: "col" }, b.title))),
            element("tbody", { role: "rowgroup" }, ...rows)),
          element("footer", { part: "sources" }, `${labels.sources}: `, ...credits, ". ",
            element("a", { href: page, target: "_top" }, labels.whole))));
    }
  }

  customElements.define("career-comparison", CareerComparison);
})();
