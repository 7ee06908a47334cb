import { createHash } from "node:crypto";
import { Client, fetchExchange, formatDocument, stringifyDocument } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { Careers, Pair } from "./documents.js";

/** The documents as urql writes them behind its cache, by its ids: a file for CAREERGRAPH_TRUSTED_DOCUMENTS. */
export function manifest(): Record<string, string> {
  const texts = [Careers, Pair].map((document) => stringifyDocument(formatDocument(document)));
  return Object.fromEntries(texts.map((text) => [createHash("sha256").update(text).digest("hex"), text]));
}

/** The title of a pair, asked for by an id and never by a text. */
export async function read(url: string, a: string, b: string): Promise<string | undefined> {
  const persisted = persistedExchange({ enforcePersistedQueries: true, preferGetForPersistedQueries: false });
  const client = new Client({ url, exchanges: [cacheExchange({}), persisted, fetchExchange], preferGetMethod: false });
  const { data, error } = await client.query(Pair, { a, b }).toPromise();
  if (error) throw error;
  return data?.comparison?.title;
}

const [, , url, a = "", b = ""] = process.argv;
console.log(JSON.stringify(url ? await read(url, a, b) : manifest()));
