import { type Actor, requireScope, type UserActor } from "./actor";
import { AppError, type ErrorCode } from "./errors";
import { ISSUER_PORTAL, type Portal } from "./portals";
import { hasAdministratorRole, holdsPermission } from "./roles";
import type { Scope } from "./scopes";

/** A set of callers that a permission names. */
export type Audience<Subject = void> = {
  /** In English, for the table of permissions. */
  name: string;
  /** The people are those whose role was granted the action: the console lets administrators choose the roles. */
  grantable?: true;
  /** Its actions are daily work on the records of the business, and no administration. */
  isWork?: true;
  /** Its people have to be at work in this portal. */
  portal?: Portal | undefined;
  /** Everybody is among them, whatever their role. */
  everybody?: true;
  /** Besides the others, each person is among them where it is about themself. */
  self?: true;
  /** @param action the permission that is asked for; a grantable audience without it includes administrators alone */
  includes(actor: Actor, subject: Subject, action?: string): boolean;
};

/** One action of a domain, and its audience. */
export type Permission<Subject = void> = {
  /** Description of the action in English, for the table of permissions. */
  description: string;
  audience: Audience<Subject>;
  /** No other role than the administrators' can be granted it: who holds it could give themselves everything. */
  keptForAdministrators?: true;
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
export const EVERYONE: Audience = { name: "everyone, programs included", everybody: true, includes: () => true };

export const PEOPLE: Audience = {
  name: "every person",
  everybody: true,
  includes: (actor) => actor.kind === "user",
};

/** Administrators, and people to whose role the action was granted, for actions that are daily work on the records of the business. */
export const COLLEAGUES: Audience = {
  name: "administrators and roles with this permission, in every portal",
  grantable: true,
  isWork: true,
  // Also in another person's place: these are that person's rights, and what is done has both names.
  includes: (actor, _, action) => actor.kind === "user" && action !== undefined && holdsPermission(actor, action),
};

/** Administrators, and people to whose role the action was granted, in whichever portal they are. */
export const ADMINISTRATORS: Audience = {
  name: "administrators and roles with this permission, in every portal",
  grantable: true,
  includes: (actor, _, action) => actor.kind === "user" && holds(actor, action),
};

/**
 * Administrators, and people to whose role the action was granted, at work in Administration itself; and our own system. A
 * program that one of them has let act for them is neither.
 */
export const ADMINISTRATION: Audience = {
  name: "administrators and roles with this permission, in Administration; the command line",
  grantable: true,
  portal: ISSUER_PORTAL,
  includes: (actor, _, action) =>
    actor.kind === "system" || (actor.kind === "user" && actor.clientId === ISSUER_PORTAL && holds(actor, action)),
};

function holds(actor: UserActor, action: string | undefined): boolean {
  // Nobody administers in another person's place. Whom one may impersonate has no such right; this holds also if that changes meanwhile.
  if (actor.impersonation) return false;
  return action === undefined ? hasAdministratorRole(actor) : holdsPermission(actor, action);
}

/** Tells whether administrators can grant an action to other roles. */
export function isGrantable({ audience, keptForAdministrators }: Permission<never>): boolean {
  return audience.grantable === true && keptForAdministrators !== true;
}

/** Makes the checks of a domain's permissions: `can` answers for pages, `requirePermission` guards use cases. */
export function definePermissions<const Table extends PermissionTable>(table: Table) {
  /** Tells whether an actor may take an action, on that subject when the action has one. */
  function can<Action extends keyof Table>(
    actor: Actor,
    action: Action,
    ...subject: SubjectArguments<SubjectOf<Table[Action]>>
  ): boolean {
    const { audience, scope, keptForAdministrators } = table[action] as Permission<unknown>;
    const name = keptForAdministrators ? undefined : String(action);
    return (
      (scope === undefined || actor.kind === "system" || actor.scopes.includes(scope)) &&
      audience.includes(actor, subject[0], name)
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
