// Starts GraphiQL. A file of its own, because the page's content security policy allows no script inside the page.
"use strict";
(function () {
  const place = document.getElementById("graphiql");
  const asked = new URLSearchParams(window.location.search);
  const fetcher = GraphiQL.createFetcher({ url: new URL(place.dataset.endpoint, window.location.href).href });

  // The address always shows the query, so that it can be copied and sent to somebody. Running it stays a click.
  function remember(name, value) {
    const parameters = new URLSearchParams(window.location.search);
    if (value) parameters.set(name, value);
    else parameters.delete(name);
    const text = parameters.toString();
    if (text.length < 6000) window.history.replaceState(null, "", text ? "?" + text : window.location.pathname);
  }

  ReactDOM.createRoot(place).render(
    React.createElement(GraphiQL, {
      fetcher: fetcher,
      defaultQuery: place.dataset.query,
      query: asked.get("query") || undefined,
      variables: asked.get("variables") || undefined,
      defaultEditorToolsVisibility: asked.has("variables") ? "variables" : false,
      shouldPersistHeaders: false,
      onEditQuery: (text) => remember("query", text),
      onEditVariables: (text) => remember("variables", text),
    })
  );
})();
