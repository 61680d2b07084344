import { messagesFor } from "@mgs/i18n/catalogue";
import { pageTitle } from "@mgs/portal/page-title";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { proofReturnAddress } from "../../features/proof/return-address";
import { currentSession, PageTexts, portal, requireSession } from "../../portal";
import { proveWithPassword } from "./prove.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.proof.title);

type Props = { searchParams: Promise<{ retour?: string | string[] }> };

/** Asks a signed-in person for a fresh proof of their identity before a dangerous act. */
export default async function ProofPage({ searchParams }: Props) {
  const { retour } = await searchParams;
  const { user } = await requireSession();
  const texts = messagesFor(user.locale).proof;
  const address = proofReturnAddress(retour, portal.runtime().portalUrls);
  return (
    <PageTexts groups={[]}>
      <PublicFrame portal="administration" title={texts.title} intro={texts.intro} footer={user.email}>
        <ActionForm
          action={proveWithPassword}
          submit={texts.submit}
          actions={
            <a href={address} className="text-muted text-sm underline underline-offset-4 hover:text-ink">
              {texts.cancel}
            </a>
          }
        >
          <input type="hidden" name="retour" value={address} />
          <input type="hidden" name="username" autoComplete="username" value={user.email} />
          <ActionField
            name="password"
            type="password"
            label={texts.password}
            autoComplete="current-password"
            required
          />
        </ActionForm>
      </PublicFrame>
    </PageTexts>
  );
}
