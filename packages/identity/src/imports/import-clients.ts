import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import { isBlank } from "@mgs/core/blank";
import { sha256 } from "@mgs/core/crypto";
import { isPortal } from "@mgs/core/portals";
import { SCOPES, type Scope } from "@mgs/core/scopes";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { importedClientUri } from "../clients/client-uris";
import { bcryptCost } from "../legacy-password";
import { requirePermission } from "../permissions";
import { clientIds, insertImportedClients } from "./imports.repository";
import { duplicates, type ImportRecord, type ImportReport, parseRows } from "./records";

/** Secrets are kept as a plain SHA-256, which only long random ones may be; Passport's have 40 characters. */
const MIN_SECRET_LENGTH = 32;

/** MySQL's, PostgreSQL's and JSON's ways to write a boolean. */
const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .optional()
  .transform((value) => value === true || value === 1 || ["1", "t", "true"].includes(String(value)));

/** Passport 12: addresses separated by commas. Passport 13: a JSON list. */
const list = z
  .union([z.array(z.string()), z.string()])
  .optional()
  .transform((value, context): string[] => {
    if (value === undefined || Array.isArray(value)) return value ?? [];
    if (!value.trimStart().startsWith("["))
      return value
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean);
    const parsed = z.array(z.string()).safeParse(jsonOf(value));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: "is no list" });
    return z.NEVER;
  });

const row = z
  .object({
    id: z.coerce.string().regex(/^[\x21-\x7e]{1,255}$/, "is no client id"),
    name: z
      .string({ error: "is required" })
      .trim()
      .refine((name) => !isBlank(name), "is required")
      .max(100)
      .refine(isStorableText),
    secret: z.string().optional(),
    redirect: list,
    redirect_uris: list,
    grant_types: list,
    personal_access_client: flag,
    password_client: flag,
    revoked: flag,
  })
  .transform((client) => {
    const redirectUris = [...new Set([...client.redirect, ...client.redirect_uris])];
    const grants = client.grant_types;
    const machine = grants.length > 0 ? grants.includes("client_credentials") : redirectUris.length === 0;
    return { ...client, redirectUris, machine };
  });
type Row = z.output<typeof row>;

/** Why a client of Passport has no place here; null when it has one. */
function reasonToSkip(client: Row): string | null {
  const { grant_types: grants } = client;
  if (client.revoked) return "is revoked";
  if (client.personal_access_client || grants.includes("personal_access")) return "made personal access tokens";
  if (client.password_client || grants.includes("password")) return "used the password grant";
  if (isPortal(client.id)) return "has the name of a portal, whose client the environment describes";
  return null;
}

function problemsOf({ secret, redirectUris, machine }: Row): { field: string; problem: string }[] {
  const bad = redirectUris.filter((uri) => !importedClientUri.safeParse(uri).success);
  return [
    ...bad.map((uri) => ({ field: "redirect", problem: `${uri} is no exact http(s) address` })),
    ...(redirectUris.length === 0 && !machine ? [{ field: "redirect", problem: "is required" }] : []),
    ...(secret === undefined ? [{ field: "secret", problem: "is required: public clients are not supported" }] : []),
    ...(secret !== undefined && bcryptCost(secret) === null && secret.length < MIN_SECRET_LENGTH
      ? [{ field: "secret", problem: `has fewer than ${MIN_SECRET_LENGTH} characters` }]
      : []),
  ];
}

export type ImportClientsOptions = {
  machineScopes?: readonly Scope[];
  /** None given: every scope, as for a web application that is registered by command. */
  webScopes?: readonly Scope[];
  dryRun?: boolean;
};

/**
 * Takes OAuth clients over from Laravel Passport (`oauth_clients`) with their ids, secrets and redirect URIs: all of a
 * file, or nothing of it. `skipped` names those that have no place here; a client that is there already stays as it is.
 * @throws AppError FORBIDDEN unless an administrator or the command line asks
 */
export async function importClients(
  deps: { database: Database },
  actor: Actor,
  records: readonly { line: number; record: ImportRecord }[],
  { machineScopes = [], webScopes = [], dryRun = false }: ImportClientsOptions = {},
): Promise<ImportReport> {
  requirePermission(actor, "clients.manage");
  const { rows, problems } = parseRows(row, records);
  problems.push(...duplicates(rows, "id", ({ id }) => id));
  const skipped = rows.flatMap(({ line, value }) => {
    const problem = reasonToSkip(value);
    return problem ? [{ line, field: value.id, problem }] : [];
  });
  const wanted = rows.filter(({ value }) => reasonToSkip(value) === null);
  for (const { line, value } of wanted) problems.push(...problemsOf(value).map((one) => ({ line, ...one })));
  const known = new Set(
    await clientIds(
      deps.database,
      wanted.map(({ value }) => value.id),
    ),
  );
  const fresh = wanted.map(({ value }) => value).filter(({ id }) => !known.has(id));
  const report = { added: fresh.length, present: wanted.length - fresh.length, skipped, problems };
  if (problems.length > 0) return { ...report, added: 0 };
  if (dryRun || fresh.length === 0) return report;
  const clients = fresh.map(({ id, name, secret = "", redirectUris, machine }) => ({
    id,
    name,
    // A hash of Passport's opens with the client's own secret; the first success makes it one of ours.
    secretHash: bcryptCost(secret) === null ? sha256(secret) : secret,
    firstParty: false,
    machine,
    redirectUris,
    postLogoutRedirectUris: [],
    backchannelLogoutUri: null,
    scopes: redirectUris.length === 0 ? [...machineScopes] : webScopes.length > 0 ? [...webScopes] : [...SCOPES],
  }));
  await insertImportedClients(deps.database, clients, (tx) =>
    audit(tx, {
      actor,
      action: "clients.imported",
      details: { ids: clients.map(({ id }) => id) },
    }),
  );
  return report;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
