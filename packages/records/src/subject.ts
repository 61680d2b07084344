import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError, type ErrorCode } from "@mgs/core/errors";
import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";
import type { Database, Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import type { LiveList } from "./lists/live-list";

/** What an actor sees of a record, and what they may do on it. */
export type SubjectView = {
  id: string;
  /** Its name to people: `D-2026-0042 Permis de construire`. */
  title: string;
  /** Path of its page, in the subject's portal. */
  path: string;
  /** The number of its last change. */
  version: number;
  may: {
    comment: boolean;
    attach: boolean;
    /** Give somebody access who has none. */
    grant: boolean;
    /** Delete and restore what others have attached. Default: no. */
    edit?: boolean;
  };
};

/** A colleague, and the absent person for whom they stand in. */
export type StandIn = { userId: number; forUserId: number };

/** Whom a record is shown to, and the tab that does it: it is not told of it. */
export type AccessGrant = { userId: number; at: Date; socketId?: string | undefined };

/**
 * A kind of record that several domains are about: it has comments, documents, mentions, followers, presence and a history. Its domain
 * declares it; the others ask it, and nobody else, who may see what. So pages, lists, search, exports, channels and mentions agree.
 */
export type Subject = {
  /** Names it in rows and events: `dossier`. */
  type: string;
  /** Its part of addresses: `dossiers` in `/api/dossiers/42/comments`. */
  segment: string;
  /** Its channels without what stands before them: `dossier.{id}` in `private-dossier.{id}`. An older system's names may stand beside ours. */
  channels: readonly `${string}.{id}`[];
  /** Code of the refusal when there is no such record, or none for this actor. Default: NOT_FOUND. */
  missing?: ErrorCode;
  /** The portal that has its pages. */
  portal: Portal;
  /** Every portal has its pages and its API, and not `portal` alone. */
  everywhere?: true;
  scopes: { read: Scope; write: Scope };
  /** @returns null when there is no such record, or none for this actor: the two look alike */
  find(deps: { database: Database | Transaction }, actor: Actor, id: string): Promise<SubjectView | null>;
  /** The record whose page an address shows, without its origin; null: it is none of this kind. Links to it become cards. */
  idOfPath?(path: string): string | null;
  /** Its list, when open pages of it are told of changes. */
  list?: LiveList;
  /** Of these people, those who may see it. */
  visibleTo(database: Database | Transaction, id: string, userIds: readonly number[]): Promise<number[]>;
  /** Everybody who follows it, and is told of what happens to it. */
  followers(database: Database | Transaction, id: string): Promise<number[]>;
  /**
   * Whether anybody who knows its number may hear its comments, on the channels that need no authorization. Without this function no record
   * of the kind is public, and such a channel carries ids alone.
   */
  isPublic?(database: Database | Transaction, id: string): Promise<boolean>;
  /**
   * Who takes part today in a private thread of comments that the record's own domain has opened, such as that of an opinion; null for a thread
   * that people opened: it names them itself.
   */
  threadCircle?(
    database: Database | Transaction,
    id: string,
    threadId: string,
  ): Promise<{ userIds: readonly number[]; roles: readonly string[] } | null>;
  /**
   * The places of its documents (`slot`), where they are not all for everybody who sees the record: each document lies in one of them. Without it a
   * record's documents are for all who see it, wherever they lie.
   */
  places?: {
    /** Of these places, those that an actor sees. What they have brought themself they see in any case. */
    visible(
      database: Database | Transaction,
      actor: Actor,
      id: string,
      slots: readonly string[],
    ): Promise<ReadonlySet<string>>;
    /** Whether a file may still be put into a place. */
    isOpen(database: Database | Transaction, id: string, slot: string): Promise<boolean>;
  };
  /**
   * Makes people follow it who may see it.
   * @param standIns those among them who stand in for an absent one: they see it from now on, whether or not they did before
   */
  follow(tx: Transaction, id: string, userIds: readonly number[], standIns?: readonly StandIn[]): Promise<void>;
  /**
   * Gives a person access who has none; the caller has checked `may.grant`. It is a change of the record, and an event of the audit trail.
   * @returns outbox rows, which the caller inserts and enqueues
   */
  grantAccess?(tx: Transaction, actor: UserActor, id: string, grant: AccessGrant): Promise<NewOutboxRow[]>;
};

/** Finds what an actor sees of a record. @throws AppError the subject's `missing` */
export async function requireSubject(
  deps: { database: Database | Transaction },
  actor: Actor,
  subject: Subject,
  id: string,
): Promise<SubjectView> {
  const view = await subject.find(deps, actor, id);
  if (!view) throw new AppError(subject.missing ?? "NOT_FOUND");
  return view;
}

/** Finds a kind of record by its part of addresses, which a route of that kind has given: it is there. */
export function subjectOf(subjects: readonly Subject[], segment: string): Subject {
  const subject = subjects.find((known) => known.segment === segment);
  if (!subject) throw new Error(`no kind of records is called ${segment}`);
  return subject;
}

/**
 * The address of what a record has, in the API: `/api/dossiers/42/comments`.
 * @param id `{id}` in a route's declaration
 */
export function subjectApiPath({ segment }: Pick<Subject, "segment">, id: string, rest: string): `/${string}` {
  return `/api/${segment}/${id}/${rest}`;
}

/** The channels of one record, without what stands before them. */
export function channelsOf({ channels }: Pick<Subject, "channels">, id: string): string[] {
  return channels.map((pattern) => pattern.replace("{id}", id));
}

/** Which portals have the routes of a kind of record, as routes declare it. */
export function portalsOfSubject({ portal, everywhere }: Pick<Subject, "portal" | "everywhere">): {
  portals?: readonly Portal[];
} {
  return everywhere ? {} : { portals: [portal] };
}
