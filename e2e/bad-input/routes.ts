import { PORTAL_MODULES } from "../../packages/cli/src/portal-modules";
import { PORTALS, type Portal } from "../../packages/core/src/portals";
import { ROUTE_METHODS, type RouteDeclaration, type RouteMethod } from "../../packages/http/src/route";
import { listRoutes } from "../../packages/portal/src/route-table";

/** The properties of one path's routes that its refusals depend on. */
export type PathRoutes = {
  path: string;
  portals: readonly Portal[];
  methods: readonly RouteMethod[];
  /** `person`: a signed-in person, by cookie or token; `sender`: a token or cookie that may send. */
  access: "public" | "person" | "sender";
  /** Methods that read a body, with its kind. */
  body?: { methods: readonly RouteMethod[]; kind: "json" | "form"; maxBytes: number };
  /** A query that the route requires. */
  query?: string;
};

function accessOf(route: RouteDeclaration): PathRoutes["access"] {
  if (route.access === "public") return "public";
  return route.programs ? "sender" : "person";
}

function toPathRoutes(path: string, portals: readonly Portal[], routes: readonly RouteDeclaration[]): PathRoutes {
  const [first] = routes;
  if (!first) throw new Error(`no route at ${path}`);
  const reading = routes.filter(({ body }) => body);
  const { body } = reading[0] ?? {};
  const query = routes.map((route) => route.query).find((one) => one !== undefined);
  return {
    path,
    portals,
    methods: routes.map(({ method }) => method),
    access: accessOf(first),
    ...(body ? { body: { ...body, methods: reading.map(({ method }) => method) } } : {}),
    ...(query === undefined ? {} : { query }),
  };
}

/** Addresses without a route, below the folders of our routes. */
const UNKNOWN_PATHS: readonly PathRoutes[] = ["/api", "/broadcasting", "/health"].map((folder) => ({
  path: `${folder}/nowhere/at-all`,
  portals: PORTALS,
  methods: ROUTE_METHODS,
  access: "public",
}));

/** Every path of the route table, and one below each folder that is not in it. */
export const PATH_ROUTES: readonly PathRoutes[] = [
  ...[
    ...Map.groupBy(
      PORTALS.flatMap((portal) => listRoutes(portal, PORTAL_MODULES).map((route) => ({ portal, route }))),
      ({ route }) => route.path,
    ),
  ].flatMap(([path, found]) => {
    // In another portal the same path may belong to another module.
    const groups = Map.groupBy(found, ({ portal }) =>
      found
        .filter((one) => one.portal === portal)
        .map(({ route }) => route.method)
        .join(),
    );
    return [...groups.values()].map((group) => {
      const portals = [...new Set(group.map(({ portal }) => portal))];
      const routes = group.filter(({ portal }) => portal === portals[0]).map(({ route }) => route);
      return toPathRoutes(path, portals, routes);
    });
  }),
  ...UNKNOWN_PATHS,
];
