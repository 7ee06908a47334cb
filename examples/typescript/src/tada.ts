import { initGraphQLTada } from "gql.tada";
import { Client, fetchExchange } from "@urql/core";
import type { introspection } from "./tada-types.js";

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    Date: string;
    DateTime: string;
    Document: Record<string, unknown>;
    Json: unknown;
    TextListMap: Record<string, string[]>;
    TextMap: Record<string, string>;
  };
}>();

const Title = graphql(`
  query Title($a: String!, $b: String!, $locale: String) {
    comparison(a: $a, b: $b, locale: $locale) { id title glance { id rows { outcome } } }
  }
`);

/** The title of a pair in each language, with types that come from the schema alone, without generated documents. */
export async function read(url: string, a: string, b: string, locales: string[]) {
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });
  const titles: (string | undefined)[] = [];
  for (const locale of locales) {
    const { data } = await client.query(Title, { a, b, locale }).toPromise();
    const ties = data?.comparison?.glance.rows.filter((row) => row.outcome === "TIE").length;
    if (ties === undefined) throw new Error("no comparison");
    titles.push(data?.comparison?.title);
  }
  return { titles };
}
