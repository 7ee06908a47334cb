#!/usr/bin/env bash
# @urql/exchange-graphcache 9.0.2: with `possibleTypes`, a fragment on one object type is still entered for an object of another.
#   The option is said to make fragments match without guessing. A list of a Cat and a Dog, read with `... on Dog { barks }`, warns
#   that the Cat lacks `barks`; with the introspected `schema` in its place nothing is said. The data is right in both cases.
# Seen: possibleTypes: ["Invalid undefined: The field at `barks` is `undefined`, ..."], schema: []. Ends with 0 while this is so,
#   and with 1 when it changes. Needs Node 20 and npm.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @urql/core@6.0.3 @urql/exchange-graphcache@9.0.2 graphql@16.15.0 wonka@6.3.6
cat > cache.mjs <<'JS'
import { Client, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { buildSchema, introspectionFromSchema } from "graphql";
import { map, pipe } from "wonka";

const schema = introspectionFromSchema(
  buildSchema("interface Pet { name: String } type Cat implements Pet { name: String }" +
    " type Dog implements Pet { name: String barks: String } type Query { pets: [Pet] }"),
);
const pets = [{ __typename: "Cat", name: "Tom" }, { __typename: "Dog", name: "Rex", barks: "wow" }];
const answer = () => (operations) =>
  pipe(operations, map((operation) => ({ operation, data: { __typename: "Query", pets }, hasNext: false, stale: false })));
const keys = { Cat: () => null, Dog: () => null };
const seen = {};
// the schema first: a warning is given once in a process
for (const [name, option] of [["schema", { schema }], ["possibleTypes", { possibleTypes: { Pet: ["Cat", "Dog"] } }]]) {
  seen[name] = [];
  console.warn = console.error = (message) => seen[name].push(String(message).split("\n")[0]);
  const client = new Client({ url: "http://localhost", preferGetMethod: false, exchanges: [cacheExchange({ keys, ...option }), answer] });
  await client.query(gql`{ pets { __typename name ... on Dog { barks } } }`, {}).toPromise();
}
console.log(JSON.stringify(seen));
process.exit(seen.schema.length === 0 && seen.possibleTypes.some((it) => it.includes("`barks`")) ? 0 : 1);
JS
node cache.mjs
