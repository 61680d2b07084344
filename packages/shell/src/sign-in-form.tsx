"use client";
import { forgottenPasswordPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { isPortal } from "@mgs/core/portals";
import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { textLinkStyles } from "@mgs/ui/text-link";
import { type FormEvent, type RefObject, useCallback, useRef, useState } from "react";
import { PasskeySignIn } from "./auth/passkey-sign-in";
import { PasswordField } from "./auth/password-field";
import { announceSignIn } from "./auth/sibling-tabs";
import { submitSignIn } from "./auth/submit-sign-in";
import { useHydrated } from "./hydrated";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";
import { useCountdown } from "./time/countdown";
import { waitTime } from "./time/relative-time";

type SignInProblem = { message: string; retryAfter?: number | null; code?: string };

type SignInFormProps = {
  /** The address that the form posts to, with and without scripts. */
  action: string;
  /** The application that has asked for the sign-in: a portal, or the name of another client. */
  client?: Portal | string | null;
  /** The e-mail address that was typed before a refusal without scripts. */
  email?: string;
  /** The refusal of the last attempt without scripts. */
  problem?: SignInProblem | null;
  /** Why the session before has ended, when it is known. */
  ended?: SessionEndReason | null;
};

/** The sign-in page. It works without scripts; with scripts it shows errors and waiting times without a reload. */
export function SignInForm({ action, client = null, email = "", problem = null, ended = null }: SignInFormProps) {
  const t = useTranslations("shell");
  const page = useTranslations("signIn");
  const portal = isPortal(client) ? client : null;
  const remember = useRef<HTMLInputElement>(null);
  const isRemembered = useCallback(() => remember.current?.checked ?? false, []);
  const intro = client ? page("continueTo", { portal: portal ? t(`portals.${portal}`) : client }) : page("intro");
  return (
    <PublicFrame
      portal={portal ?? "administration"}
      title={page("title")}
      intro={intro}
      footer={client ? page("intro") : t("product")}
    >
      {ended ? <Alert className="mb-6">{page(`ended.${ended}`)}</Alert> : null}
      <div className="grid gap-4">
        <Credentials action={action} email={email} initialProblem={problem} remember={remember} />
        <PasskeySignIn action={action.replace(/\/login$/, "/passkey")} autofill isRemembered={isRemembered} />
      </div>
    </PublicFrame>
  );
}

type CredentialsProps = {
  action: string;
  email: string;
  initialProblem: SignInProblem | null;
  /** The box "stay signed in". */
  remember: RefObject<HTMLInputElement | null>;
};

function Credentials({ action, email, initialProblem, remember }: CredentialsProps) {
  const t = useTranslations("signIn");
  const shell = useTranslations("shell");
  const hydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState(initialProblem);
  const [pending, setPending] = useState(false);
  const wait = useCountdown(problem?.retryAfter ?? 0, problem);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending || wait > 0) return;
    setPending(true);
    const outcome = await submitSignIn(action, new FormData(event.currentTarget));
    // The form stays disabled while the browser leaves.
    if (outcome.kind === "redirect") {
      announceSignIn();
      return window.location.assign(outcome.to);
    }
    if (outcome.kind === "unreadable") return form.current?.submit();
    setPending(false);
    setProblem(outcome.kind === "refused" ? outcome : { message: t("failed") });
    password.current?.select();
  }

  return (
    <form ref={form} method="post" action={action} onSubmit={submit} className="grid gap-6">
      {problem ? (
        <Alert tone="danger">
          <p>{problem.message}</p>
          {problem.code === "INTERACTION_NOT_FOUND" ? (
            // The reloaded page knows which sign-in it was for, and leads on to it.
            <p className="mt-2">
              <a href={action.replace(/\/login$/, "")} className="font-medium underline underline-offset-4">
                {t("restart")}
              </a>
            </p>
          ) : null}
          {problem.retryAfter ? (
            <p className="mt-1 font-medium tabular-nums">
              {wait > 0 ? shell("retryIn", { time: waitTime(wait) }) : shell("retryNow")}
            </p>
          ) : null}
        </Alert>
      ) : null}
      <Field label={t("email")}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username webauthn"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            required
            defaultValue={email}
          />
        )}
      </Field>
      <PasswordField ref={password} name="password" label={t("password")} autoComplete="current-password" />
      <label className="-my-1 flex min-h-11 items-center gap-2.5">
        <input ref={remember} type="checkbox" name="remember" value="1" className="size-4 shrink-0 accent-accent" />
        <span className="min-w-0">
          {t("remember")}
          <span className="block text-muted text-xs">{t("rememberHint")}</span>
        </span>
      </label>
      <Button type="submit" pending={pending} disabled={hydrated && wait > 0} className="w-full">
        {t("submit")}
      </Button>
      <p className="-my-2 text-center">
        <a href={forgottenPasswordPath()} className={textLinkStyles}>
          {t("forgotten")}
        </a>
      </p>
    </form>
  );
}
