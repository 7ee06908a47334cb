// GraphiQL over our endpoint. The page says where that is, which queries to show first, and whether the schema may be asked for.
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { useGraphiQL } from "@graphiql/react";
import { createGraphiQLFetcher, createLocalStorage } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { Kind, parse } from "graphql";
import { createClient } from "graphql-sse";
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphQLWorker from "monaco-graphql/esm/graphql.worker.js?worker";
import { createElement, useEffect } from "react";
import { createRoot } from "react-dom/client";

const LONGEST_ADDRESS = 6000; // some proxies refuse longer ones

const WORKERS = { graphql: GraphQLWorker, json: JsonWorker };
globalThis.MonacoEnvironment = { getWorker: (_id, label) => new (WORKERS[label] ?? EditorWorker)() };

const place = document.getElementById("graphiql");
const endpoint = new URL(place.dataset.endpoint, window.location.href);
const examples = JSON.parse(place.dataset.examples);
const address = new URLSearchParams(window.location.search);
const linked = address.get("query")
  ? { query: address.get("query"), variables: address.get("variables") ?? undefined }
  : undefined;
const tabs = linked ? [linked, ...examples.filter(({ query }) => query !== linked.query)] : examples;

const send = createGraphiQLFetcher({ url: endpoint.href });

// GraphiQL learns the name of an operation a moment after the query changed; run before that, it sends the name that was
// there before, as after a change of tabs. Subscriptions are answered as event streams, which its own fetcher does not know.
function fetcher({ operationName, ...request }, options) {
  const operations = operationsOf(request.query);
  const named = operations.find(({ name }) => name?.value === operationName);
  const parameters = named ? { ...request, operationName } : request;
  if ((named ?? operations[0])?.operation !== "subscription") return send(parameters, options);
  return createClient({ url: endpoint.href, headers: options.headers ?? {}, retryAttempts: 0 }).iterate(parameters);
}

function operationsOf(query) {
  try {
    return parse(query, { noLocation: true }).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  } catch {
    return []; // the server says what is wrong with it
  }
}

// The address shows the query of the active tab, so that it can be copied and sent to somebody. Running it stays a click.
function showInAddress({ tabs, activeTabIndex }) {
  const { query, variables } = tabs[activeTabIndex];
  const parameters = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries({ query, variables })) {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  const text = parameters.toString();
  if (text.length <= LONGEST_ADDRESS) window.history.replaceState(null, "", text ? `?${text}` : window.location.pathname);
}

// The key for "run" works in the editor, so that is where one starts; but not on a phone, whose keyboard would rise.
function FocusedEditor() {
  const editor = useGraphiQL((state) => state.queryEditor);
  useEffect(() => {
    if (!window.matchMedia("(pointer: coarse)").matches) editor?.focus();
  }, [editor]);
  return null;
}

createRoot(place).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      // of this endpoint alone: a host may have a GraphiQL of its own at the same origin
      storage: createLocalStorage({ namespace: `careergraph:${endpoint.pathname}` }),
      schema: place.dataset.introspection === "off" ? null : undefined,
      defaultTabs: tabs,
      initialQuery: linked?.query,
      initialVariables: linked?.variables,
      defaultEditorToolsVisibility: linked?.variables ? "variables" : false,
      shouldPersistHeaders: false,
      onTabChange: showInAddress,
    },
    createElement(FocusedEditor),
  ),
);
