#!/usr/bin/env bash
# @apollo/subgraph 2.15.1: `buildSubgraphSchema({ typeDefs, resolvers })` throws; 2.14.4 takes it, and its types name it.
#   The minor release dropped the single object (`LegacySchemaModule` in 2.14.4's types) and kept an array of such objects and a
#   bare document. The error names neither the argument nor the version that took it, so a caret range breaks at start.
# Seen: 2.14.4: object ok, array ok; 2.15.1: object "doc.definitions is not iterable (cannot read property undefined)", array ok.
#   Ends with 0 while this is so, and with 1 when it changes. Needs Node 20 and npm.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund before@npm:@apollo/subgraph@2.14.4 after@npm:@apollo/subgraph@2.15.1 graphql@16.15.0
cat > build.mjs <<'JS'
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { parse } = require("graphql");
const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Pet @key(fields: "id") { id: ID! }
  type Query { pet: Pet }
`);
const attempt = (build, argument) => {
  try { return build(argument).getType("_Entity") ? "ok" : "no entities"; } catch (error) { return error.message; }
};
const seen = {};
for (const name of ["before", "after"]) {
  const { buildSubgraphSchema } = require(name);
  const part = { typeDefs, resolvers: {} };
  seen[name] = { object: attempt(buildSubgraphSchema, part), array: attempt(buildSubgraphSchema, [part]) };
}
console.log(JSON.stringify(seen));
const { before, after } = seen;
process.exit(before.object === "ok" && before.array === "ok" && after.object !== "ok" && after.array === "ok" ? 0 : 1);
JS
node build.mjs
