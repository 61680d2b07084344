import { isBlank } from "@mgs/core/blank";
import { SCOPES } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";
import { z } from "zod";
import { clientUri } from "./client-uris";

const MAX_URIS = 20;
const NONE: ReadonlySet<string> = new Set();

/**
 * What somebody says of a client, when it is made and when it is edited.
 * @param registered addresses that the client has: they stay as they are, also where today's rules would refuse them
 */
export function clientFields(registered = NONE) {
  const uri = z.string().superRefine((value, context) => {
    const problem = registered.has(value) ? undefined : clientUri.safeParse(value).error?.issues[0]?.message;
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });
  const uris = z.array(uri).max(MAX_URIS, { error: "TOO_MANY" }).default([]).transform(unique);
  return {
    name: z
      .string()
      .trim()
      .refine((name) => !isBlank(name), { error: "REQUIRED" })
      .refine(isStorableText, { error: "INVALID_TEXT" })
      .max(100, { error: "TOO_LONG" }),
    redirectUris: uris,
    postLogoutRedirectUris: uris,
    backchannelLogoutUri: uri.nullish().transform((value) => value ?? null),
    scopes: z
      .array(z.enum(SCOPES, { error: "INVALID_CHOICE" }))
      .default([])
      .transform(unique),
    /** Its code flow may come without PKCE. */
    pkceExempt: z.boolean().default(false),
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

type Shape = { machine: boolean; redirectUris: readonly string[]; pkceExempt: boolean };

/** A web application needs an address to come back to, and only a code flow can be exempted from PKCE. */
export function checkClientShape({ value, issues }: z.core.ParsePayload<Shape>): void {
  const hasCodeFlow = value.redirectUris.length > 0;
  const add = (path: string, message: string) => issues.push({ code: "custom", path: [path], message, input: value });
  if (!hasCodeFlow && !value.machine) add("redirectUris", "REQUIRED");
  if (!hasCodeFlow && value.pkceExempt) add("pkceExempt", "EXEMPTION_WITHOUT_CODE_FLOW");
}
