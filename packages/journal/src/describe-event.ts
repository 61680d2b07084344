import type { TrailRow } from "@mgs/audit/trail/trail.repository";
import { AUDIT_ACTIONS, type AuditAction } from "@mgs/core/audit-actions";
import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { formatMessage, type Values } from "@mgs/i18n/message";
import { actingUserId, type EventNames } from "./event-names";

/** Writes who acted, on what, and the sentence of an event in one language. */
export function createEventDescriber(locale: Locale, { people, clients }: EventNames) {
  const { auditActions, journal, shell, console: own } = messagesFor(locale);
  const portals: Readonly<Record<string, string>> = shell.portals;
  const queues: Readonly<Record<string, string>> = own.queues.names;
  const reasons: Readonly<Record<string, string>> = journal.reasons;

  const person = (id: number): string => people.get(id) ?? `${journal.person} ${id}`;
  const client = (id: string): string => portals[id] ?? clients.get(id) ?? id;

  function actor(event: TrailRow): string {
    const userId = actingUserId(event);
    if (userId !== null) {
      const name = person(userId);
      if (event.impersonatorId === null) return name;
      return formatMessage(journal.inTheNameOf, locale, { administrator: person(event.impersonatorId), person: name });
    }
    if (event.actor === "visitor") return journal.visitor;
    const [kind = "", name = event.actor] = event.actor.split(/:(.*)/s);
    return kind === "client" ? client(name) : kind === "system" ? `${journal.system} (${name})` : event.actor;
  }

  function subject({ subjectType, subject: id }: TrailRow): string {
    if (id === null) return "";
    if (subjectType === "user") return person(Number(id));
    if (subjectType === "client") return client(id);
    if (subjectType === "queue") return queues[id] ?? id;
    return id;
  }

  function sentence(event: TrailRow): string {
    const [group = "", verb = ""] = event.action.split(".");
    const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = auditActions;
    // An action of a version that is not this one has no sentence.
    if (!isKnown(event.action)) return event.action;
    const details = readValues(event.details);
    const { reason } = details;
    return formatMessage(groups[group]?.[verb] ?? event.action, locale, {
      ...details,
      ...(reason === undefined ? {} : { reason: reasons[String(reason)] ?? reason }),
      actor: actor(event),
      subject: subject(event),
      user: event.userId === null ? journal.unknownAccount : person(event.userId),
    });
  }

  return { actor, subject, sentence, person, client };
}
export type EventDescriber = ReturnType<typeof createEventDescriber>;

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, action);
}

/** The texts and numbers of the details, which a sentence may name. */
function readValues(details: unknown): Values {
  if (typeof details !== "object" || details === null) return {};
  return Object.fromEntries(
    Object.entries(details).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
    ),
  );
}
