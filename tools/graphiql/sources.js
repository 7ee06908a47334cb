// Writes the SHA-256 of every file that the bundle was built from, so that a test sees a bundle that is out of date.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A Vite plugin. */
export function sources(fileName) {
  return {
    name: "write-sources",
    generateBundle() {
      const names = readdirSync(import.meta.dirname).filter((name) => /\.(js|css|json)$/.test(name)).sort();
      const digest = (name) => createHash("sha256").update(readFileSync(`${import.meta.dirname}/${name}`)).digest("hex");
      this.emitFile({ type: "asset", fileName, source: names.map((name) => `${digest(name)}  ${name}\n`).join("") });
    },
  };
}
