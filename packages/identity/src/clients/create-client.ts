import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { isBlank } from "@mgs/core/blank";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { randomToken, uuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { insertClient } from "./clients.repository";

/** Exact redirect URIs only (RFC 9700 section 2.1): no fragment, no wildcard, no credentials. */
export const redirectUri = z
  .url({ protocol: /^https?$/, error: "INVALID_URL" })
  .refine((uri) => !/[#*]/.test(uri) && !hasCredentials(new URL(uri)), { error: "INVALID_URL" });

function hasCredentials({ username, password }: URL): boolean {
  return username !== "" || password !== "";
}

export const createClientInput = z
  .object({
    name: z
      .string()
      .trim()
      .refine((name) => !isBlank(name), { error: "REQUIRED" })
      .max(100, { error: "TOO_LONG" }),
    redirectUris: z.array(redirectUri).max(20).default([]),
    postLogoutRedirectUris: z.array(redirectUri).max(20).default([]),
    backchannelLogoutUri: redirectUri.nullish().transform((uri) => uri ?? null),
    machine: z.boolean().default(false),
    /** None given: all of them for a web application, where people consent; none for a program. */
    scopes: z.array(z.enum(SCOPES, { error: "INVALID_CHOICE" })).default([]),
  })
  .refine((input) => input.machine || input.redirectUris.length > 0, { path: ["redirectUris"], error: "REQUIRED" });
export type CreateClientInput = z.input<typeof createClientInput>;

/**
 * Registers an OAuth client. The secret is returned once and kept as a hash.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks; VALIDATION_ERROR
 */
export async function createClient(
  deps: { database: Database },
  actor: Actor,
  input: CreateClientInput,
): Promise<{
  client_id: string;
  client_secret: string;
  name: string;
  redirect_uris: string[];
  scopes: string[];
  machine: boolean;
}> {
  requirePermission(actor, "clients.manage");
  const parsed = createClientInput.safeParse(input);
  if (!parsed.success) {
    throw new AppError("VALIDATION_ERROR", {
      details: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  }
  const { name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, machine } = parsed.data;
  const scopes = parsed.data.scopes.length > 0 || machine ? parsed.data.scopes : [...SCOPES];
  const id = uuidv7();
  const secret = randomToken();
  await insertClient(deps.database, {
    id,
    name,
    secretHash: sha256(secret),
    firstParty: false,
    machine,
    redirectUris,
    postLogoutRedirectUris,
    backchannelLogoutUri,
    scopes,
  });
  await audit(deps.database, {
    actor,
    action: "client.created",
    subject: id,
    details: { name, machine },
  });
  return { client_id: id, client_secret: secret, name, redirect_uris: redirectUris, scopes, machine };
}
