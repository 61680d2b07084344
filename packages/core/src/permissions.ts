import { type Actor, requireScope } from "./actor";
import { AppError, type ErrorCode } from "./errors";
import { hasAdministratorRole } from "./roles";
import type { Scope } from "./scopes";

/** A set of callers that a permission names. */
export type Audience<Subject = void> = {
  /** In English, for the table of permissions. */
  name: string;
  includes(actor: Actor, subject: Subject): boolean;
};

/** One action of a domain, and its audience. */
export type Permission<Subject = void> = {
  /** Description of the action in English, for the table of permissions. */
  description: string;
  audience: Audience<Subject>;
  /** Scope that an access token needs as well. */
  scope?: Scope;
  /** Code of the refusal. Default: FORBIDDEN. */
  refusal?: ErrorCode;
};

/** The actions of a domain by name. */
export type PermissionTable = Readonly<Record<string, Permission<never>>>;

type SubjectOf<Rule> = Rule extends { audience: { includes(actor: Actor, subject: infer Subject): boolean } }
  ? Subject
  : never;
/** An action without a subject takes no argument. */
// biome-ignore lint/suspicious/noConfusingVoidType: void is what an audience without a subject is made with
type SubjectArguments<Subject> = unknown extends Subject ? [] : [Subject] extends [void] ? [] : [subject: Subject];

/** Every caller. Only the token's scope limits the action. */
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

/** Makes the checks of a domain's permissions: `can` answers for pages, `requirePermission` guards use cases. */
export function definePermissions<const Table extends PermissionTable>(table: Table) {
  /** Tells whether an actor may take an action, on that subject when the action has one. */
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

  /** Requires that an actor may take an action. @throws AppError INSUFFICIENT_SCOPE; FORBIDDEN, or the action's `refusal` */
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
