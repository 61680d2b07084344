import type { ErrorCode } from "@mgs/core/errors";
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
type Problem = { code: ErrorCode; message: string; retrySeconds: number };

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
  const { atPage, ...atFields } = placeProblem(problem, view.step, isRecovery, texts);
  const portal = client.firstParty && isPortal(client.id) ? client.id : "administration";
  return (
    <PublicFrame
      portal={portal}
      {...headingOf(view, texts)}
      footer={<span className="break-words">{texts.account.replace("{email}", view.email)}</span>}
    >
      <div className="grid gap-6">
        {atPage === undefined ? null : <Alert tone="danger">{atPage}</Alert>}
        <Step view={view} texts={texts} {...atFields} />
        <a href={interactionPath(uid)} className="text-center text-muted text-sm underline underline-offset-4">
          {texts.restart}
        </a>
      </div>
    </PublicFrame>
  );
}

type FieldProblems = {
  /** What is wrong with the six-digit code. */
  atCode?: string;
  /** What is wrong with the recovery code, whose form is open then. */
  atRecovery?: string;
};

/** Says what is wrong at the field that was sent, where the step has it: on a small screen, the top of the page is far from it. */
function placeProblem(
  problem: Problem | null,
  step: SecondFactorView["step"],
  isRecovery: boolean,
  texts: Texts,
): FieldProblems & { atPage?: string } {
  if (problem === null) return {};
  const { code, message, retrySeconds } = problem;
  const text = retrySeconds > 0 ? `${message} ${texts.retryIn.replace("{seconds}", String(retrySeconds))}` : message;
  if (isRecovery && (step === "code" || step === "passkey")) return { atRecovery: text };
  if (code === "INVALID_CODE" && (step === "code" || step === "enrol")) return { atCode: text };
  return { atPage: text };
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

function Step({ view, texts, atCode, atRecovery }: Pick<SecondFactorPageProps, "view" | "texts"> & FieldProblems) {
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
          <CodeField label={texts.confirm} description={texts.codeHint} error={atCode} />
          <Submit variant="secondary">{texts.submit}</Submit>
        </form>
      </>
    );
  }
  const recovery = <RecoveryForm action={recoveryFormPath(uid)} texts={texts} error={atRecovery} />;
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
        <CodeField label={texts.code} description={texts.codeHint} error={atCode} />
        <Submit>{texts.submit}</Submit>
      </form>
      {view.hasPasskey ? <PasskeySignIn action={passkeyPath(uid)} /> : null}
      {recovery}
    </>
  );
}

type CodeFieldProps = { label: string; description: string; error: string | undefined };

function CodeField({ label, description, error }: CodeFieldProps) {
  return (
    <Field label={label} description={description} error={error}>
      {(control) => (
        <Input
          {...control}
          autoFocus={error !== undefined}
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

function RecoveryForm({ action, texts, error }: { action: string; texts: Texts; error: string | undefined }) {
  return (
    <details open={error !== undefined} className="rounded-lg border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">{texts.recoveryTitle}</summary>
      <form method="post" action={action} className="mt-4 grid gap-4">
        <p className="text-muted">{texts.recoveryText}</p>
        <Field label={texts.recoveryCode} description={texts.recoveryLost} error={error}>
          {(control) => (
            <Input
              {...control}
              autoFocus={error !== undefined}
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
