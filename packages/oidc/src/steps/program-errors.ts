import { isFrontChannel, PROVIDER_PATHS } from "../endpoints";
import type { Step } from "./step";

/** Endpoints that programs call, with the value of their `Allow` header. */
const PROGRAM_METHODS: Readonly<Record<string, string>> = {
  [PROVIDER_PATHS.token]: "POST",
  [PROVIDER_PATHS.introspection]: "POST",
  [PROVIDER_PATHS.revocation]: "POST",
  [PROVIDER_PATHS.userinfo]: "GET, HEAD, POST",
  [PROVIDER_PATHS.jwks]: "GET, HEAD",
  "/.well-known/openid-configuration": "GET, HEAD",
};

/** Programs get errors in JSON whatever they accept (RFC 6749 section 5.2), and people a page. */
export const chooseErrorFormat: Step = async (ctx, next) => {
  ctx.req.headers.accept = isFrontChannel(ctx.path) ? "text/html" : "application/json";
  await next();
};

/** Answers in JSON where the library finds no endpoint: it would answer in plain text. */
export const refuseUnknownEndpoint: Step = async (ctx, next) => {
  await next();
  if (isFrontChannel(ctx.path) || ctx.status !== 404 || ctx.body) return;
  const allow = PROGRAM_METHODS[ctx.path];
  ctx.status = allow === undefined ? 404 : 405;
  if (allow !== undefined) ctx.set("Allow", allow);
  const error_description = allow === undefined ? "there is no such endpoint" : `this endpoint takes ${allow}`;
  ctx.body = { error: "invalid_request", error_description };
};
