import { PORTALS, type Portal } from "@mgs/core/portals";
import { isRouteOf, type RouteDeclaration } from "@mgs/http/route";
import type { Answer, DocumentedRoute } from "@mgs/http/route-docs";
import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from "zod-openapi";
import { serverOf } from "./document-head";
import { refusalsOf } from "./refusals";

const requestId = z.string().meta({ header: { id: "RequestId", description: "Names this call in the logs" } });

const MEDIA_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** One route as an operation of the document. */
export function operationOf(route: RouteDeclaration, docs: DocumentedRoute): ZodOpenApiOperationObject {
  const { tag, id, summary, description, body, answers } = docs;
  const answered = Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)] as const);
  return {
    tags: [tag.name],
    operationId: id,
    ...(PORTALS.every((portal) => isRouteOf(portal, route)) ? {} : { servers: serversOf(route) }),
    security: securityOf(route, docs),
    summary,
    ...(description === undefined ? {} : { description }),
    ...paramsOf(docs),
    ...(route.body && body ? { requestBody: requestBodyOf(route.body.kind, body) } : {}),
    responses: { ...Object.fromEntries(answered), ...refusalsOf(route, docs) },
  };
}

const serversOf = (route: RouteDeclaration) =>
  PORTALS.filter((portal: Portal) => isRouteOf(portal, route)).map((portal) => serverOf(portal));

/** Alternatives: a token with one scope, or a session's cookie. */
function securityOf(route: RouteDeclaration, { scopes = [], security }: DocumentedRoute) {
  if (route.access === "public") return security === undefined ? [] : [{ [security]: [] }];
  const needed = route.scope === null ? scopes : [route.scope];
  return [...needed.map((scope) => ({ oauth: [scope] })), { cookie: [] }];
}

function paramsOf({ params, query, headers }: DocumentedRoute): Pick<ZodOpenApiOperationObject, "requestParams"> {
  const requestParams = {
    ...(params ? { path: params } : {}),
    ...(query ? { query } : {}),
    ...(headers ? { header: headers } : {}),
  };
  return Object.keys(requestParams).length === 0 ? {} : { requestParams };
}

function requestBodyOf(kind: keyof typeof MEDIA_TYPES, body: NonNullable<DocumentedRoute["body"]>) {
  const content = {
    schema: body.schema,
    ...(body.example === undefined ? {} : { example: body.example }),
  };
  const mediaTypes = body.mediaTypes ?? [MEDIA_TYPES[kind]];
  return { required: true, content: Object.fromEntries(mediaTypes.map((type) => [type, content])) };
}

function responseOf(answer: Answer): ZodOpenApiResponseObject {
  const headers = z.object({ ...answer.headers?.shape, "X-Request-Id": requestId });
  const [mediaType, schema] =
    "body" in answer
      ? [answer.mediaType ?? MEDIA_TYPES.json, answer.body]
      : [MEDIA_TYPES.json, z.object({ success: z.literal(true), data: answer.data, ...answer.extra })];
  return { description: answer.description, headers, content: { [mediaType]: { schema } } };
}
