import * as apollo from "./apollo.js";
import * as tada from "./tada.js";
import * as urql from "./urql.js";

const url = process.env.CAREERGRAPH_URL ?? "http://127.0.0.1:8000/graphql";
const results: Record<string, unknown> = {};
for (const [name, client] of Object.entries({ apollo, urql, tada })) {
  results[name] = await client.read(url, "accountant", "actuary", ["en", "de"]);
}
console.log(JSON.stringify(results));
