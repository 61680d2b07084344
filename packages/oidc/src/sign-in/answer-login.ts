import { readCookies } from "@mgs/http/cookies";
import { readFormBody } from "@mgs/http/form-body";
import { checkOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import { startPasswordChange } from "@mgs/identity/account-links/start-password-change";
import { findSecondStep, rememberPassword } from "@mgs/identity/second-factor/pending-sign-in";
import { signIn } from "@mgs/identity/sign-in";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { interactionPath, secondFactorPath } from "../links";
import { openLogin } from "../login";
import type { ProviderServices } from "../services";
import { finishSignIn, goTo, readVisitor } from "./finish-sign-in";

const credentials = z.object({
  email: z.string().default(""),
  password: z.string().default(""),
  remember: z.string().max(10).default(""),
});

/**
 * `POST /interaction/{uid}/login`: the sign-in form. A script gets JSON and goes on by itself; a form without scripts is
 * sent on, or back to its page with what was wrong. Who has a second factor, or needs one, goes on to the page that asks for it.
 */
export async function answerLogin(
  { request, params }: PublicCall,
  deps: PortalDeps & ProviderServices,
): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const provider = await deps.provider();
  const { email, password, remember } = await readFormBody(request, credentials);
  const remembered = remember !== "";
  const cookies = readCookies(request.headers);
  const opened = openLogin({ ...deps, provider }, { uid: params.uid ?? "", cookies });
  // A wrong password is said first, whatever became of the interaction.
  opened.catch(() => undefined);
  const { user, passwordHash, mustChange } = await signIn(
    { ...deps, limiter: deps.signInLimiter },
    { email, password, ...readVisitor(deps, request) },
  );
  if (mustChange) {
    // Somebody else has set this password, or an administrator wants another one: it opens nothing but the page for a new one.
    const { uid } = (await opened).interaction;
    return goTo(request, await startPasswordChange(deps, { userId: user.id, goOn: interactionPath(uid) }));
  }
  const step = await findSecondStep(deps.database, user);
  const open = await opened;
  if (step === "none") return finishSignIn(deps, request, open, { user, passwordHash, method: "password", remembered });
  const { uid } = open.interaction;
  await rememberPassword(deps, { interaction: uid, userId: user.id, passwordHash, remembered });
  return goTo(request, secondFactorPath(uid));
}
