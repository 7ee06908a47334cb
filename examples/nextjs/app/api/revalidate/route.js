import { revalidatePath } from "next/cache";
import { Webhook } from "standardwebhooks";
import { ask } from "../../../careers.js";

const LARGEST = 1024 * 1024;
const CHANGES = `query($since: Int!, $after: String) {
  changes(since: $since, after: $after, first: 100) { version everything pages { page slug } next }
}`;

/** Forgets the pages that a publish changed, and no others. What is answered by no 2xx is sent again, for three days. */
export async function POST(request) {
  const size = Number(request.headers.get("content-length") ?? Infinity);
  if (size > LARGEST) return new Response("too large", { status: 413 });
  let message;
  try {
    const hook = new Webhook(process.env.CAREERGRAPH_WEBHOOK_SECRET);
    message = hook.verify(await request.text(), Object.fromEntries(request.headers));
  } catch {
    return new Response("not signed by careergraph", { status: 400 });
  }
  if (message.type === "catalog.restored") revalidatePath("/", "layout");
  const done = message.type !== "catalog.published" || (await forget(message.data));
  return new Response(null, { status: done ? 204 : 503 });
}

/** Whether the server has the version already, and every page that changed since is forgotten. */
async function forget({ since, version }) {
  let changes = { next: null };
  do {
    const { data } = await ask(CHANGES, { since, after: changes.next });
    changes = data?.changes;
    if (!changes || changes.version < version) return false;
    if (changes.everything) revalidatePath("/", "layout");
    for (const { page, slug } of changes.pages) if (page === "COMPARISON") revalidatePath(`/compare/${slug}`);
  } while (changes.next);
  return true;
}
