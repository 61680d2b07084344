import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import type Provider from "oidc-provider";
import { type Endpoint, endpointOf } from "./endpoints";
import { auditRevocation } from "./steps/audit-revocation";
import { completeScope } from "./steps/complete-scope";
import { convertPostToGet } from "./steps/convert-post-to-get";
import { endUserSessionAfterLogout } from "./steps/end-user-session";
import { showLogoutForm, skipLogoutForm } from "./steps/logout-form";
import { chooseErrorFormat, refuseUnknownEndpoint } from "./steps/program-errors";
import { replayRefresh } from "./steps/refresh-race";
import { resumeOrRestart } from "./steps/resume";
import { setSecurityHeaders } from "./steps/security-headers";
import type { Step } from "./steps/step";
import { writeUnitOfWork } from "./with-unit-of-work";

type PipelineDeps = {
  database: Database;
  sealer: Sealer;
  enqueuer: Enqueuer;
  identityHooks: readonly IdentityHooks[];
};

/**
 * What a request passes on its way to the library, outermost first: a step acts before `next`, after it, or instead of it.
 * Names of endpoints after a step: it runs for those alone.
 */
export function createPipeline(provider: Provider, deps: PipelineDeps, settings: { secure: boolean }): Step[] {
  const steps: Step[] = [];
  const use = (step: Step, ...only: Endpoint[]): void => {
    steps.push(only.length === 0 ? step : (ctx, next) => (isOneOf(only, ctx.path) ? step(ctx, next) : next()));
  };

  // Every answer carries the headers that browsers are protected by.
  use(setSecurityHeaders(settings));
  // The endpoint decides whether an error is JSON or a page, not the request's `Accept`.
  use(chooseErrorFormat);
  // A path or a method that no endpoint has is refused in JSON.
  use(refuseUnknownEndpoint);
  // The logout form's address opened by GET, as by a reload after a lost answer, shows the form.
  use(showLogoutForm, "end_session_confirm");
  // A request by POST goes on as the same one by GET.
  use(convertPostToGet, "authorization", "end_session");
  // What the steps after this one and the library write is one commit, made before the answer leaves.
  use(writeUnitOfWork(deps));
  // An interaction that was answered is resumed; one that leads nowhere any more begins again.
  use(resumeOrRestart(provider, settings), "resume");
  // A request without scopes asks for those of its client.
  use(completeScope(provider), "authorization");
  // Requests that race for one refresh token get one answer.
  use(replayRefresh(deps), "token");
  // A client that revokes a token of its own leaves an entry in the audit trail.
  use(auditRevocation(deps), "revocation");
  // A logout request of a browser that is not signed in needs no form.
  use(skipLogoutForm, "end_session");
  // A confirmed logout ends the user session; the same form a second time leads where it led before.
  use(endUserSessionAfterLogout(deps), "end_session_confirm");
  return steps;
}

function isOneOf(endpoints: readonly Endpoint[], path: string): boolean {
  const endpoint = endpointOf(path);
  return endpoint !== undefined && endpoints.includes(endpoint);
}
