import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Installation } from "@mgs/cli/doctor/installation";
import { ConfigurationError } from "@mgs/core/configuration-error";
import { type Environment, EnvironmentError } from "@mgs/core/environment";
import { readSettings as readRealtimeSettings } from "@mgs/realtime-server/config/settings";
import type { CommandDatabase } from "./company-database";
import { environmentOf } from "./environment";
import { ROOT } from "./paths";
import { resolveSecrets, SECRET_NAMES, type Secrets } from "./secrets";
import type { Settings } from "./settings";
import { readInstance, stillRuns } from "./supervisor/instance-file";

/** The installation that this checkout runs or would run, with the environment that its start gives each process. */
export async function readInstallation(settings: Settings, opened: CommandDatabase): Promise<Installation> {
  const known = readInstance(settings.dataDir);
  const running = known && stillRuns(known.supervisor) ? known : null;
  const actual = { ...settings, ports: opened.ports, urls: { ...settings.urls, ...running?.urls } };
  const { secrets, secretProblems } = await secretsOf(settings);
  const resources = {
    databaseUrl: opened.databaseUrl,
    redisUrl: opened.redisUrl,
    secrets,
    mode: "production" as const,
  };
  return {
    environments: {
      administration: environmentOf("administration", actual, resources),
      commercial: environmentOf("commercial", actual, resources),
      "gestion-dossier": environmentOf("gestion-dossier", actual, resources),
      worker: environmentOf("worker", actual, resources),
    },
    secretProblems,
    realtimeProblems: settings.foreignRealtime
      ? []
      : problemsOfRealtimeServer(environmentOf("realtime-server", actual, resources)),
    dataDir: settings.dataDir,
  };
}

/** What our realtime server would refuse at its start, its configuration file included. */
function problemsOfRealtimeServer(environment: Environment): readonly string[] {
  try {
    readRealtimeSettings(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

/** With bad secrets the others can still be tried. */
async function secretsOf(settings: Settings): Promise<{ secrets: Secrets; secretProblems: readonly string[] }> {
  try {
    const example = await readFile(join(ROOT, ".env.example"), "utf8");
    return { secrets: await resolveSecrets(settings, example), secretProblems: [] };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const given = Object.fromEntries(SECRET_NAMES.map((name) => [name, settings.source[name] ?? ""]));
    return { secrets: { ...EMPTY, ...given }, secretProblems: error.problems };
  }
}

const EMPTY: Secrets = {
  MGS_KEY_ENCRYPTION_KEY: "",
  OIDC_COOKIE_SECRET: "",
  COMMERCIAL_OAUTH_CLIENT_SECRET: "",
  GESTION_DOSSIER_OAUTH_CLIENT_SECRET: "",
  COMMERCIAL_NEXTAUTH_SECRET: "",
  GESTION_DOSSIER_NEXTAUTH_SECRET: "",
  PUSHER_APP_SECRET: "",
};
