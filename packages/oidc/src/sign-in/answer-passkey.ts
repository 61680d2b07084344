import { readJson } from "@mgs/http/body";
import { readCookies } from "@mgs/http/cookies";
import { ok } from "@mgs/http/envelope";
import { checkOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import { assertionInput } from "@mgs/identity/passkeys/passkey-answers";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { signInByPasskey } from "@mgs/identity/passkeys/sign-in-by-passkey";
import { askForPasskey } from "@mgs/identity/passkeys/verify-passkey";
import { isPendingRemembered } from "@mgs/identity/second-factor/pending-sign-in";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { loadBoundInteraction } from "../interaction";
import { openLogin } from "../login";
import type { ProviderServices } from "../services";
import { finishSignIn, readVisitor } from "./finish-sign-in";

type Deps = PortalDeps & ProviderServices;

/** `remember` comes from the page of the password; on that of the second factor the box was ticked before. */
const passkeyAnswer = z.strictObject({ answer: assertionInput, remember: z.boolean().optional() });
const nothing = z.strictObject({});

/** `POST /interaction/{uid}/passkey/options`: what the browser asks its authenticators. */
export async function answerPasskeyOptions({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  await readJson(request, nothing);
  const cookies = readCookies(request.headers);
  const { uid } = await loadBoundInteraction(await deps.provider(), { uid: params.uid ?? "", cookies });
  return ok(await askForPasskey(withRelyingParty(deps), { interaction: uid }));
}

/** `POST /interaction/{uid}/passkey`: the answer of an authenticator, which counts as both factors. */
export async function answerPasskey({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const { answer, remember } = await readJson(request, passkeyAnswer);
  const cookies = readCookies(request.headers);
  const provider = await deps.provider();
  const open = await openLogin({ ...deps, provider }, { uid: params.uid ?? "", cookies });
  const { ip } = readVisitor(deps, request);
  const interaction = open.interaction.uid;
  const proven = await signInByPasskey(withRelyingParty(deps), { interaction, answer, ip });
  const remembered = remember ?? (await isPendingRemembered(deps, { interaction, userId: proven.user.id }));
  return finishSignIn(deps, request, open, { ...proven, method: "passkey", remembered });
}

const withRelyingParty = (deps: Deps) => ({ ...deps, relyingParty: relyingPartyOf(deps.issuer) });
