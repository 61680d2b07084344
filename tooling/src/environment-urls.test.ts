import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "@mgs/core/configuration-error";
import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { documentsEnv } from "@mgs/documents/env";
import { portalRuntimeEnv } from "@mgs/portal/env";
import { portalEnv } from "@mgs/portal-auth/env";
import { readSettings as readRealtimeSettings } from "@mgs/realtime-server/config/settings";
import { readEnv as readWorkerEnv } from "@mgs/worker/env";
import { expect, test } from "vitest";
import { readEnv } from "./env";
import { ROOT } from "./paths";

/** Every variable of .env.example that is a URL, with its scheme. */
const URLS = [
  ...readFileSync(join(ROOT, ".env.example"), "utf8").matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=([a-z]+):\/\//gm),
].map(([, name = "", scheme = ""]) => ({ name: name.replace(/^(COMMERCIAL|GESTION_DOSSIER)_(?!URL$)/, ""), scheme }));

const refusesBy: readonly ((environment: Environment) => unknown)[] = [
  readEnv,
  (environment) =>
    readRealtimeSettings({ PUSHER_APP_ID: "a", PUSHER_APP_KEY: "k", PUSHER_APP_SECRET: "s", ...environment }),
  (environment) => readWorkerEnv({ NODE_ENV: "production", ...environment }),
  (environment) => parseEnvironment(portalRuntimeEnv, environment),
  (environment) => parseEnvironment(portalEnv, environment),
  (environment) => parseEnvironment(documentsEnv, environment),
];

/** Reads the errors of processes about one variable. No other variable is set, so there are further errors. */
function complaintsOf(name: string, value: string): string[] {
  return refusesBy.flatMap((read) => {
    try {
      read({ [name]: value });
      return [];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      expect(error.message).not.toContain("pa#55");
      return error.problems.filter((problem) => problem.startsWith(`${name}: `));
    }
  });
}

test.each(URLS)("$name with a password that would need percent-encoding is refused by name", ({ name, scheme }) => {
  const complaints = complaintsOf(name, `${scheme}://no-reply@mgs.mg:pa#55@host:465`);
  expect(complaints).not.toEqual([]);
  for (const complaint of complaints) {
    expect(complaint).toMatch(
      /percent-encoding|must be an http\(s\) origin alone|must be a DSN|must be an http\(s\) origin followed by|must be origins/,
    );
  }
});

test.each(
  URLS.filter(({ name }) =>
    /^(ADMINISTRATION|COMMERCIAL|GESTION_DOSSIER|OAUTH_SERVER|NEXTAUTH|RESEND_BASE)_?URL$/.test(name),
  ),
)("$name is an origin: a path is refused, not dropped", ({ name }) => {
  const complaints = complaintsOf(name, "https://intra.example.com/mgs");
  expect(complaints).not.toEqual([]);
  for (const complaint of complaints) expect(complaint).toContain("must be an http(s) origin alone");
});

test("refuses a Redis database that is no number, because the client would use database 0", () => {
  expect(complaintsOf("REDIS_URL", "redis://localhost/abc").join()).toContain("no number");
  for (const value of ["redis://localhost", "redis://localhost/", "redis://localhost:6379/3"]) {
    expect(complaintsOf("REDIS_URL", value)).toEqual([]);
  }
});

test("a redirect URI with a slash at its end, and a host with a port, are refused", () => {
  const slash = complaintsOf("OAUTH_REDIRECT_URI", "http://localhost:3001/api/auth/callback/mgs/");
  expect(slash.join()).toContain("/api/auth/callback/mgs");
  for (const name of ["PUSHER_HOST", "PUSHER_PUBLIC_HOST"]) {
    expect(complaintsOf(name, "https://ws.example.com:443/").join()).toContain("must be a host name alone");
  }
  expect(complaintsOf("PUSHER_APP_CLUSTER", "eu.pusher.com/").join()).toContain("cluster's name alone");
  expect(complaintsOf("OTEL_EXPORTER_OTLP_HEADERS", "Basic pa#55 %").join()).toContain("percent-encoding");
  for (const value of ["pa#55 é", "pa#55%0a"]) {
    expect(complaintsOf("OTEL_EXPORTER_OTLP_HEADERS", `authorization=${value}`).join()).toContain("percent-encoding");
  }
  expect(complaintsOf("RESEND_API_KEY", "re_pa#55\n").join()).toContain("header");
  for (const token of ["pa#55 with spaces in it", "pa#55-é-0123456789"]) {
    expect(complaintsOf("METRICS_TOKEN", token).join()).toContain("header");
  }
});
