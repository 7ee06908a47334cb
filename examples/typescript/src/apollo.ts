import { ApolloClient, HttpLink, InMemoryCache, type TypePolicies } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import settings from "../cache.json" with { type: "json" };
import { Careers, Pair } from "./documents.js";

const typePolicies: TypePolicies = {};
for (const name of settings.embedded) typePolicies[name] = { keyFields: false };
for (const [name, lists] of Object.entries(settings.lists)) {
  const fields = Object.entries(lists).map(([field, keys]) => [field, relayStylePagination(keys)]);
  typePolicies[name] = { ...typePolicies[name], fields: Object.fromEntries(fields) };
}

/** The title of a pair in each language, read again out of the cache, and the number of careers, read page by page. */
export async function read(uri: string, a: string, b: string, locales: string[]) {
  const cache = new InMemoryCache({ possibleTypes: settings.possibleTypes, typePolicies });
  const client = new ApolloClient({ link: new HttpLink({ uri }), cache });
  for (const locale of locales) await client.query({ query: Pair, variables: { a, b, locale } });
  const titles = locales.map((locale) => cache.readQuery({ query: Pair, variables: { a, b, locale } })?.comparison?.title);
  let after: string | null | undefined;
  do {
    const variables = { after, locale: locales[0] };
    const { data } = await client.query({ query: Careers, variables, fetchPolicy: "network-only" }); // adds to the list
    after = data?.careers?.pageInfo.hasNextPage ? data.careers.pageInfo.endCursor : null;
  } while (after);
  const all = cache.readQuery({ query: Careers, variables: { locale: locales[0] } });
  return { titles, careers: all?.careers?.edges.length };
}
