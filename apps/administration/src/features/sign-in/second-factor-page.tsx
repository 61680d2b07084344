import { isPortal } from "@mgs/core/portals";
import type { Messages } from "@mgs/i18n/catalogue";
import {
  codeFormPath,
  continueFormPath,
  enrolmentFormPath,
  interactionPath,
  passkeyEnrolmentPath,
  passkeyPath,
  recoveryFormPath,
} from "@mgs/oidc/links";
import type { SecondFactorView } from "@mgs/oidc/sign-in/view-second-factor";
import { PasskeySignIn } from "@mgs/shell/auth/passkey-sign-in";
import { RecoveryCodeList } from "@mgs/shell/auth/recovery-code-list";
import { TotpSetUp } from "@mgs/shell/auth/totp-set-up";
import { PublicFrame } from "@mgs/shell/layout/public-frame";
import { Alert } from "@mgs/ui/alert";
import { buttonStyles } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import type { ReactNode } from "react";

type Texts = Messages["secondFactor"];
type Problem = { message: string; retrySeconds: number };

type SecondFactorPageProps = {
  view: SecondFactorView;
  texts: Texts;
  problem: Problem | null;
  /** The refused form was that of the recovery code, which stays open then. */
  isRecovery: boolean;
};

/** Asks for the second factor after the password, or leads through its set-up. Its forms need no scripts. */
export function SecondFactorPage({ view, texts, problem, isRecovery }: SecondFactorPageProps) {
  const { client, uid } = view;
  const portal = client.firstParty && isPortal(client.id) ? client.id : "administration";
  return (
    <PublicFrame
      portal={portal}
      {...headingOf(view, texts)}
      footer={<span className="break-words">{texts.account.replace("{email}", view.email)}</span>}
    >
      <div className="grid gap-6">
        {problem ? (
          <Alert tone="danger">
            <p>{problem.message}</p>
            {problem.retrySeconds > 0 ? (
              <p className="mt-1 font-medium">{texts.retryIn.replace("{seconds}", String(problem.retrySeconds))}</p>
            ) : null}
          </Alert>
        ) : null}
        <Step view={view} texts={texts} isRecovery={isRecovery} />
        <a href={interactionPath(uid)} className="text-center text-muted text-sm underline underline-offset-4">
          {texts.restart}
        </a>
      </div>
    </PublicFrame>
  );
}

function headingOf({ step }: SecondFactorView, texts: Texts): { title: string; intro: string } {
  switch (step) {
    case "code":
      return { title: texts.title, intro: texts.codeIntro };
    case "passkey":
      return { title: texts.title, intro: texts.passkeyIntro };
    case "enrol":
      return { title: texts.enrolTitle, intro: texts.enrolIntro };
    case "codes":
      return { title: texts.codesTitle, intro: texts.codesIntro };
  }
}

function Step({ view, texts, isRecovery }: Omit<SecondFactorPageProps, "problem">) {
  const { uid } = view;
  if (view.step === "codes") {
    return (
      <form method="post" action={continueFormPath(uid)} className="grid gap-6">
        {view.codes.length > 0 ? <RecoveryCodeList codes={view.codes} account={view.email} /> : null}
        <Submit>{texts.kept}</Submit>
      </form>
    );
  }
  if (view.step === "enrol") {
    return (
      <>
        <PasskeySignIn action={passkeyEnrolmentPath(uid)} variant="primary" enrols />
        <form method="post" action={enrolmentFormPath(uid)} className="grid gap-6 border-line border-t pt-6">
          <h2 className="font-semibold">{texts.enrolApp}</h2>
          <TotpSetUp text={view.totp.text} qr={view.totp.qr} texts={texts} />
          <CodeField label={texts.confirm} description={texts.codeHint} />
          <Submit variant="secondary">{texts.submit}</Submit>
        </form>
      </>
    );
  }
  const recovery = <RecoveryForm action={recoveryFormPath(uid)} texts={texts} open={isRecovery} />;
  if (view.step === "passkey") {
    return (
      <>
        <PasskeySignIn action={passkeyPath(uid)} variant="primary" />
        {recovery}
      </>
    );
  }
  return (
    <>
      <form method="post" action={codeFormPath(uid)} className="grid gap-6">
        <CodeField label={texts.code} description={texts.codeHint} />
        <Submit>{texts.submit}</Submit>
      </form>
      {view.hasPasskey ? <PasskeySignIn action={passkeyPath(uid)} /> : null}
      {recovery}
    </>
  );
}

function CodeField({ label, description }: { label: string; description: string }) {
  return (
    <Field label={label} description={description}>
      {(control) => (
        <Input
          {...control}
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          pattern="[0-9 ]*"
          maxLength={9}
          required
          className="font-mono tracking-widest"
        />
      )}
    </Field>
  );
}

function RecoveryForm({ action, texts, open }: { action: string; texts: Texts; open: boolean }) {
  return (
    <details open={open} className="rounded-lg border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">{texts.recoveryTitle}</summary>
      <form method="post" action={action} className="mt-4 grid gap-4">
        <p className="text-muted">{texts.recoveryText}</p>
        <Field label={texts.recoveryCode} description={texts.recoveryLost}>
          {(control) => (
            <Input
              {...control}
              name="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={40}
              placeholder="XXXX-XXXX-XXXX-XXXX"
              required
              className="font-mono"
            />
          )}
        </Field>
        <button type="submit" className={`${buttonStyles({ variant: "secondary" })} w-full`}>
          {texts.useRecovery}
        </button>
      </form>
    </details>
  );
}

function Submit({ children, variant = "primary" }: { children: ReactNode; variant?: "primary" | "secondary" }) {
  return (
    <button type="submit" className={`${buttonStyles({ variant })} w-full`}>
      {children}
    </button>
  );
}
