import type { ErrorCode } from "@mgs/core/errors";
import type { Scope } from "@mgs/core/scopes";
import type { z } from "zod";
import type { RouteDeclaration } from "./route";

/**
 * What the OpenAPI document says of a route beside what its declaration tells. It stands in `routes.openapi.ts` beside
 * `routes.ts`, which the command line and tests alone load: no request pays for it.
 */

/** The tag under which routes of one subject are listed. */
export type Tag = { name: string; description?: string };

/** `{ success: true, data, … }`. */
type EnvelopeAnswer = {
  description: string;
  data: z.ZodType;
  /** Fields beside `data`. */
  extra?: Readonly<Record<string, z.ZodType>>;
  headers?: z.ZodObject;
};

/** A body without the envelope, because a foreign protocol requires it. */
type PlainAnswer = { description: string; body: z.ZodType; mediaType?: string; headers?: z.ZodObject };

export type Answer = EnvelopeAnswer | PlainAnswer;

/**
 * What a refusal means here, in a text that follows its code; `true` where it means what it does on every route.
 * `extra` are fields beside `error`.
 */
export type RefusalDocs = true | string | { description: string; extra: Readonly<Record<string, z.ZodType>> };

export type BodyDocs = {
  /** The schema that the use case parses the body with. */
  schema: z.ZodType;
  /** Content that the route reads. Default: that of its declaration. */
  mediaTypes?: readonly string[];
  example?: unknown;
};

export type DocumentedRoute = {
  tag: Tag;
  /** The `operationId`: generated clients name their functions by it. */
  id: string;
  summary: string;
  /** Markdown. */
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: BodyDocs;
  /** Successes, by status. */
  answers: Readonly<Record<number, Answer>>;
  /** Refusals besides those of the declaration (authentication, Origin, size and form of a body). */
  refusals?: { readonly [Code in ErrorCode]?: RefusalDocs };
  /** Scopes, of which what is asked for needs one. */
  scopes?: readonly Scope[];
  /** A token that is none of the provider's, by its name in the document's security schemes. */
  security?: string;
};

/** A route that is no part of the API for programs. */
export type LeftOutRoute = { leftOut: string };

export type RouteDocs = DocumentedRoute | LeftOutRoute;

/** The documentation of routes, each by its {@link routeKey}. */
export type RouteTableDocs = Readonly<Record<string, RouteDocs>>;

type Named = Pick<RouteDeclaration, "method" | "path">;

/** Key of a route's documentation: `GET /api/me`. */
export type RouteKey<R extends Named> = R extends Named ? `${R["method"]} ${R["path"]}` : never;

/** @see RouteKey */
export function routeKey<const R extends Named>({ method, path }: R): RouteKey<R> {
  return `${method} ${path}` as RouteKey<R>;
}

const OF_CALLERS: readonly ErrorCode[] = [
  "UNAUTHENTICATED",
  "SESSION_ENDED",
  "FORBIDDEN",
  "INSUFFICIENT_SCOPE",
  "ORIGIN_REFUSED",
  "PORTAL_REFUSED",
];
const OF_BODIES: readonly ErrorCode[] = [
  "INVALID_JSON",
  "BAD_REQUEST",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "VALIDATION_ERROR",
];

/** Lists the refusals that follow from a route's declaration. */
export function impliedRefusals({ access, body }: Pick<RouteDeclaration, "access" | "body">): readonly ErrorCode[] {
  return [...(access === "signed-in" ? OF_CALLERS : []), ...(body ? OF_BODIES : [])];
}

type PathParameter<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameter<Rest>
  : never;

/** Documentation that a declaration requires: every parameter of the path, the body, and the scopes that it leaves open. */
type DocsOf<R extends Named> =
  | LeftOutRoute
  | (DocumentedRoute &
      (R extends { body: object } ? { body: BodyDocs } : { body?: never }) &
      (R extends { access: "signed-in"; scope: null } ? { scopes: readonly Scope[] } : { scopes?: never }) &
      ([PathParameter<R["path"]>] extends [never]
        ? { params?: never }
        : { params: z.ZodObject<Record<PathParameter<R["path"]>, z.ZodType>> }));

/**
 * The documentation of a table of routes: one entry for each, and none for a route that is not there.
 * @typeParam Routes the type of the table, declared `as const satisfies readonly Route<…>[]`
 */
export type DocsOfRoutes<Routes extends readonly Named[]> = {
  readonly [R in Routes[number] as RouteKey<R>]: DocsOf<R>;
};
