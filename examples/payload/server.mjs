// Payload's REST API by itself, at /api: an application has it as a route of Next.js.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { getPayload, handleEndpoints } from "payload";
import config from "./payload.config.mjs";
import { seed } from "./seed.mjs";

const payload = await getPayload({ config });
const { totalDocs } = await payload.count({ collection: "users" });
if (totalDocs === 0) await seed(payload, process.env.PAYLOAD_API_KEY);

const server = createServer(async (incoming, outgoing) => {
  const { method, headers, url } = incoming;
  const body = method === "GET" ? undefined : Readable.toWeb(incoming);
  const request = new Request(new URL(url, "http://127.0.0.1"), { method, headers, body, duplex: "half" });
  const response = await handleEndpoints({ config, request });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
});
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/api/careers`);
});
