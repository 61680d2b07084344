import type { Portal } from "@mgs/core/portals";
import { isRouteOf, type RouteDeclaration } from "@mgs/http/route";
import { type DocumentedRoute, type RouteTableDocs, routeKey, type Tag } from "@mgs/http/route-docs";
import type { Module } from "@mgs/module/module";
import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { baseRoutes } from "../base-routes";
import { INFO, SECURITY_SCHEMES, serverOf, serversOf } from "./document-head";
import { operationOf } from "./operation";
import { simplifySchema } from "./simplify-schema";

type Entry = { route: RouteDeclaration; docs: DocumentedRoute };

/** A table of routes, with its documentation. */
export type RouteTable = { name: string; routes: readonly RouteDeclaration[]; docs: RouteTableDocs };

/** Every table of portals with these modules, that of the routes that all of them have included. */
export async function loadRouteTables(modules: readonly Module[]): Promise<RouteTable[]> {
  const { baseOpenApi } = await import("../base-routes.openapi");
  const ofModules = modules.map(async ({ name, routes = [], openApi }) => ({
    name,
    routes,
    docs: (await openApi?.()) ?? {},
  }));
  return [...(await Promise.all(ofModules)), { name: "portal", routes: baseRoutes, docs: baseOpenApi }];
}

/**
 * The OpenAPI document of portals with these modules.
 * @param portal one portal alone: the document has its routes, and no others. Default: all
 * @throws Error for a route that is neither documented nor left out with a reason
 */
export async function createOpenApiDocument(modules: readonly Module[], portal?: Portal) {
  const entries = (await loadRouteTables(modules)).flatMap(({ routes, docs }) =>
    routes.flatMap((route): Entry[] => {
      const found = docs[routeKey(route)];
      if (found === undefined) throw new Error(`${routeKey(route)} has no documentation`);
      return "leftOut" in found || (portal && !isRouteOf(portal, route)) ? [] : [{ route, docs: found }];
    }),
  );
  const document: ZodOpenApiObject = {
    openapi: "3.1.0",
    info: INFO,
    servers: portal
      ? [serverOf(portal)]
      : serversOf((one) => entries.filter(({ route }) => !isRouteOf(one, route)).map(({ route: { path } }) => path)),
    tags: tagsOf(entries),
    security: [{ oauth: [] }, { cookie: [] }],
    paths: pathsOf(entries),
    components: { securitySchemes: SECURITY_SCHEMES },
  };
  return createDocument(document, { override: simplifySchema });
}

function tagsOf(entries: readonly Entry[]): Tag[] {
  return [...new Map(entries.map(({ docs: { tag } }) => [tag.name, tag])).values()];
}

function pathsOf(entries: readonly Entry[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const { route, docs } of entries) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, docs) };
  }
  return paths;
}
