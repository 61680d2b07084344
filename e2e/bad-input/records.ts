import { randomUUID } from "node:crypto";
import { urlOf } from "../support/instance";

/** Records of the caller, so that bad input to them reaches what checks it: parts of paths, and what stands there. */
export async function createRecords(authorization: string, colleague: number): Promise<ReadonlyMap<string, string>> {
  const gestion = urlOf("gestion-dossier");
  async function post(path: string, input: object): Promise<Record<string, unknown>> {
    const response = await fetch(gestion + path, {
      method: "POST",
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
    const thread = await post(`${own}/threads`, { title: "À ne pas toucher", user_ids: [colleague] });
    parts.set(`/api/${segment}/{id}/threads/{threadId}`, `${own}/threads/${thread.id}`);
    parts.set(`/api/${segment}/{id}`, own);
  }
  parts.set("/pieces/{pieceId}", `/pieces/${piece.id}`);
  parts.set("/opinions/{opinionId}", `/opinions/${opinion.id}`);
  parts.set("/api/views/{id}", `/api/views/${view.id}`);
  parts.set("/api/dossier-types/{id}", "/api/dossier-types/1");
  return parts;
}
