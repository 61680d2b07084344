import type { BUSINESS } from "../modules";
import type { AccessRow } from "./access-table";

type BusinessRoute = NonNullable<(typeof BUSINESS)[number]["routes"]>[number];

/** What stands at `{id}` below each folder of the API. */
const ID_NAMES: Readonly<Record<string, string>> = {
  dossiers: "dossierId",
  sessions: "sessionId",
  views: "viewId",
  absences: "absenceId",
  "dossier-types": "typeId",
  conversations: "conversationId",
  "conversations/user": "workerId",
  "conversations/scheduled": "scheduledId",
};

/** The address of a route, and its body, with the records of an office in their places. */
export function fillRoute(
  ids: ReadonlyMap<string, string | number>,
  { path, query = "" }: Pick<BusinessRoute, "path" | "query">,
  row: AccessRow,
): { path: string; send: { body: object | Buffer | undefined; headers: Readonly<Record<string, string>> } } {
  const segment = path.split("/")[2] ?? "";
  const named = (name: string): string | number => {
    const folder = path.split("/{id}")[0]?.slice("/api/".length) ?? "";
    const key = name === "id" ? (ID_NAMES[folder] ?? ID_NAMES[segment] ?? "") : name;
    const found = ids.get(key) ?? ids.get(`${segment}${key.charAt(0).toUpperCase()}${key.slice(1)}`);
    if (found === undefined) throw new Error(`no record stands at {${name}} of ${path}`);
    return found;
  };
  const body = row.body
    ? JSON.parse(JSON.stringify(row.body).replaceAll(/"\{(\w+)\}"/g, (_, name: string) => JSON.stringify(named(name))))
    : undefined;
  return {
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(named(name))) + query,
    send: { body: row.headers?.["upload-offset"] ? Buffer.from("%PDF") : body, headers: row.headers ?? {} },
  };
}
