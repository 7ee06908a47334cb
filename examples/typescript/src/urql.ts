import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import settings from "../cache.json" with { type: "json" };
import introspection from "./introspection.json" with { type: "json" };
import { Careers, Pair } from "./documents.js";

/** The title of a pair in each language, read again out of the cache, and the number of careers, read page by page. */
export async function read(url: string, a: string, b: string, locales: string[]) {
  const keys = Object.fromEntries(settings.embedded.map((name) => [name, () => null]));
  const pages = Object.fromEntries(Object.keys(settings.lists.Query).map((field) => [field, relayPagination()]));
  const cache = cacheExchange({ schema: introspection, keys, resolvers: { Query: pages } });
  const client = new Client({ url, exchanges: [cache, fetchExchange], preferGetMethod: false });
  for (const locale of locales) await client.query(Pair, { a, b, locale }).toPromise();
  const titles = locales.map((locale) => client.readQuery(Pair, { a, b, locale })?.data?.comparison?.title);
  let after: string | null | undefined;
  let careers = 0;
  do {
    const { data } = await client.query(Careers, { after, locale: locales[0] }).toPromise();
    after = data?.careers?.pageInfo.hasNextPage ? data.careers.pageInfo.endCursor : null;
    careers = data?.careers?.edges.length ?? 0;
  } while (after);
  return { titles, careers };
}
