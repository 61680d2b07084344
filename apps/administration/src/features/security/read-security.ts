import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { canHavePasskeys } from "@mgs/identity/passkeys/relying-party";
import { sessionActor } from "@mgs/identity/portal-session";
import { describeSecondFactor } from "@mgs/identity/second-factor/describe-second-factor";
import { findFreshRecoveryCodes, findWaitingTotp } from "@mgs/identity/second-factor/enrol-totp";
import { readerZone } from "@mgs/portal/reader-zone";
import { cookies } from "next/headers";
import { portal, requireSession } from "../../portal";

export type SecurityView = Awaited<ReturnType<typeof readSecurity>>;

/** What the page "Sécurité" shows to the person who is signed in. */
export async function readSecurity() {
  const session = await requireSession();
  const { user, userSessionId } = session;
  const runtime = portal.runtime();
  const actor = sessionActor(session, "administration");
  const holder = { userSessionId };
  const [factors, waiting, codes, jar] = await Promise.all([
    describeSecondFactor(runtime, actor, { userId: user.id }),
    findWaitingTotp(runtime, { userId: user.id, email: user.email, holder }),
    findFreshRecoveryCodes(runtime, { userId: user.id, holder }),
    cookies(),
  ]);
  const timeZone = readerZone(user, (name) => jar.get(name)?.value);
  const format = new Intl.DateTimeFormat(user.locale, { dateStyle: "long", timeZone });
  const messages = messagesFor(user.locale);
  return {
    factors,
    waiting,
    codes,
    email: user.email,
    t: createTranslator(user.locale, messages, "security"),
    factorTexts: messages.secondFactor,
    date: (at: Date) => format.format(at),
    canHavePasskeys: canHavePasskeys(portal.signIn().issuer),
  };
}
