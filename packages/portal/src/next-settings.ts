import { join } from "node:path";
import { SECURITY_HEADERS } from "@mgs/http/security-headers";
import type { NextConfig } from "next";

const OUR_PACKAGES = [
  "audit",
  "business",
  "calendar",
  "command-kit",
  "comments",
  "console",
  "core",
  "db",
  "documents",
  "dossiers",
  "email",
  "http",
  "i18n",
  "identity",
  "jobs",
  "journal",
  "maintenance",
  "messaging",
  "module",
  "notifications",
  "observability",
  "oidc",
  "portal",
  "portal-auth",
  "records",
  "writing",
];
const SHARED = ["realtime", "realtime-admin", "shell", "ui"];

/** Makes the settings that the three apps' `next.config.ts` share. */
export function nextSettings(own: NextConfig = {}): NextConfig {
  return {
    poweredByHeader: false,
    // The standalone output is a folder with everything that the server needs, for images.
    ...(process.env.MGS_STANDALONE
      ? { output: "standalone" as const, outputFileTracingRoot: join(process.cwd(), "..", "..") }
      : {}),
    reactStrictMode: true,
    // A page's title comes with the page, for everybody: streamed after it, it is gone for a moment whenever a page is drawn anew.
    htmlLimitedBots: /.*/,
    experimental: {
      // The shell is on every page of a portal. With the bundler's 50,000 bytes (before minifying) it was cut in two in the portal with
      // the most pages, and two files compress worse than one: 59.6 KiB became 57.5 (see e2e/weight.spec.ts).
      turbopackChunking: { minChunkSize: 100_000 },
    },
    // `npm test` checks the types of the whole repository once.
    typescript: { ignoreBuildErrors: true },
    transpilePackages: [...OUR_PACKAGES, ...SHARED].map((name) => `@mgs/${name}`),
    serverExternalPackages: [
      "oidc-provider",
      "@node-rs/argon2",
      "@node-rs/bcrypt",
      "maxmind",
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
    // A browser that reaches one of NextAuth's own pages is redirected to ours.
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
