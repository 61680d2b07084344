import { join } from "node:path";
import { SECURITY_HEADERS } from "@mgs/http/security-headers";
import type { NextConfig } from "next";

const OUR_PACKAGES = [
  "command-kit",
  "core",
  "db",
  "email",
  "http",
  "i18n",
  "identity",
  "jobs",
  "module",
  "notifications",
  "observability",
  "oidc",
  "portal",
  "portal-auth",
];
const SHARED = ["realtime", "realtime-admin", "shell", "ui"];

/** What the three apps' `next.config.ts` have in common. */
export function nextSettings(own: NextConfig = {}): NextConfig {
  return {
    poweredByHeader: false,
    // For images: a folder with everything that the server needs. The trace begins at the top of the repository.
    ...(process.env.MGS_STANDALONE
      ? { output: "standalone" as const, outputFileTracingRoot: join(process.cwd(), "..", "..") }
      : {}),
    reactStrictMode: true,
    // Types are checked once for the whole repository, by `npm test`.
    typescript: { ignoreBuildErrors: true },
    transpilePackages: [...OUR_PACKAGES, ...SHARED].map((name) => `@mgs/${name}`),
    serverExternalPackages: [
      "oidc-provider",
      "@node-rs/argon2",
      "@node-rs/bcrypt",
      "pino",
      "bullmq",
      "ioredis",
      "prom-client",
      "@opentelemetry/api",
      "@opentelemetry/context-async-hooks",
      "@opentelemetry/core",
      "@opentelemetry/exporter-trace-otlp-http",
      "@opentelemetry/instrumentation-http",
      "@opentelemetry/instrumentation-ioredis",
      "@opentelemetry/instrumentation-pg",
      "@opentelemetry/resources",
      "@opentelemetry/sdk-trace",
      "@sentry/node",
      "pg",
      "pusher",
      "next-auth",
    ],
    // NextAuth's own addresses, should a browser be led there: pages of ours stand in for them.
    redirects: async () =>
      [
        ["/api/auth/signin/:rest*", "/login/oauth"],
        ["/api/auth/signout", "/logout"],
        ["/api/auth/error", "/login/erreur"],
        ["/api/auth/verify-request", "/login/erreur"],
        ["/api/auth/callback/:provider((?!mgs$)[^/]+)", "/login/erreur"],
      ].map(([source = "", destination = ""]) => ({ source, destination, statusCode: 303 })),
    headers: async () => [
      { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
    ],
    ...own,
  };
}
