import { AppError } from "@mgs/core/errors";
import { readCookies } from "@mgs/http/cookies";
import { readFormBody } from "@mgs/http/form-body";
import { checkOrigin } from "@mgs/http/origin";
import type { PublicCall } from "@mgs/http/route";
import { requireEnrolledPasskey } from "@mgs/identity/second-factor/enrol-passkey";
import { findFreshRecoveryCodes, putAwayRecoveryCodes } from "@mgs/identity/second-factor/enrol-totp";
import {
  findPendingSignIn,
  type PendingSignIn,
  proveByCode,
  proveByEnrolment,
} from "@mgs/identity/second-factor/pending-sign-in";
import { findUser, type User } from "@mgs/identity/users.repository";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { secondFactorPath } from "../links";
import { type OpenLogin, openLogin } from "../login";
import type { ProviderServices } from "../services";
import { finishSignIn, goTo, knownDeviceOf, readVisitor } from "./finish-sign-in";

type Deps = PortalDeps & ProviderServices;

const MAX_CODE_CHARACTERS = 100;
const codeForm = z.object({ code: z.string().max(MAX_CODE_CHARACTERS).default("") });
const emptyForm = z.object({});

const AUTH_METHODS = {
  totp: "password+totp",
  "recovery-code": "password+recovery-code",
  passkey: "passkey",
} as const;

/** `POST /interaction/{uid}/code`: a code of the authenticator app, or a recovery code. */
export async function answerCode({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const { code } = await readFormBody(request, codeForm);
  const { open, user } = await openSecondFactor(deps, request, params);
  const pending = await proveByCode(deps, await codeInput(deps, request, open, user, code));
  return finish(deps, request, open, user, pending);
}

/**
 * `POST /interaction/{uid}/enrolment`: the first code of an authenticator app that the person had to set up. Their recovery codes are
 * shown before they go on.
 */
export async function answerEnrolment({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  const { code } = await readFormBody(request, codeForm);
  const { open, user } = await openSecondFactor(deps, request, params);
  const pending = await proveByEnrolment(deps, await codeInput(deps, request, open, user, code));
  return showCodesOrFinish(deps, request, open, user, pending);
}

/** Goes on after a factor was set up: by the page with the recovery codes, when some were made. */
export async function showCodesOrFinish(
  deps: Deps,
  request: Request,
  open: OpenLogin,
  user: User,
  pending: PendingSignIn,
): Promise<Response> {
  const { uid } = open.interaction;
  const codes = await findFreshRecoveryCodes(deps, { userId: user.id, holder: { interaction: uid } });
  return codes ? goTo(request, secondFactorPath(uid)) : finish(deps, request, open, user, pending);
}

/** `POST /interaction/{uid}/continue`: the person has kept their recovery codes. */
export async function answerContinue({ request, params }: PublicCall, deps: Deps): Promise<Response> {
  checkOrigin(request.headers, deps.ownOrigin);
  await readFormBody(request, emptyForm);
  const { open, user, pending } = await openSecondFactor(deps, request, params);
  if (pending.method === null) throw new AppError("INVALID_CODE");
  const answer = await finish(deps, request, open, user, pending);
  await putAwayRecoveryCodes(deps, { interaction: open.interaction.uid });
  return answer;
}

/** The open interaction of a request whose password was right. @throws AppError INTERACTION_NOT_FOUND, SIGN_IN_EXPIRED */
export async function openSecondFactor(deps: Deps, request: Request, params: Record<string, string>) {
  const provider = await deps.provider();
  const cookies = readCookies(request.headers);
  const open = await openLogin({ ...deps, provider }, { uid: params.uid ?? "", cookies });
  const pending = await findPendingSignIn(deps, open.interaction.uid);
  const user = await findUser(deps.database, pending.userId);
  if (!user) throw new AppError("SIGN_IN_EXPIRED");
  return { open, pending, user };
}

async function codeInput(deps: Deps, request: Request, { interaction }: OpenLogin, user: User, code: string) {
  const knownDevice = await knownDeviceOf(deps, request, user.email);
  return { interaction: interaction.uid, code, ip: readVisitor(deps, request).ip, knownDevice };
}

async function finish(
  deps: Deps,
  request: Request,
  open: OpenLogin,
  user: User,
  pending: PendingSignIn,
): Promise<Response> {
  if (pending.method === null) throw new AppError("INVALID_CODE");
  if (pending.method === "passkey") await requireEnrolledPasskey(deps.database, user.id);
  const { passwordHash, method, remembered } = pending;
  return finishSignIn(deps, request, open, { user, passwordHash, method: AUTH_METHODS[method], remembered });
}
