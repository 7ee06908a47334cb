import { graphql } from "./gql/index.js";

export const Pair = graphql(`
  query Pair($a: String!, $b: String!, $locale: String) {
    comparison(a: $a, b: $b, locale: $locale) {
      id
      title
      summary { text rule }
      glance {
        id
        rows {
          attribute { key label }
          a { __typename display observedOn ... on MoneyRange { low high currency } }
          b { __typename display observedOn ... on MoneyRange { low high currency } }
          outcome
        }
      }
    }
  }
`);

export const Careers = graphql(`
  query Careers($after: String, $locale: String) {
    careers(first: 20, after: $after, locale: $locale) {
      edges { node { id slug title } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
