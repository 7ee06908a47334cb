import { cookies, draftMode } from "next/headers";
import { redirect } from "next/navigation";
import { ask } from "../../../careers.js";

export async function GET(request) {
  const { searchParams } = new URL(request.url);
  const secret = searchParams.get("secret") ?? "";
  const path = searchParams.get("path") ?? "/";
  if (!/^\/(?![\/\\])/.test(path)) return new Response("no path of this site", { status: 400 });
  const { data } = await ask("{ catalog { preview { expiresAt } } }", {}, secret);
  if (!data?.catalog.preview) return new Response("the preview has ended", { status: 403 });
  const expires = new Date(data.catalog.preview.expiresAt);
  (await cookies()).set("careergraph-preview", secret, { httpOnly: true, secure: true, sameSite: "lax", expires });
  (await draftMode()).enable();
  redirect(path);
}

/** Leaves draft mode. The preview itself ends by `revokePreview`. */
export async function DELETE() {
  (await cookies()).delete("careergraph-preview");
  (await draftMode()).disable();
  return new Response(null, { status: 204 });
}
