import { cookies, draftMode } from "next/headers";
import { notFound, permanentRedirect } from "next/navigation";
import { ask } from "../../../careers.js";

export const revalidate = 3600; // in seconds, for the day when no message arrives

const PAIRS = `query($first: Int!, $after: String) {
  comparisons(first: $first, after: $after) { edges { node { canonicalSlug } } pageInfo { hasNextPage endCursor } }
}`;
const PAGE = `query($pair: String!) {
  comparisonBySlug(slug: $pair) {
    title description canonicalSlug lead { text }
    a { title } b { title }
    glance { rows { attribute { key label } a { display source { title } } b { display source { title } } } }
    verdict { conclusion { text } }
  }
  catalog { preview { problems { path message } } }
}`;

const NOWHERE = ["UNKNOWN_CAREER", "BAD_COMPARISON_SLUG", "SAME_CAREER"];

/** The best pairs, which are made in advance: as many as PAGES says. Any other is made when somebody asks for it. */
export async function generateStaticParams() {
  const most = Number(process.env.PAGES ?? 200);
  const params = [];
  let page = { hasNextPage: true };
  while (page.hasNextPage && params.length < most) {
    const first = Math.min(100, most - params.length);
    const { comparisons } = (await ask(PAIRS, { first, after: page.endCursor })).data;
    params.push(...comparisons.edges.map(({ node }) => ({ pair: node.canonicalSlug })));
    page = comparisons.pageInfo;
  }
  return params;
}

/** Reads a pair, as the preview shows it in draft mode. An error that is thrown leaves the last good page in its place. */
async function read({ pair }) {
  const secret = (await draftMode()).isEnabled ? (await cookies()).get("careergraph-preview")?.value : undefined;
  const { data, errors } = await ask(PAGE, { pair }, secret);
  const code = errors?.[0].extensions.code;
  if (NOWHERE.includes(code)) notFound();
  if (errors) throw new Error(`${code}: ${errors[0].message}`);
  if (data.comparisonBySlug.canonicalSlug !== pair) permanentRedirect(`/compare/${data.comparisonBySlug.canonicalSlug}`);
  return data;
}

export async function generateMetadata({ params }) {
  const { title, description } = (await read(await params)).comparisonBySlug;
  return { title, description };
}

export default async function Page({ params }) {
  const { comparisonBySlug: comparison, catalog } = await read(await params);
  const { a, b, glance, lead, verdict } = comparison;
  const figure = (value) => (value ? `${value.display} (${value.source.title})` : "–");
  return (
    <main>
      {catalog.preview && <p role="status">A preview. {catalog.preview.problems.map((it) => it.message).join(" ")}</p>}
      <h1>{comparison.title}</h1>
      <p>{lead.text}</p>
      <table>
        <thead>
          <tr><td /><th scope="col">{a.title}</th><th scope="col">{b.title}</th></tr>
        </thead>
        <tbody>
          {glance.rows.map((row) => (
            <tr key={row.attribute.key}>
              <th scope="row">{row.attribute.label}</th><td>{figure(row.a)}</td><td>{figure(row.b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {verdict.conclusion.map(({ text }) => <p key={text}>{text}</p>)}
    </main>
  );
}
