import { Environment, Network, RecordSource, Store, type FetchFunction } from "relay-runtime";
import { readCareers } from "./careers";

const url = process.env.CAREERGRAPH_URL ?? "http://127.0.0.1:8000/graphql";

/** Sends the id of a document, and never its text. */
const send: FetchFunction = async ({ id }, variables) => {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ documentId: id, variables }) });
  return response.json();
};

async function main() {
  const environment = new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
  const titles: Record<string, string[]> = {};
  for (const locale of ["en", "de"]) titles[locale] = await readCareers(environment, locale);
  console.log(JSON.stringify(titles));
}

void main();
