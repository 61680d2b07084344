import { isScope } from "@mgs/core/scopes";
import type { FormValues } from "@mgs/shell/actions/form-values";

/** Reads the fields of a client's form, addresses one a line; the use case checks them. */
export function readApplicationForm(values: FormValues) {
  const { scopes } = values;
  const logout = text(values.backchannelLogoutUri).trim();
  return {
    name: text(values.name),
    redirectUris: lines(values.redirectUris),
    postLogoutRedirectUris: lines(values.postLogoutRedirectUris),
    backchannelLogoutUri: logout === "" ? null : logout,
    scopes: (Array.isArray(scopes) ? scopes : []).filter(isScope),
    pkceExempt: values.pkceExempt === "on",
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lines(value: unknown): string[] {
  return text(value)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
