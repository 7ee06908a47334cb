// Composes careergraph with a subgraph of bookmarks, and asks both through a gateway.
import { composeServices } from "@apollo/composition";
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from "@apollo/gateway";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";

const url = process.env.CAREERGRAPH_URL ?? "http://127.0.0.1:8000/graphql";

function end(reason) {
  console.error(reason);
  process.exit(1);
}

async function ask(query) {
  const body = JSON.stringify({ query });
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  const response = await fetch(url, request).catch(() => end(`no server answers at ${url}, which CAREERGRAPH_URL names`));
  const { data, errors } = await response.json();
  return data ?? end(`${url}: ${errors[0].message} Is CAREERGRAPH_FEDERATION=on set for the server?`);
}

// The id of the German variant, as the other subgraph would have kept it.
const { skill } = await ask('{ skill(slug: "accounting", locale: "de") { id } }');

const bookmarks = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Career @key(fields: "slug") { slug: String! bookmarks: Int! }
  type Skill @key(fields: "id") { id: ID! courses: Int! }
  type Comparison @key(fields: "slug") { slug: String! views: Int! }
  type Query { topBookmarks: [Career!]! gone: Career german: Skill! popular: Comparison! }
`);
const resolvers = {
  Query: {
    topBookmarks: () => [{ slug: "actuary" }, { slug: "accountant" }],
    gone: () => ({ slug: "nobody" }),
    german: () => skill,
    popular: () => ({ slug: "actuary-vs-accountant" }),
  },
  Career: { __resolveReference: (career) => career, bookmarks: ({ slug }) => slug.length },
  Skill: { __resolveReference: (skill) => skill, courses: () => 3 },
  Comparison: { __resolveReference: (comparison) => comparison, views: () => 9 },
};

const { sdl } = (await ask("{ _service { sdl } }"))._service;
const composed = composeServices([
  { name: "careers", url, typeDefs: parse(sdl) },
  { name: "bookmarks", url: "local", typeDefs: bookmarks },
]);
if (composed.errors?.length) throw new Error(composed.errors.map((error) => error.message).join("\n"));

const local = buildSubgraphSchema([{ typeDefs: bookmarks, resolvers }]);
const gateway = new ApolloGateway({
  supergraphSdl: composed.supergraphSdl,
  buildService: ({ name, url }) =>
    name === "bookmarks" ? new LocalGraphQLDataSource(local) : new RemoteGraphQLDataSource({ url }),
});
const { executor, schema } = await gateway.load();
const query = `{
  topBookmarks { slug title bookmarks }
  gone { title bookmarks }
  german { name courses }
  popular { title views }
  career(slug: "actuary") { title bookmarks skills { concepts { slug courses } } }
}`;
const result = await executor({
  request: { query },
  document: parse(query),
  queryHash: "bookmarks",
  schema,
  context: {},
  metrics: {},
  overallCachePolicy: {},
});
console.log(JSON.stringify(result, null, 2));
await gateway.stop();
