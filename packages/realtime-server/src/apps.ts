/** A key and its secret. An app may have several, so that a secret rotates without a gap. */
export type AppKey = { key: string; secret: string };

export type App = {
  id: string;
  keys: readonly AppKey[];
  /** A disabled app answers 4003 to clients and 403 to publishers. Default true. */
  enabled?: boolean;
  /** Whether clients may send `client-*` events. Default true. */
  clientEvents?: boolean;
};

/** An app as a caller addressed it: by one of its keys. */
export type AppAccess = { app: App; key: AppKey };

export type AppRegistry = {
  byId(id: string): App | undefined;
  byKey(key: string): AppAccess | undefined;
};

/** @throws Error when two apps share an id or a key */
export function createAppRegistry(apps: readonly App[]): AppRegistry {
  const ids = new Map<string, App>();
  const keys = new Map<string, AppAccess>();
  for (const app of apps) {
    if (ids.has(app.id)) throw new Error(`two apps have the id ${app.id}`);
    ids.set(app.id, app);
    for (const key of app.keys) {
      if (keys.has(key.key)) throw new Error(`two apps have the key ${key.key}`);
      keys.set(key.key, { app, key });
    }
  }
  return { byId: (id) => ids.get(id), byKey: (key) => keys.get(key) };
}
