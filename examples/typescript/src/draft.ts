import { graphql } from "./gql/index.js";
import type { DocumentInput, PairDocumentInput } from "./gql/graphql.js";

export const SaveDraft = graphql(`
  mutation SaveDraft($content: DocumentInput!, $base: Int) {
    saveDraft(content: $content, base: $base) {
      __typename
      ... on SavedDraft { revision }
      ... on Rejected { problems { code path message } }
      ... on Conflict { revision }
    }
  }
`);

/** An editor's text on two careers, as `SaveDraft` takes it: the compiler knows the fields of each type of document. */
export function introduction(a: string, b: string, texts: Record<string, string>): DocumentInput {
  const pair: PairDocumentInput = { a, b, introduction: texts };
  return { pair };
}

// @ts-expect-error a document is of one type
export const two: DocumentInput = { pair: { a: "a", b: "b" }, skill: { slug: "a" } };
// @ts-expect-error no pair has this field
export const misspelt: DocumentInput = { pair: { a: "a", b: "b", introdution: {} } };
// @ts-expect-error a text is written by locale
export const plain: DocumentInput = { career: { slug: "a", title: "Baker" } };
// @ts-expect-error there is no such kind
export const guessed: DocumentInput = { source: { slug: "a", kind: "GUESSED" } };
