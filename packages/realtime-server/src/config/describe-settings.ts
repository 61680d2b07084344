import type { AppDefinition } from "../apps";
import type { Settings } from "./settings";

const MASK = "[hidden]";

/** Settings as an operator may read and pass them on: every secret is masked. */
export function describeSettings(settings: Settings): Record<string, unknown> {
  const { observability: _observability, warnings: _warnings, ...shown } = settings;
  return {
    ...shown,
    metricsToken: mask(settings.metricsToken),
    apps: settings.apps.map(describeApp),
    ...(settings.redis === undefined
      ? {}
      : { redis: { ...settings.redis, url: withoutRedisPassword(settings.redis.url) } }),
    ...(settings.laravel === undefined
      ? {}
      : { laravel: { ...settings.laravel, url: withoutRedisPassword(settings.laravel.url) } }),
    ...(settings.tls === undefined ? {} : { tls: { ...settings.tls, passphrase: mask(settings.tls.passphrase) } }),
    ...(settings.appsDatabase === undefined
      ? {}
      : { appsDatabase: { ...settings.appsDatabase, url: withoutPassword(settings.appsDatabase.url) } }),
  };
}

function describeApp(app: AppDefinition): Record<string, unknown> {
  return {
    ...app,
    keys: app.keys.map(({ key }) => ({ key, secret: MASK })),
    ...(app.webhooks === undefined
      ? {}
      : {
          webhooks: app.webhooks.map(({ headers, url, ...rest }) => ({
            ...rest,
            url: withoutPassword(url),
            ...(headers === undefined ? {} : { headers: Object.keys(headers) }),
          })),
        }),
  };
}

const mask = (secret: string | undefined): string | undefined => (secret === undefined ? undefined : MASK);

/** A list of hosts is no URL to the platform's parser. */
const withoutRedisPassword = (text: string): string =>
  text.replaceAll(/(\/\/[^:@/]*:)[^@/]*(?=@)/g, "$1hidden").replaceAll(/(assword=)[^&]*/g, "$1hidden");

function withoutPassword(text: string): string {
  const url = new URL(text);
  if (url.password !== "") url.password = "hidden";
  // A key in the query is a secret too.
  for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, "hidden");
  return url.href;
}
