// Collects the licence of every package of which something is in the bundle, also in those of the workers.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TEXTS = /^(licen[cs]e|notice|thirdpartynotices)/i;
const COMMENTS = /\/\*!?(?:[^*]|\*(?!\/))*(?:@licen[cs]e|Copyright|\(c\))(?:[^*]|\*(?!\/))*\*\//g;
const RULE = "=".repeat(80);

/** The folder of the package that a module belongs to, undefined for our own. */
function packageOf(module) {
  const path = module.split("?")[0].replace(/^\0/, "");
  if (!path.includes("/node_modules/")) return undefined;
  let folder = dirname(path);
  while (!existsSync(join(folder, "package.json")) || !named(folder)) folder = dirname(folder);
  return folder;
}

function named(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}

/** What a package says of its licence, then what its bundled files say of code they took from elsewhere. */
function section(folder, modules) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (!texts.length) texts.push(`Its package holds no text of a licence; it declares: ${license}.`);
  const comments = new Set();
  for (const path of modules) for (const [comment] of readFileSync(path, "utf8").matchAll(COMMENTS)) comments.add(comment);
  const own = [...comments].filter((comment) => !/Copyright \(c\) Microsoft|Facebook|GraphQL Contributors/.test(comment)).sort();
  return [RULE, `${name} ${version} (${license})`, "-".repeat(80), ...texts, ...own].join("\n");
}

/** A Vite plugin. `collect` goes into each bundle, `write` into the main one, which is finished last. */
export function licences(fileName) {
  const modules = new Map();
  const collect = {
    name: "collect-licences",
    moduleParsed({ id }) {
      const folder = packageOf(id);
      if (folder && existsSync(id.split("?")[0])) modules.set(folder, (modules.get(folder) ?? new Set()).add(id.split("?")[0]));
    },
  };
  const write = {
    name: "write-licences",
    generateBundle() {
      const sections = [...modules].map(([folder, paths]) => section(folder, paths)).sort();
      const source = ["Third-party software inside the files of this folder, with the licence of each.", ...sections].join("\n\n") + "\n";
      this.emitFile({ type: "asset", fileName, source });
    },
  };
  return { collect, write };
}
