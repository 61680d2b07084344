import type { Logger } from "@mgs/core/logger";
import type { Settings } from "./settings";

/** Settings that take effect at a start only, by their names in the file. */
type RestartSettings = ReadonlyMap<string, string>;

/**
 * Makes a function that hears what is written down now, and warns of what differs from what is in force: once for each
 * change, by names, for values may be secret.
 */
export function createRestartNotice(inForce: Settings, logger: Logger): (written: Settings) => void {
  let last = inForce;
  return (written) => {
    const isNews = changedUntilRestart(last, written).length > 0;
    last = written;
    const settings = changedUntilRestart(inForce, written);
    if (isNews && settings.length > 0) logger.warn({ settings }, "changed settings need a restart");
  };
}

/** @returns the names of settings that differ and hold only from the next start on, as the file has them */
export function changedUntilRestart(inForce: Settings, written: Settings): string[] {
  const [before, after] = [restartSettings(inForce), restartSettings(written)];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

/** Everything but the apps, and the table that they are read from. */
function restartSettings(settings: Settings): RestartSettings {
  const { host, port, metrics, metricsToken, logLevel, debug, limits, tls, trustedProxies, redis, laravel, socketIo } =
    settings;
  const times = Object.entries(limits).map(([name, value]) => [name.replace(/Ms$/, "Seconds"), value]);
  const groups = {
    "": { host, port, logLevel, debug, trustedProxies },
    "metrics.": { ...metrics, token: metricsToken },
    "limits.": Object.fromEntries(times),
    "tls.": { ...tls },
    "redis.": { ...redis },
    "laravel.": { ...laravel },
    "socketIo.": { ...socketIo },
    "apps.database.": { pollSeconds: settings.appsDatabase?.pollSeconds },
  };
  const entries = Object.entries(groups).flatMap(([group, values]) =>
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[`${group}${name}`, JSON.stringify(value)]],
    ),
  );
  return new Map(entries);
}
