import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { addMocksToSchema } from "@graphql-tools/mock";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { createHandler } from "graphql-http/lib/use/http";

/** A server that makes answers up from the schema alone, for work on a front end without careergraph. */
export function serve(port: number): Promise<Server> {
  const schema = makeExecutableSchema({ typeDefs: readFileSync("schema.graphql", "utf-8") });
  const mocks = {
    Date: () => "2026-01-31",
    DateTime: () => "2026-01-31T12:00:00Z",
    Document: () => ({}),
    Json: () => null,
    TextMap: () => ({ en: "A text" }),
    TextListMap: () => ({ en: ["A text"] }),
    Comparison: () => ({ title: "Baker vs Plumber" }),
  };
  const server = createServer(createHandler({ schema: addMocksToSchema({ schema, mocks }) }));
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

if (process.argv[2]) await serve(Number(process.argv[2]));
