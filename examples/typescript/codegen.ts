import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: ["src/*.ts", "!src/tada.ts"], // whose types gql.tada makes
  importExtension: ".js",
  generates: {
    "src/introspection.json": { plugins: ["introspection"], config: { minify: true } },
    "src/gql/": {
      preset: "client",
      presetConfig: { persistedDocuments: { hashAlgorithm: "sha256" } },
      config: {
        strictScalars: true,
        scalars: {
          Date: "string",
          DateTime: "string",
          Document: "Record<string, unknown>",
          Json: "unknown",
          TextListMap: "Record<string, string[]>",
          TextMap: "Record<string, string>",
        },
      },
    },
  },
};

export default config;
