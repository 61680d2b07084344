import { SCOPES } from "@mgs/core/scopes";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ConsoleTexts } from "../texts";
import type { ApplicationTexts } from "./application-fields";
import type { SecretTexts } from "./secret-once";

/** Texts of the form of a client. @param isNew a new one has a choice of its kind */
export function applicationTexts({ t, locale }: ConsoleTexts, isNew: boolean): ApplicationTexts {
  const scopes = messagesFor(locale).consent.scopes;
  const field = (name: "name" | "redirectUris" | "postLogoutRedirectUris" | "backchannelLogoutUri") => ({
    label: t(`applications.form.${name}`),
    hint: t(`applications.form.${name}Hint`),
  });
  return {
    name: field("name"),
    redirectUris: field("redirectUris"),
    postLogoutRedirectUris: field("postLogoutRedirectUris"),
    backchannelLogoutUri: field("backchannelLogoutUri"),
    kindLabel: t("applications.kindLabel"),
    ...(isNew
      ? {
          kinds: [
            { value: "web", label: t("applications.form.kindWeb") },
            { value: "machine", label: t("applications.form.kindMachine") },
          ] as const,
        }
      : {}),
    scopes: {
      label: t("applications.form.scopes"),
      hint: t(isNew ? "applications.form.scopesHintWeb" : "applications.form.scopesHint"),
      options: SCOPES.map((value) => ({ value, label: scopes[value] })),
    },
    pkce: { label: t("applications.form.pkce"), hint: t("applications.form.pkceHint") },
  };
}

export function secretTexts({ t }: ConsoleTexts, name: string): SecretTexts {
  return {
    title: name === "" ? t("applications.secret.created") : t("applications.secret.title", { name }),
    once: t("applications.secret.once"),
    clientId: t("applications.secret.clientId"),
    clientSecret: t("applications.secret.clientSecret"),
    copy: t("applications.secret.copy"),
    copied: t("applications.secret.copied"),
    open: t("applications.secret.open"),
  };
}
