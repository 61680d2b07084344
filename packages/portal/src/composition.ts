import { parseEnvironment } from "@mgs/core/environment";
import type { Portal } from "@mgs/core/portals";
import { databaseTakesWrites } from "@mgs/db/client";
import { isDatabaseAway } from "@mgs/db/database-away";
import { isRouteOf } from "@mgs/http/route";
import { createRouter } from "@mgs/http/router";
import type { SessionSource } from "@mgs/identity/portal-session";
import type { Module } from "@mgs/module/module";
import { createAuthenticate } from "@mgs/portal-auth/authenticate";
import { z } from "zod";
import type { BaseDeps } from "./base-deps";
import { baseRoutes } from "./base-routes";
import { type PortalRuntimeEnv, portalRuntimeEnv } from "./env";
import { pageSources } from "./palette/page-sources";
import { readLocale } from "./preferences";
import { recordWrite } from "./record-write";
import { createRuntime } from "./runtime";

/** Services of the module that signs a portal's visitors in. */
export type SignInServices = { sessions: SessionSource; clearCookies: readonly string[] };

/** The parts of a portal's process, made once. */
export type Composition = ReturnType<typeof compose>;

/** Reads the portal's variables and those of its modules. @throws EnvironmentError that lists every variable in error */
export function readEnv(modules: readonly Module[]): PortalRuntimeEnv {
  const schema = modules.reduce<z.ZodType>((all, { env }) => (env ? z.intersection(all, env) : all), z.object({}));
  return parseEnvironment(z.intersection(portalRuntimeEnv, schema), process.env) as PortalRuntimeEnv;
}

/** Makes the parts of a portal's process from its modules. It opens no connection and starts no timer. */
export function compose(portal: Portal, modules: readonly Module[], signInName: string) {
  const env = readEnv(modules);
  const runtime = createRuntime(portal, env);
  const services = new Map(modules.map((module) => [module.name, module.createServices?.(runtime, env) ?? {}]));
  const { sessions, clearCookies } = services.get(signInName) as SignInServices;
  const authenticate = createAuthenticate({
    sessions,
    authenticateToken: runtime.authenticateToken,
    authenticateCached: runtime.authenticateCached,
  });
  const base: BaseDeps = {
    ...runtime,
    sessions,
    clearCookies,
    authenticate,
    channels: modules.flatMap(({ channels = [] }) => channels),
    paletteSources: async () => [
      ...(await Promise.all(modules.flatMap(({ palette }) => (palette ? [palette()] : [])))).flat(),
      ...pageSources(portal, modules),
    ],
    openApi: once(async () => (await import("./openapi/create-document")).createOpenApiDocument(modules, portal)),
    asyncApi: once(async () => (await import("./asyncapi/create-asyncapi")).createAsyncApiDocument(modules, portal)),
    healthChecks: { postgresql: () => databaseTakesWrites(runtime.database) },
    metricsToken: env.METRICS_TOKEN,
  };
  const parts = modules.map((module) => ({ module, deps: { ...runtime, ...services.get(module.name) } }));
  const groups = parts.map(({ module: { routes = [] }, deps }) => ({
    routes: routes.filter((route) => isRouteOf(portal, route)),
    deps,
  }));
  const router = createRouter(
    {
      authenticate,
      ownOrigin: runtime.ownOrigin,
      logger: runtime.logger,
      localeOf: readLocale,
      isUnavailable: isDatabaseAway,
      beforeWrite: (call) => recordWrite(runtime.database, call),
    },
    [{ routes: baseRoutes, deps: base }, ...groups],
  );
  return { portal, env, runtime, services, parts, router, sessions, openApi: base.openApi, asyncApi: base.asyncApi };
}

/** Makes something at its first use; a failure is tried again with the next. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
