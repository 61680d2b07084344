import { messagesFor } from "@mgs/i18n/catalogue";
import { sessionActor } from "@mgs/identity/portal-session";
import { findProofMethods } from "@mgs/identity/proofs/find-proof-methods";
import { pageTitle } from "@mgs/portal/page-title";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { PageToasts } from "@mgs/shell/toasts/page-toasts";
import { textLinkStyles } from "@mgs/ui/text-link";
import { PasswordActionField } from "../../features/account/password-action-field";
import { ProveWithPasskey } from "../../features/proof/prove-with-passkey";
import { proofReturnAddress } from "../../features/proof/return-address";
import { currentSession, PageTexts, portal, requireSession } from "../../portal";
import { askPasskey, proveWithCode, proveWithPasskey, proveWithPassword } from "./prove.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.proof.title);

type Props = { searchParams: Promise<{ retour?: string | string[] }> };

/** Asks a signed-in person for a fresh proof of their identity before a dangerous act, by the strongest method that they have. */
export default async function ProofPage({ searchParams }: Props) {
  const { retour } = await searchParams;
  const session = await requireSession();
  const { user } = session;
  const runtime = portal.runtime();
  const texts = messagesFor(user.locale).proof;
  const address = proofReturnAddress(retour, runtime.portalUrls);
  const methods = await findProofMethods(runtime, sessionActor(session, "administration"));
  const cancel = (
    <a href={address} className={textLinkStyles}>
      {texts.cancel}
    </a>
  );
  const code = (
    <ActionForm action={proveWithCode} submit={texts.submit} actions={methods.passkey ? null : cancel}>
      <input type="hidden" name="retour" value={address} />
      <ActionField
        name="code"
        label={texts.code}
        description={texts.codeHint}
        autoComplete="one-time-code"
        maxLength={40}
        required
      />
    </ActionForm>
  );
  return (
    <PageTexts groups={["passkey", "notifications"]}>
      <PublicFrame portal="administration" title={texts.title} intro={texts.intro} footer={user.email}>
        {methods.passkey ? (
          <div className="grid gap-6">
            <ProveWithPasskey ask={askPasskey} prove={proveWithPasskey.bind(null, address)} />
            {methods.code ? (
              <details className="rounded-lg border border-line px-4 py-3">
                <summary className="cursor-pointer font-medium">{texts.otherWay}</summary>
                <div className="mt-4">{code}</div>
              </details>
            ) : null}
            <div className="text-center">{cancel}</div>
          </div>
        ) : null}
        {methods.code && !methods.passkey ? code : null}
        {methods.password ? (
          <ActionForm action={proveWithPassword} submit={texts.submit} actions={cancel}>
            <input type="hidden" name="retour" value={address} />
            <input type="hidden" name="username" autoComplete="username" value={user.email} />
            <PasswordActionField name="password" label={texts.password} autoComplete="current-password" />
          </ActionForm>
        ) : null}
      </PublicFrame>
      {methods.passkey ? <PageToasts /> : null}
    </PageTexts>
  );
}
