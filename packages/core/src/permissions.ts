import { type Actor, requireScope } from "./actor";
import { AppError, type ErrorCode } from "./errors";
import { hasAdministratorRole } from "./roles";
import type { Scope } from "./scopes";

/** Callers of whom a permission speaks. */
export type Audience<Subject = void> = {
  /** In English, for the table of permissions. */
  name: string;
  includes(actor: Actor, subject: Subject): boolean;
};

/** One action of a domain, and who may take it. */
export type Permission<Subject = void> = {
  /** What the action does, in English, for the table of permissions. */
  description: string;
  audience: Audience<Subject>;
  /** An access token has to be issued for it as well. */
  scope?: Scope;
  /** The code of a refusal; FORBIDDEN unless said otherwise. */
  refusal?: ErrorCode;
};

/** Every action of a domain, by its name. */
export type PermissionTable = Readonly<Record<string, Permission<never>>>;

type SubjectOf<Rule> = Rule extends { audience: { includes(actor: Actor, subject: infer Subject): boolean } }
  ? Subject
  : never;
/** No argument for an action that has no subject. */
// biome-ignore lint/suspicious/noConfusingVoidType: void is what an audience without a subject is made with
type SubjectArguments<Subject> = unknown extends Subject ? [] : [Subject] extends [void] ? [] : [subject: Subject];

/** Every caller: what limits the action is the token's scope alone. */
export const EVERYONE: Audience = { name: "everyone, programs included", includes: () => true };

export const PEOPLE: Audience = { name: "every person", includes: (actor) => actor.kind === "user" };

/** Administrators, in whichever portal they are. */
export const ADMINISTRATORS: Audience = {
  name: "administrators, in every portal",
  includes: (actor) => actor.kind === "user" && hasAdministratorRole(actor),
};

/**
 * Administrators at work in Administration itself, and our own system. A program that an administrator has let act for
 * them is neither.
 */
export const ADMINISTRATION: Audience = {
  name: "administrators in Administration; the command line",
  includes: (actor) =>
    actor.kind === "system" ||
    (actor.kind === "user" && hasAdministratorRole(actor) && actor.clientId === "administration"),
};

/** The two questions about a domain's permissions: `can` shows or hides, `requirePermission` lets a use case go on. */
export function definePermissions<const Table extends PermissionTable>(table: Table) {
  /** Whether an actor may take an action, on that subject where the action has one. */
  function can<Action extends keyof Table>(
    actor: Actor,
    action: Action,
    ...subject: SubjectArguments<SubjectOf<Table[Action]>>
  ): boolean {
    const { audience, scope } = table[action] as Permission<unknown>;
    return (
      (scope === undefined || actor.kind === "system" || actor.scopes.includes(scope)) &&
      audience.includes(actor, subject[0])
    );
  }

  /** @throws AppError INSUFFICIENT_SCOPE; FORBIDDEN, or the code that the action names */
  function requirePermission<Action extends keyof Table>(
    actor: Actor,
    action: Action,
    ...subject: SubjectArguments<SubjectOf<Table[Action]>>
  ): void {
    const { scope, refusal = "FORBIDDEN" } = table[action] as Permission<unknown>;
    if (scope !== undefined) requireScope(actor, scope);
    if (!can(actor, action, ...subject)) throw new AppError(refusal);
  }

  return { table, can, requirePermission };
}
