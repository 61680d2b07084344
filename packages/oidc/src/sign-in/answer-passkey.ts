import { readJson } from "@mgs/http/body";
import { readCookies } from "@mgs/http/cookies";
import { ok } from "@mgs/http/envelope";
import { checkOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import { assertionInput } from "@mgs/identity/passkeys/passkey-answers";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { signInByPasskey } from "@mgs/identity/passkeys/sign-in-by-passkey";
import { askForPasskey } from "@mgs/identity/passkeys/verify-passkey";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { loadBoundInteraction } from "../interaction";
import { openLogin } from "../login";
import type { ProviderServices } from "../services";
import { finishSignIn } from "./finish-sign-in";

type Deps = PortalDeps & ProviderServices;

const passkeyAnswer = z.strictObject({ answer: assertionInput });
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
  const { answer } = await readJson(request, passkeyAnswer);
  const cookies = readCookies(request.headers);
  const provider = await deps.provider();
  const open = await openLogin({ ...deps, provider }, { uid: params.uid ?? "", cookies });
  const proven = await signInByPasskey(withRelyingParty(deps), { interaction: open.interaction.uid, answer });
  return finishSignIn(deps, request, open, { ...proven, method: "passkey" });
}

const withRelyingParty = (deps: Deps) => ({ ...deps, relyingParty: relyingPartyOf(deps.issuer) });
