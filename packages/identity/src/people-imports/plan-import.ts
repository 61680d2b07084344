import type { Actor } from "@mgs/core/actor";
import type { Role } from "@mgs/core/roles";
import { differences } from "../people/edit-conflict";
import { isMasterOf } from "../permissions";
import type { RoleRow } from "../roles/roles.repository";
import type { ImportColumns } from "./import-columns";
import type { ImportedPerson, LineProblem, LineProblemCode, PersonBefore, PlannedLine } from "./import-line";
import type { KnownPerson } from "./people-imports.repository";
import type { ReadLine } from "./read-people-file";

/** What a plan is made with: the state of the accounts at one moment, and who asks. */
export type PlanContext = {
  actor: Actor;
  roles: readonly RoleRow[];
  /** Accounts with one of the file's addresses. */
  known: readonly KnownPerson[];
};

/** Role and language of people who are not there yet, where the file leaves them out. */
export type ImportDefaults = { role: Role | undefined };

/**
 * Decides what each line of a file does. The same file and the same state give the same plan. Nobody changes their own role, and
 * administrators alone manage administrators: one of them always stays.
 */
export function planImport(
  lines: readonly ReadLine[],
  { names }: Pick<ImportColumns, "names">,
  defaults: ImportDefaults,
  context: PlanContext,
): PlannedLine[] {
  const rights = new Map(context.roles.map((role) => [role.slug, role]));
  const known = new Map(context.known.map((person) => [person.email, person]));
  const first = new Map<string, number>();
  return lines.map((read): PlannedLine => {
    const problems = [...read.problems];
    const report = (column: string | undefined, code: LineProblemCode, otherLine?: number) =>
      problems.push({ column: column ?? null, code, ...(otherLine === undefined ? {} : { otherLine }) });
    if (read.email !== "") {
      const otherLine = first.get(read.email);
      if (otherLine === undefined) first.set(read.email, read.line);
      else report(names.email, "DUPLICATE_LINE", otherLine);
    }
    const person = known.get(read.email);
    const role = read.role ?? person?.role ?? defaults.role;
    if (role === undefined && !problems.some(({ code }) => code === "UNKNOWN_ROLE" || code === "COLUMN_COUNT"))
      report(names.role, "REQUIRED");
    if (person?.hidden) report(names.email, "EMAIL_TAKEN");
    else if (person && !isMasterOf(context.actor, person) && problems.length === 0) {
      const asked = { name: read.name, role: role ?? person.role, locale: read.locale ?? person.locale };
      if (differences(stateOf(person), asked).length > 0) report(names.email, "PERSON_REFUSED");
    }
    const isGiven = role !== undefined && (!person || differences({ role: person.role }, { role }).length > 0);
    if (isGiven) {
      const given = rights.get(role);
      if (!given || !isMasterOf(context.actor, { ...given, role })) report(names.role, "ROLE_REFUSED");
      if (person && context.actor.kind === "user" && person.id === context.actor.userId) report(names.role, "OWN_ROLE");
    }
    if (problems.length > 0 || role === undefined) return badLine(read, problems);
    const next: ImportedPerson = {
      ...{ email: read.email, name: read.name, role },
      locale: read.locale ?? person?.locale ?? "fr",
    };
    if (!person) return { line: read.line, outcome: "create", person: next };
    const personId = person.id;
    const before = stateOf(person);
    return differences(before, stateOf(next)).length === 0
      ? { line: read.line, outcome: "unchanged", person: next, personId }
      : { line: read.line, outcome: "change", person: next, personId, before };
  });
}

const stateOf = ({ name, role, locale }: PersonBefore): PersonBefore => ({ name, role, locale });

function badLine({ line, email }: ReadLine, problems: LineProblem[]): PlannedLine {
  return { line, outcome: "bad", problems, email: email === "" ? null : email };
}
