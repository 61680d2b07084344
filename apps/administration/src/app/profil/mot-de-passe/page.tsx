import { forgottenPasswordPath, profilePath } from "@mgs/core/portal-links";
import { messagesFor } from "@mgs/i18n/catalogue";
import { pageTitle } from "@mgs/portal/page-title";
import { ActionForm } from "@mgs/shell/actions/action-form";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { textLinkStyles } from "@mgs/ui/text-link";
import { PasswordActionField } from "../../../features/account/password-action-field";
import { proofReturnAddress } from "../../../features/proof/return-address";
import { currentSession, portal, requireSession } from "../../../portal";
import { changeOwnPassword } from "./change-password.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.account.changeTitle);

type Props = { searchParams: Promise<{ retour?: string | string[] }> };

/** Changes the password of the person who is signed in, of whatever portal they are: it stands outside this portal's frame. */
export default async function ChangePassword({ searchParams }: Props) {
  const { retour } = await searchParams;
  const { user } = await requireSession();
  const texts = messagesFor(user.locale);
  const { account, signIn } = texts;
  const back = retour === undefined ? profilePath() : proofReturnAddress(retour, portal.runtime().portalUrls);
  return (
    <PublicFrame portal="administration" title={account.changeTitle} intro={account.changeIntro} footer={user.email}>
      <ActionForm
        action={changeOwnPassword}
        submit={account.change}
        resets
        actions={
          <a href={back} className={textLinkStyles}>
            {account.back}
          </a>
        }
      >
        <input type="hidden" name="username" autoComplete="username" value={user.email} />
        <PasswordActionField name="current" label={account.current} autoComplete="current-password" />
        <PasswordActionField
          name="password"
          label={account.newPassword}
          description={account.rule}
          autoComplete="new-password"
        />
      </ActionForm>
      <p className="mt-4">
        <a href={forgottenPasswordPath()} className={textLinkStyles}>
          {signIn.forgotten}
        </a>
      </p>
    </PublicFrame>
  );
}
