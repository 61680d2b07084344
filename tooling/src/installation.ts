import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Installation } from "@mgs/cli/doctor/installation";
import { ConfigurationError } from "@mgs/core/configuration-error";
import { type Environment, EnvironmentError } from "@mgs/core/environment";
import { readSettings as readRealtimeSettings } from "@mgs/realtime-server/config/settings";
import type { CommandDatabase } from "./company-database";
import { createEnvironment } from "./environment";
import { ROOT } from "./paths";
import { resolveSecrets, SECRET_NAMES, type Secrets } from "./secrets";
import type { Settings } from "./settings";
import { isStillRunning, readInstance } from "./supervisor/instance-file";

/** Reads the installation of this checkout, with the environment that its start gives each process. */
export async function readInstallation(settings: Settings, opened: CommandDatabase): Promise<Installation> {
  const known = readInstance(settings.dataDir);
  const running = known && isStillRunning(known.supervisor) ? known : null;
  const actual = { ...settings, ports: opened.ports, urls: { ...settings.urls, ...running?.urls } };
  const { secrets, secretProblems } = await readSecrets(settings);
  const resources = {
    databaseUrl: opened.databaseUrl,
    redisUrl: opened.redisUrl,
    secrets,
    mode: "production" as const,
  };
  return {
    environments: {
      administration: createEnvironment("administration", actual, resources),
      commercial: createEnvironment("commercial", actual, resources),
      "gestion-dossier": createEnvironment("gestion-dossier", actual, resources),
      worker: createEnvironment("worker", actual, resources),
    },
    secretProblems,
    realtimeProblems: settings.foreignRealtime
      ? []
      : listRealtimeProblems(createEnvironment("realtime-server", actual, resources)),
    dataDir: settings.dataDir,
  };
}

/** Lists the settings that our realtime server would refuse, those of its configuration file included. */
function listRealtimeProblems(environment: Environment): readonly string[] {
  try {
    readRealtimeSettings(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

/** Reads the secrets. With invalid ones the doctor's other checks still run. */
async function readSecrets(settings: Settings): Promise<{ secrets: Secrets; secretProblems: readonly string[] }> {
  try {
    const example = await readFile(join(ROOT, ".env.example"), "utf8");
    return { secrets: await resolveSecrets(settings, example), secretProblems: [] };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const given = Object.fromEntries(SECRET_NAMES.map((name) => [name, settings.source[name] ?? ""]));
    return { secrets: { ...EMPTY_SECRETS, ...given }, secretProblems: error.problems };
  }
}

const EMPTY_SECRETS: Secrets = {
  MGS_KEY_ENCRYPTION_KEY: "",
  OIDC_COOKIE_SECRET: "",
  COMMERCIAL_OAUTH_CLIENT_SECRET: "",
  GESTION_DOSSIER_OAUTH_CLIENT_SECRET: "",
  COMMERCIAL_NEXTAUTH_SECRET: "",
  GESTION_DOSSIER_NEXTAUTH_SECRET: "",
  PUSHER_APP_SECRET: "",
};
