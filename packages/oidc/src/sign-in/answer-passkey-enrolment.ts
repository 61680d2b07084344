import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import { checkOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import { attestationInput } from "@mgs/identity/passkeys/passkey-answers";
import { relyingPartyOf } from "@mgs/identity/passkeys/relying-party";
import { enrolByPasskey, offerPasskeyEnrolment } from "@mgs/identity/second-factor/enrol-passkey";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import type { ProviderServices } from "../services";
import { openSecondFactor, showCodesOrFinish } from "./answer-second-factor";

type Deps = PortalDeps & ProviderServices;

const newPasskey = z.strictObject({ answer: attestationInput });
const nothing = z.strictObject({});

/** `POST /interaction/{uid}/enrolment/passkey/options`: what the browser asks its authenticator for a first passkey. */
export async function answerEnrolmentOptions({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  await readJson(request, nothing);
  const { open } = await openSecondFactor(deps, request, params);
  return ok(await offerPasskeyEnrolment(withRelyingParty(deps), { interaction: open.interaction.uid }));
}

/** `POST /interaction/{uid}/enrolment/passkey`: the passkey that the person had to set up. Their recovery codes are shown before they go on. */
export async function answerPasskeyEnrolment({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const { answer } = await readJson(request, newPasskey);
  const { open, user } = await openSecondFactor(deps, request, params);
  const userAgent = request.headers.get("user-agent");
  const input = { interaction: open.interaction.uid, answer, userAgent };
  const pending = await enrolByPasskey(withRelyingParty(deps), input);
  return showCodesOrFinish(deps, request, open, user, pending);
}

const withRelyingParty = (deps: Deps) => ({ ...deps, relyingParty: relyingPartyOf(deps.issuer) });
