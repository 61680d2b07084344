import type { Portal } from "@mgs/core/portals";
import { isRouteOf, type RouteDeclaration } from "@mgs/http/route";
import type { Module } from "@mgs/module/module";
import { baseRoutes } from "./base-routes";

/** Lists every route of a portal with these modules. */
export function listRoutes(portal: Portal, modules: readonly Module[]): RouteDeclaration[] {
  const routes: readonly RouteDeclaration[] = [...baseRoutes, ...modules.flatMap(({ routes = [] }) => routes)];
  return routes.filter((route) => isRouteOf(portal, route));
}
