import { signInErrorPath } from "@mgs/core/portal-links";
import { type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";
import { endpointOf } from "./endpoints";
import { restartUrl } from "./interaction";
import type { BoundInteraction } from "./interaction-model";
import { clientLogoutPath } from "./logout";

/**
 * Redirects a person with a broken request to a page of administration, with the error's own two words. Where the request
 * failed only because this browser has another session by now, the client's request is made anew.
 */
export const renderError: NonNullable<Configuration["renderError"]> = async (ctx, out, error) => {
  ctx.state.refused = true;
  ctx.status = 303;
  const interaction = ctx.oidc?.entities.Interaction as BoundInteraction | undefined;
  if (interaction && error instanceof errors.SessionNotFound) return ctx.redirect(restartUrl(interaction));
  if (endpointOf(ctx.path) === "end_session_confirm") return ctx.redirect(clientLogoutPath({ error: out.error }));
  const query = {
    error: out.error,
    ...(out.error_description ? { detail: out.error_description } : {}),
    ...(ctx.oidc?.client ? { client: ctx.oidc.client.clientId } : {}),
  };
  ctx.redirect(signInErrorPath(query));
};

/** Answers an error of this process as the library does: a program in JSON, a person with a page. */
export async function answerServerError(ctx: KoaContextWithOIDC, thrown: unknown): Promise<void> {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const out = { error: "server_error", error_description: "oops! something went wrong" };
  ctx.remove("Location");
  ctx.status = 500;
  if (ctx.accepts("json", "html") === "html") await renderError(ctx, out, error);
  else ctx.body = out;
  ctx.oidc.provider.emit("server_error", ctx, error);
}
