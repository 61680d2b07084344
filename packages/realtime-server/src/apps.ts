import type { AppLimits } from "./limits";

/** A key and its secret. An app may have several, so that a secret rotates without a gap. */
export type AppKey = { key: string; secret: string };

export const WEBHOOK_KINDS = [
  "channel_occupied",
  "channel_vacated",
  "member_added",
  "member_removed",
  "client_event",
  "cache_miss",
  "subscription_count",
] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** An address that gets an app's webhooks. */
export type WebhookTarget = {
  url: string;
  /** Unset: every kind. */
  events?: readonly WebhookKind[] | undefined;
  /** Only channels whose names begin so; unset: every channel. */
  channelPrefix?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
};

/** An app as its file, its row or its environment describes it; unset fields have the server's defaults. */
export type AppDefinition = {
  id: string;
  keys: readonly AppKey[];
  /** A disabled app answers 4003 to clients and 403 to publishers. Default true. */
  enabled?: boolean | undefined;
  /** Whether clients may send `client-*` events. Default true. */
  clientEvents?: boolean | undefined;
  /** Whether clients have to come over TLS, this server's or a trusted proxy's; 4000 otherwise. Default false. */
  tlsOnly?: boolean | undefined;
  /** Origins (`https://a.example`, `https://*.example`) whose pages may connect; unset: every origin. */
  allowedOrigins?: readonly string[] | undefined;
  limits?: Partial<AppLimits> | undefined;
  webhooks?: readonly WebhookTarget[] | undefined;
};

/** An app in use. One object for the life of the app: a new definition changes its fields. */
export type App = {
  readonly id: string;
  keys: readonly AppKey[];
  enabled: boolean;
  clientEvents: boolean;
  tlsOnly: boolean;
  allowedOrigins: readonly string[] | undefined;
  limits: AppLimits;
  webhooks: readonly WebhookTarget[];
};

/** An app as a caller addressed it: by one of its keys. */
export type AppAccess = { app: App; key: AppKey };

export type AppRegistry = {
  byId(id: string): App | undefined;
  byKey(key: string): AppAccess | undefined;
  all(): readonly App[];
  /**
   * Replaces all definitions; connections stay, with the new rights.
   * @returns the removed apps
   * @throws Error when two apps share an id or a key; nothing has changed then
   */
  replace(definitions: readonly AppDefinition[]): readonly App[];
};

/** @throws Error when two apps share an id or a key */
export function createAppRegistry(definitions: readonly AppDefinition[], defaults: AppLimits): AppRegistry {
  let ids = new Map<string, App>();
  let keys = new Map<string, AppAccess>();
  /** Removed apps: an app that returns is the same object for its open connections. */
  const removedApps = new Map<string, App>();

  function replace(next: readonly AppDefinition[]): readonly App[] {
    checkUnique(next);
    const before = ids;
    ids = new Map();
    keys = new Map();
    for (const definition of next) {
      const fields = complete(definition, defaults);
      const known = before.get(definition.id) ?? removedApps.get(definition.id);
      const app = known === undefined ? fields : Object.assign(known, fields);
      ids.set(app.id, app);
      for (const key of app.keys) keys.set(key.key, { app, key });
    }
    const removed = [...before.values()].filter((app) => !ids.has(app.id));
    for (const app of removed) removedApps.set(app.id, app);
    for (const id of ids.keys()) removedApps.delete(id);
    return removed;
  }

  replace(definitions);
  return { byId: (id) => ids.get(id), byKey: (key) => keys.get(key), all: () => [...ids.values()], replace };
}

function complete(definition: AppDefinition, defaults: AppLimits): App {
  return {
    id: definition.id,
    keys: definition.keys,
    enabled: definition.enabled ?? true,
    clientEvents: definition.clientEvents ?? true,
    tlsOnly: definition.tlsOnly ?? false,
    allowedOrigins: definition.allowedOrigins,
    limits: { ...defaults, ...definition.limits },
    webhooks: definition.webhooks ?? [],
  };
}

function checkUnique(definitions: readonly AppDefinition[]): void {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const { id, keys: own } of definitions) {
    if (ids.has(id)) throw new Error(`two apps have the id ${id}`);
    ids.add(id);
    for (const { key } of own) {
      if (keys.has(key)) throw new Error(`two apps have the key ${key}`);
      keys.add(key);
    }
  }
}
