import { HIDDEN, hideSecrets } from "@mgs/core/redact";
import type { AppDefinition } from "../apps";
import type { Settings } from "./settings";

/** Settings as an operator may read and pass them on: every secret is masked. */
export function describeSettings(settings: Settings): Record<string, unknown> {
  const { observability: _observability, warnings: _warnings, ...shown } = settings;
  return {
    ...shown,
    metricsToken: mask(settings.metricsToken),
    apps: settings.apps.map(describeApp),
    ...(settings.redis === undefined ? {} : { redis: { ...settings.redis, url: hideSecrets(settings.redis.url) } }),
    ...(settings.laravel === undefined
      ? {}
      : { laravel: { ...settings.laravel, url: hideSecrets(settings.laravel.url) } }),
    ...(settings.socketIo === undefined
      ? {}
      : { socketIo: { ...settings.socketIo, httpKey: mask(settings.socketIo.httpKey) } }),
    ...(settings.tls === undefined ? {} : { tls: { ...settings.tls, passphrase: mask(settings.tls.passphrase) } }),
    ...(settings.appsDatabase === undefined
      ? {}
      : { appsDatabase: { ...settings.appsDatabase, url: hideQuery(settings.appsDatabase.url) } }),
  };
}

function describeApp(app: AppDefinition): Record<string, unknown> {
  return {
    ...app,
    keys: app.keys.map(({ key }) => ({ key, secret: HIDDEN })),
    ...(app.webhooks === undefined
      ? {}
      : {
          webhooks: app.webhooks.map(({ headers, url, ...rest }) => ({
            ...rest,
            url: hideQuery(url),
            ...(headers === undefined ? {} : { headers: Object.keys(headers) }),
          })),
        }),
  };
}

const mask = (secret: string | undefined): string | undefined => (secret === undefined ? undefined : HIDDEN);

/** A key in the query is a secret too, whatever it is called. */
const hideQuery = (url: string): string => hideSecrets(url).replace(/\?.*$/s, `?${HIDDEN}`);
