import { randomUUID } from "node:crypto";
import { urlOf } from "../support/instance";

/** Records of the caller, so that bad input to them reaches what checks it: parts of paths, and what stands there. */
export async function createRecords(
  caller: { authorization: string; id: number },
  other: { authorization: string; id: number },
): Promise<ReadonlyMap<string, string>> {
  const gestion = urlOf("gestion-dossier");
  const post = (path: string, input: object) => send("POST", path, input, caller.authorization);
  async function send(method: string, path: string, input: object, authorization: string) {
    const response = await fetch(gestion + path, {
      method,
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as { data?: Record<string, unknown> };
    if (!answer.data) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.data;
  }
  const concerned = { kind: "personne", name: "Lala Rasoa" };
  const dossier = await post("/api/dossiers", { title: "À ne pas toucher", type_id: 1, concerned, due_on: null });
  const session = await post("/api/sessions", {
    title: "À ne pas toucher",
    starts_at: "2099-01-12T06:00:00Z",
    ends_at: "2099-01-12T08:00:00Z",
  });
  const at = `/api/dossiers/${dossier.id}`;
  const piece = await post(`${at}/pieces`, { name: "Plan" });
  const opinion = await post(`${at}/opinions`, { role: "administrateur", question: "À ne pas toucher ?" });
  const view = await post("/api/views", { list: "dossiers", name: randomUUID(), query: "" });
  const parts = new Map<string, string>();
  for (const [segment, id] of [
    ["dossiers", dossier.id],
    ["sessions", session.id],
  ]) {
    const own = `/api/${segment}/${id}`;
    const comment = await post(`${own}/comments`, { id: randomUUID(), content: "À ne pas toucher", mentions: [] });
    parts.set(`/api/${segment}/{id}/comments/{commentId}`, `${own}/comments/${comment.id}`);
    const thread = await post(`${own}/threads`, { title: "À ne pas toucher", user_ids: [caller.id] });
    parts.set(`/api/${segment}/{id}/threads/{threadId}`, `${own}/threads/${thread.id}`);
    parts.set(`/api/${segment}/{id}`, own);
  }
  // A conversation of two people, muted for the other: nothing is told of it while the rows are counted.
  const conversation = await post("/api/conversations", { user_ids: [other.id] });
  const talk = `/api/conversations/${conversation.id}`;
  await send("PATCH", talk, { muted: true }, other.authorization);
  const message = await post(`${talk}/messages`, { id: randomUUID(), content: "À ne pas toucher" });
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1_000).toISOString();
  const scheduled = await post(`${talk}/scheduled`, { content: "À ne pas toucher", send_at: tomorrow });
  parts.set("/api/conversations/scheduled/{id}", `/api/conversations/scheduled/${scheduled.id}`);
  parts.set("/api/conversations/{id}/messages/{messageId}", `${talk}/messages/${message.id}`);
  parts.set("/api/conversations/{id}", talk);
  parts.set("/pieces/{pieceId}", `/pieces/${piece.id}`);
  parts.set("/opinions/{opinionId}", `/opinions/${opinion.id}`);
  parts.set("/api/views/{id}", `/api/views/${view.id}`);
  parts.set("/api/dossier-types/{id}", "/api/dossier-types/1");
  return parts;
}
