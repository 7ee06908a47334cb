import { sqliteAdapter } from "@payloadcms/db-sqlite";
import { buildConfig } from "payload";

const signedIn = ({ req }) => Boolean(req.user);
const access = { read: signedIn, create: signedIn, update: signedIn, delete: signedIn };

export default buildConfig({
  secret: process.env.PAYLOAD_SECRET ?? "for this machine alone",
  telemetry: false,
  db: sqliteAdapter({ client: { url: "file:./payload.db" } }),
  localization: { locales: ["en", "de"], defaultLocale: "en" },
  collections: [
    { slug: "users", auth: { useAPIKey: true }, fields: [] },
    { slug: "skills", access, fields: [{ name: "name", type: "text", localized: true }] },
    {
      slug: "careers",
      access,
      versions: { drafts: true },
      fields: [
        { name: "title", type: "text", localized: true },
        { name: "summary", type: "textarea", localized: true },
        { name: "field", type: "text" },
        { name: "pay", type: "group", fields: ["low", "high"].map((name) => ({ name, type: "number" })) },
        { name: "skills", type: "relationship", relationTo: "skills", hasMany: true },
      ],
    },
  ],
});
