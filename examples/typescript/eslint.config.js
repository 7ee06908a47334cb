import graphql from "@graphql-eslint/eslint-plugin";
import settings from "./cache.json" with { type: "json" };

export default [
  {
    files: ["schema.graphql"],
    languageOptions: { parser: graphql.parser },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      // a part of the object around it, such as a value, has no id of its own to be read again by
      "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: settings.embedded } }],
    },
  },
];
