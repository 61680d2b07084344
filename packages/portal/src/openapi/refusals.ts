import { ERROR_STATUS, type ErrorCode } from "@mgs/core/errors";
import type { RouteDeclaration } from "@mgs/http/route";
import { type DocumentedRoute, impliedRefusals, type RefusalDocs } from "@mgs/http/route-docs";
import { z } from "zod";
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";

const CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

const failureFields = {
  success: z.literal(false),
  error: z.object({
    code: z.enum(CODES).meta({ id: "ErrorCode" }),
    message: z.string().meta({ description: "In the caller's language" }),
    details: z
      .array(
        z.object({
          path: z.string().meta({ description: "The field, dotted; a header's name for a header" }),
          message: z.string(),
        }),
      )
      .optional(),
  }),
};
const failure = z.object(failureFields).meta({ id: "Failure" });

const challenge = z.string().meta({
  header: { description: '`Bearer realm="mgs"`, with `error="invalid_token"` when a token was given' },
});
const retryAfter = z
  .int()
  .min(1)
  .meta({ header: { id: "RetryAfter", description: "Seconds until a new attempt makes sense" } });

const RETRIED: ReadonlySet<ErrorCode> = new Set(["RATE_LIMITED", "TOO_MANY_ATTEMPTS", "UNAVAILABLE", "MAINTENANCE"]);

const describe = (codes: readonly ErrorCode[], meaning: string): string =>
  `${codes.map((code) => `\`${code}\``).join(" or ")}${meaning}`;

function refusal(codes: readonly ErrorCode[], description: string, more: ZodOpenApiResponseObject | object = {}) {
  const headers = {
    ...(codes.some((code) => ERROR_STATUS[code] === 401) ? { "WWW-Authenticate": challenge } : {}),
    ...(codes.some((code) => RETRIED.has(code)) ? { "Retry-After": retryAfter } : {}),
  };
  return {
    description,
    ...(Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {}),
    content: { "application/json": { schema: failure } },
    ...more,
  } satisfies ZodOpenApiResponseObject;
}

/** Refusals of every route, each with its error codes. */
const SHARED: readonly { codes: readonly ErrorCode[]; response: ZodOpenApiResponseObject }[] = [
  share("BadRequest", ["INVALID_JSON", "BAD_REQUEST"], ": the body is empty, not UTF-8 or not JSON"),
  {
    codes: ["UNAUTHENTICATED", "SESSION_ENDED"],
    response: refusal(
      ["UNAUTHENTICATED", "SESSION_ENDED"],
      [
        "`UNAUTHENTICATED`: no token and no cookie, or a token that is unknown, expired or revoked. `SESSION_ENDED`: a cookie whose session",
        "is over.\n",
      ].join("\n"),
      { id: "Unauthenticated" },
    ),
  },
  {
    codes: ["FORBIDDEN", "INSUFFICIENT_SCOPE", "ORIGIN_REFUSED", "PORTAL_REFUSED"],
    response: refusal(
      ["FORBIDDEN"],
      [
        "`FORBIDDEN`: not for this caller (a machine client, another's channel). `INSUFFICIENT_SCOPE`: the token lacks the scope.",
        "`ORIGIN_REFUSED`: a write with a cookie from another site. `PORTAL_REFUSED`: the role does not open this portal.\n",
      ].join("\n"),
      { id: "Forbidden" },
    ),
  },
  share("MethodNotAllowed", ["METHOD_NOT_ALLOWED"], ", with `Allow`"),
  share("TooLarge", ["PAYLOAD_TOO_LARGE"]),
  share("UnsupportedMediaType", ["UNSUPPORTED_MEDIA_TYPE"]),
  {
    codes: ["VALIDATION_ERROR"],
    response: refusal(["VALIDATION_ERROR"], "`VALIDATION_ERROR`, with at most 20 details", {
      id: "Invalid",
      content: {
        "application/json": {
          schema: failure,
          example: {
            success: false,
            error: {
              code: "VALIDATION_ERROR",
              message: "Certaines valeurs sont incorrectes.",
              details: [{ path: "titre", message: "Cette valeur est obligatoire." }],
            },
          },
        },
      },
    }),
  },
  share("TooMany", ["RATE_LIMITED"]),
  share("Internal", ["INTERNAL_ERROR"], ": our own fault, logged under the request's id"),
];

function share(id: string, codes: readonly ErrorCode[], meaning = "") {
  return { codes, response: refusal(codes, describe(codes, meaning), { id }) };
}

/** Lists a route's refusals: those of its declaration, and those that its documentation adds. */
export function refusalsOf(route: RouteDeclaration, docs: DocumentedRoute): ZodOpenApiResponsesObject {
  const own = Object.entries(docs.refusals ?? {}) as [ErrorCode, RefusalDocs][];
  const all = [...impliedRefusals(route).map((code) => [code, true] as const), ...own];
  const byStatus = Map.groupBy(all, ([code]) => String(ERROR_STATUS[code]));
  return Object.fromEntries([...byStatus].map(([status, refusals]) => [status, joinRefusals(refusals)]));
}

/** The response of one status: what each code means that has words of its own on this route. */
function joinRefusals(refusals: readonly (readonly [ErrorCode, RefusalDocs])[]): ZodOpenApiResponseObject {
  const worded = refusals.filter((one): one is readonly [ErrorCode, string] => typeof one[1] === "string");
  if (worded.length < 2) return refusals.map((one) => responseOf(...one)).at(-1) as ZodOpenApiResponseObject;
  return refusal(
    worded.map(([code]) => code),
    worded.map(([code, meaning]) => describe([code], `: ${meaning}`)).join(". "),
  );
}

function responseOf(code: ErrorCode, meaning: RefusalDocs): ZodOpenApiResponseObject {
  if (typeof meaning === "string") return refusal([code], describe([code], `: ${meaning}`));
  if (meaning === true) {
    const shared = SHARED.find(({ codes }) => codes.includes(code));
    if (!shared) throw new Error(`${code} has no meaning that all routes share: say what it means on this one`);
    return shared.response;
  }
  const schema = z.object({ ...failureFields, ...meaning.extra });
  return refusal([code], describe([code], `, ${meaning.description}`), { content: { "application/json": { schema } } });
}
