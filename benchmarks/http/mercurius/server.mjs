// `node server.mjs DATA PORT`: Mercurius with graphql-jit over careers in memory. It answers the queries of the benchmark
// with the same fields and shapes, but with simpler sentences, and without tags, validators, cost and locales.
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import mercurius from "mercurius";

const SCHEMA = `
  type Query { comparison(a: String!, b: String!): Comparison, careers(first: Int!, after: String): Careers! }
  type Careers { edges: [Edge!]! }
  type Edge { node: Career! }
  type Category { name: String! }
  type Skill { text: String!, slug: String }
  type Career { slug: String!, title: String!, category: Category!, skills: [Skill!]! }
  type Attribute { key: String!, label: String! }
  type Value { display: String! }
  type Row { attribute: Attribute!, a: Value, b: Value, outcome: String! }
  type Glance { rows: [Row!]! }
  type Fact { career: Career!, attribute: Attribute, value: Value, part: String, skill: Skill, count: Int }
  type Statement { text: String!, rule: String!, outcome: String, facts: [Fact!]! }
  type Shared { a: Skill!, b: Skill! }
  type Related { a: Skill!, b: Skill!, because: String! }
  type Skills { overlap: Float!, aOnly: [Skill!]!, shared: [Shared!]!, related: [Related!]!, bOnly: [Skill!]! }
  type Choice { reasons: [Statement!]! }
  type Verdict { chooseA: Choice!, chooseB: Choice!, either: [Statement!]!, conclusion: [Statement!]! }
  type Comparison { title: String!, summary: [Statement!]!, glance: Glance!, skills: Skills!, verdict: Verdict! }
`;

const { attributes, careers, cursors } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const places = new Map(cursors.map((cursor, place) => [cursor, place]));
const bySlug = new Map(careers.map((career) => [career.slug, career]));
for (const career of careers) {
  career.values = new Map(career.values.map((value) => [value.attribute, value]));
  career.slugs = new Set(career.skills.map((skill) => skill.slug));
}

function statement(rule, row, text) {
  const facts = [
    { career: row.careers[0], attribute: row.attribute, value: row.a },
    { career: row.careers[1], attribute: row.attribute, value: row.b },
  ];
  return { text, rule, outcome: row.outcome, facts };
}

function rowsOf(a, b) {
  const rows = [];
  for (const attribute of attributes) {
    const [ours, theirs] = [a.values.get(attribute.key), b.values.get(attribute.key)];
    if (!ours && !theirs) continue;
    let outcome = "UNKNOWN";
    if (ours && theirs) {
      const difference = (ours.number - theirs.number) * attribute.sign;
      outcome = difference > 0 ? "A" : difference < 0 ? "B" : ours.display === theirs.display ? "TIE" : "NOT_COMPARED";
    }
    rows.push({ attribute, a: ours, b: theirs, outcome, careers: [a, b] });
  }
  return rows;
}

function reasons(rows, side, career, other) {
  return rows
    .filter((row) => row.outcome === side)
    .map((row) => {
      const [own, its] = side === "A" ? [row.a, row.b] : [row.b, row.a];
      const text = `${career.title}: ${row.attribute.label} ${own.display}, ${other.title} ${its.display}.`;
      return statement("better", row, text);
    });
}

function compare(_, { a: first, b: second }) {
  const [a, b] = [bySlug.get(first), bySlug.get(second)];
  if (!a || !b) return null;
  const rows = rowsOf(a, b);
  const [forA, forB] = [reasons(rows, "A", a, b), reasons(rows, "B", b, a)];
  const shared = [];
  for (const skill of a.skills) {
    if (b.slugs.has(skill.slug)) shared.push({ a: skill, b: b.skills.find((it) => it.slug === skill.slug) });
  }
  const aOnly = a.skills.filter((skill) => !b.slugs.has(skill.slug));
  const bOnly = b.skills.filter((skill) => !a.slugs.has(skill.slug));
  const ties = rows.filter((row) => row.outcome === "TIE");
  const conclusion = `${a.title} is better in ${forA.length}, ${b.title} in ${forB.length} of ${rows.length}.`;
  return {
    title: `${a.title} vs ${b.title}`,
    summary: [...forA.slice(0, 2), ...forB.slice(0, 2)],
    glance: { rows },
    skills: { overlap: shared.length / Math.max(1, shared.length + aOnly.length + bOnly.length), aOnly, shared, related: [], bOnly },
    verdict: {
      chooseA: { reasons: forA },
      chooseB: { reasons: forB },
      either: ties.map((row) => statement("tie", row, `Both are the same in ${row.attribute.label}.`)),
      conclusion: rows.length ? [statement("conclusion", rows[0], conclusion)] : [],
    },
  };
}

function list(_, { first, after }) {
  const start = after ? places.get(after) + 1 : 0;
  return { edges: careers.slice(start, start + first).map((node) => ({ node })) };
}

const app = Fastify();
app.register(mercurius, {
  schema: SCHEMA,
  resolvers: { Query: { comparison: compare, careers: list } },
  jit: 1,
});
await app.listen({ host: "127.0.0.1", port: Number(process.argv[3]) });
