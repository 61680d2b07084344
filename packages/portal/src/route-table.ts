import type { Portal } from "@mgs/core/portals";
import { isRouteOf, type RouteDeclaration } from "@mgs/http/route";
import type { Module } from "@mgs/module/module";
import { baseRoutes } from "./base-routes";

/** Every route that a portal with these modules has: what its router answers by. */
export function routesOf(portal: Portal, modules: readonly Module[]): RouteDeclaration[] {
  const routes: readonly RouteDeclaration[] = [...baseRoutes, ...modules.flatMap(({ routes = [] }) => routes)];
  return routes.filter((route) => isRouteOf(portal, route));
}
