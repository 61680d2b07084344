import { type AppDefinition, WEBHOOK_KINDS } from "../apps";
import { appSchema } from "./app-schema";

type Webhooks = NonNullable<AppDefinition["webhooks"]>;

/** Soketi's form of webhooks: `[{ url, event_types, headers, filter: { channel_name_starts_with } }]`, as JSON or parsed. */
export function readWebhooks(value: unknown): { targets: Webhooks; left: readonly string[] } | string {
  let parsed = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      return "must be JSON";
    }
  }
  if (!Array.isArray(parsed)) return "must be a list";
  const left = new Set<string>();
  const targets: unknown[] = [];
  for (const entry of parsed) {
    if (typeof entry !== "object" || entry === null) return "must be a list of objects";
    const { url, event_types: events, headers, filter = {}, ...others }: Record<string, unknown> = { ...entry };
    for (const name of Object.keys(others)) left.add(name);
    const { channel_name_starts_with: channelPrefix, ...filters }: Record<string, unknown> = { ...Object(filter) };
    for (const name of Object.keys(filters)) left.add(`filter.${name}`);
    targets.push(withoutUnset({ url, events: events && knownKinds(events, left), headers, channelPrefix }));
  }
  const result = appSchema.safeParse({ id: "app", keys: [{ key: "key", secret: "secret" }], webhooks: targets });
  if (!result.success)
    return result.error.issues.map(({ path, message }) => `${path.slice(1).join(".")} ${message}`).join("; ");
  return { targets: result.data.webhooks ?? [], left: [...left] };
}

/** `cache_missed` is Soketi's word for `cache_miss`. */
function knownKinds(events: unknown, left: Set<string>): unknown {
  if (!Array.isArray(events)) return events;
  return events
    .map((kind) => (kind === "cache_missed" ? "cache_miss" : kind))
    .filter((kind) => {
      const isKnown = WEBHOOK_KINDS.some((known) => known === kind);
      if (!isKnown) left.add(`event ${String(kind)}`);
      return isKnown;
    });
}

const withoutUnset = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
