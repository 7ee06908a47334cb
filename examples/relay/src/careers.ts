import { createOperationDescriptor, fetchQuery, getRequest, graphql, type IEnvironment } from "relay-runtime";
import type { careersQuery } from "./__generated__/careersQuery.graphql";

const query = graphql`
  query careersQuery($count: Int!, $after: String, $locale: String) {
    careers(first: $count, after: $after, locale: $locale) @connection(key: "Careers_careers", filters: ["locale"]) {
      edges { node { id slug title } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** The titles of all careers in a language, read out of the store once all pages have joined there. */
export async function readCareers(environment: IEnvironment, locale: string): Promise<string[]> {
  let after: string | null | undefined;
  do {
    const data = await fetchQuery<careersQuery>(environment, query, { count: 20, after, locale }).toPromise();
    after = data?.careers?.pageInfo.hasNextPage ? data.careers.pageInfo.endCursor : null;
  } while (after);
  const operation = createOperationDescriptor(getRequest(query), { count: 20, locale });
  const { careers } = environment.lookup(operation.fragment).data as careersQuery["response"];
  return careers?.edges.map((edge) => edge.node.title) ?? [];
}
