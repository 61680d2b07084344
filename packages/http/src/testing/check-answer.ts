import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { createPathMatcher, hasParameters } from "../path-pattern";
import type { RouteDeclaration } from "../route";
import { type Answer, impliedRefusals, type RouteTableDocs, routeKey } from "../route-docs";

/** Error codes that any route may answer. */
const OF_ALL_ROUTES: readonly string[] = [
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "INTERNAL_ERROR",
  "UNAVAILABLE",
  "MAINTENANCE",
];

const failure = z.object({ success: z.literal(false), error: z.object({ code: z.string() }) });

/**
 * Checks an answer against the documentation of its route: the status, every field of a success and none beside them, and the code of
 * a refusal.
 * @returns the key of the route, when it is documented and the answer is a success
 * @throws Error that says what the documentation does not
 */
export async function checkAnswer(
  { routes, docs }: { routes: readonly RouteDeclaration[]; docs: RouteTableDocs },
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const route = findRoute(routes, request);
  const found = route && docs[routeKey(route)];
  if (!route || !found || "leftOut" in found) return undefined;
  const key = routeKey(route);
  if (response.status >= 400) {
    const { error } = failure.parse(await response.clone().json());
    const codes = [...impliedRefusals(route), ...Object.keys(found.refusals ?? {}), ...OF_ALL_ROUTES];
    if (!codes.includes(error.code)) throw new Error(`${key} answers ${error.code}, which is not documented`);
    return undefined;
  }
  if (response.status === 204 || request.method === "HEAD") return key;
  const answer = found.answers[response.status];
  if (!answer) throw new Error(`${key} answers ${response.status}, which is not documented`);
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  const body: unknown = await (isJson ? response.clone().json() : response.clone().text());
  const parsed = schemaOf(answer).safeParse(body);
  if (!parsed.success) throw new Error(`${key}: ${z.prettifyError(parsed.error)}`);
  if (!isDeepStrictEqual(parsed.data, body)) {
    throw new Error(
      `${key} answers ${JSON.stringify(body)}, of which only ${JSON.stringify(parsed.data)} is documented`,
    );
  }
  return key;
}

function schemaOf(answer: Answer): z.ZodType {
  return "body" in answer
    ? answer.body
    : z.object({ success: z.literal(true), data: answer.data, message: z.string().optional(), ...answer.extra });
}

function findRoute(routes: readonly RouteDeclaration[], request: Request): RouteDeclaration | undefined {
  const { pathname } = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const answers = (route: RouteDeclaration) =>
    hasParameters(route.path) ? createPathMatcher(route.path)(pathname) !== null : route.path === pathname;
  const found = routes.filter((route) => route.method === method && answers(route));
  return found.find((route) => !hasParameters(route.path)) ?? found[0];
}
