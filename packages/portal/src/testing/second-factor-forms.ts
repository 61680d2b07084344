import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { confirmTotp, findFreshRecoveryCodes, startTotp } from "@mgs/identity/second-factor/enrol-totp";
import { REDIRECT_URI, silentEnqueuer } from "@mgs/oidc/testing/provider-server";
import { Secret, TOTP } from "otpauth";
import type { OpenForm } from "./posted-form";

type Stage = {
  database: Database;
  sealer: Sealer;
  /** Of the password that `openSignIn` types. */
  passwordHash: string;
  openSignIn(clientId: string, email: string): Promise<OpenForm>;
  /** Posts a form, and follows redirects to a page or a client. */
  post(form: OpenForm): Promise<{ url: string }>;
};

const PERIOD_MS = 30_000;
let people = 0;

/** Opens the forms that come after the password. The role `gestionnaire` has to require a second factor. */
export function createFactorForms({ database, sealer, passwordHash, openSignIn, post }: Stage) {
  const deps = { database, sealer, enqueuer: silentEnqueuer, clock: { now: () => new Date() } };

  /** Each person signs in once: a code counts once. */
  async function addPerson(role: string) {
    const id = 1_000 + ++people;
    return database.user.create({ data: { id, email: `second-${id}@mgs.mg`, name: "S", passwordHash, role } });
  }

  /** The step after the password of a person who has an authenticator app, or of one who has to set it up. */
  async function openFactor(role: string, step: "code" | "enrolment") {
    const { id: userId, email } = await addPerson(role);
    const holder = { interaction: `before-${userId}` };
    const secrets = { app: "", recovery: "" };
    if (step === "code") {
      secrets.app = (await startTotp(deps, { userId, email, holder })).text;
      await confirmTotp(deps, { userId, holder, code: codeAt(secrets.app, Date.now() - PERIOD_MS) });
      secrets.recovery = (await findFreshRecoveryCodes(deps, { userId, holder }))?.[0] ?? "";
    }
    const form = await openSignIn("portal", email);
    const { url } = await post(form);
    const [, interaction = ""] = /\/interaction\/([\w-]+)\/factor$/.exec(url) ?? [];
    if (interaction === "") throw new Error(`the password led to ${url}`);
    if (step === "enrolment") secrets.app = (await startTotp(deps, { userId, email, holder: { interaction } })).text;
    const code = codeAt(secrets.app, Date.now());
    return { ...form, action: url.replace(/factor$/, step), page: url, code, recovery: secrets.recovery };
  }

  async function openEnrolment(): Promise<OpenForm & { page: string }> {
    const form = await openFactor("gestionnaire", "enrolment");
    return { ...form, fields: { code: form.code }, isEnd: (url) => url === form.page };
  }

  return {
    openEnrolment,
    async openCode(which: "code" | "recovery"): Promise<OpenForm> {
      const form = await openFactor("direction", "code");
      return { ...form, fields: { code: form[which] } };
    },
    /** The page with the recovery codes, which leads to the client. */
    async openRecoveryCodes(): Promise<OpenForm> {
      const { page, ...form } = await openEnrolment();
      const { url } = await post(form);
      if (url !== page) throw new Error(`the first code led to ${url}`);
      const isEnd = (at: string) => at.startsWith(`${REDIRECT_URI}?code=`);
      return { ...form, action: page.replace(/factor$/, "continue"), fields: {}, isEnd };
    },
  };
}

const codeAt = (secret: string, timestamp: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(" ", "")), timestamp });
