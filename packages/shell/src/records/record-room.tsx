"use client";
import { array, boolean, number, object, string } from "@mgs/core/shape";
import { useChannel } from "@mgs/realtime/channel-react";
import { recordChangedEvent, recordEditingEvent } from "@mgs/realtime/events";
import { CLIENT_EVENTS, EVENTS } from "@mgs/realtime/names";
import type { ChannelMember } from "@mgs/realtime/page-channel";
import { isBackgroundOp } from "@mgs/records/contract/background-change";
import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslations } from "../intl";
import { sessionFetch } from "../page-session";
import { useShell } from "../shell-context";
import { useGuests } from "./use-guests";

const change = object({ seq: number, op: string, user_name: string });
const answer = object({ data: object({ reset: boolean, seq: number, changes: array(change) }) });
const fieldNames = object({ fields: object({}) });

type Room = {
  /** Others who have the record open, by name. */
  others: readonly (ChannelMember & { isEditing: boolean })[];
  /** Tells the others whether there are unsaved changes here. */
  setEditing(editing: boolean): void;
  /** Who changed a field last while the page was open; empty when nobody did. */
  changedBy(field: string): string;
  /** The last change by somebody else, in words, for the line below the title. */
  news: string;
};

const RoomContext = createContext<Room>({ others: [], setEditing: () => {}, changedBy: () => "", news: "" });

export function useRecordRoom(): Room {
  return useContext(RoomContext);
}

type RecordRoomProps = {
  /** The record's channels without what stands before them: `dossier.42`. */
  channel: string;
  /** Address of its changes, without a query. */
  changesPath: string;
  /** Address of the list of who has it open, with a socket or without. */
  usersPath: string;
  /** The number of its last change that the page shows. */
  seq: number;
  children: ReactNode;
};

/**
 * What happens to a record while its page is open: who else is there, who has unsaved changes, and what others change, which is fetched by
 * number, also after a time without a connection. The page is drawn anew by the server; what is typed in forms stays.
 */
export function RecordRoom({ channel, changesPath, usersPath, seq, children }: RecordRoomProps) {
  const t = useTranslations("records");
  const { user } = useShell();
  const router = useRouter();
  const [members, setMembers] = useState<readonly ChannelMember[]>([]);
  const [editors, setEditors] = useState<ReadonlySet<number>>(new Set());
  const [changers, setChangers] = useState<Readonly<Record<string, string>>>({});
  const [news, setNews] = useState("");
  const known = useRef(seq);
  const isEditing = useRef(false);
  const fetching = useRef<Promise<void>>(undefined);
  const again = useRef(false);

  // The page shows what it was drawn with: one's own change as well.
  useEffect(() => {
    known.current = Math.max(known.current, seq);
  }, [seq]);

  async function fetchMissed(): Promise<void> {
    do {
      again.current = false;
      const response = await sessionFetch(`${changesPath}?after=${known.current}`, { cache: "no-store" });
      // Without the access any more, the page itself says so.
      if (!response.ok) return startTransition(() => router.refresh());
      const body: unknown = await response.json();
      if (!answer(body)) return;
      const { data } = body;
      if (data.changes.length === 0 && !data.reset) continue;
      known.current = data.seq;
      const names = data.changes.flatMap((one) =>
        fieldNames(one) ? Object.keys(one.fields).map((field) => [field, one.user_name] as const) : [],
      );
      setChangers((before) => ({ ...before, ...Object.fromEntries(names) }));
      const last = data.changes.findLast(({ op }) => !isBackgroundOp(op));
      if (last || data.reset) setNews(t("changed", { name: last?.user_name || t("somebody") }));
      startTransition(() => router.refresh());
    } while (again.current);
  }

  const catchUp = useEffectEvent(() => {
    again.current = true;
    fetching.current ??= fetchMissed()
      .catch(() => undefined)
      .finally(() => {
        fetching.current = undefined;
      });
  });

  useChannel(`private-${channel}`, {
    events: {
      [EVENTS.recordChanged]: (data) => {
        if (!recordChangedEvent(data) || data.seq > known.current) catchUp();
      },
    },
    onListening: () => catchUp(),
    onRefused: () => startTransition(() => router.refresh()),
  });

  const room = useChannel(`presence-${channel}`, {
    events: {
      [CLIENT_EVENTS.editing]: (data, from) => {
        if (from === undefined || !recordEditingEvent(data)) return;
        setEditors((before) => {
          const after = new Set(before);
          if (data.editing) after.add(from);
          else after.delete(from);
          return after;
        });
      },
    },
    onMembers: (all) => {
      setMembers(all);
      setEditors((before) => new Set([...before].filter((id) => all.some((member) => member.id === id))));
      // Who has just come has not heard it.
      if (isEditing.current) room.send(CLIENT_EVENTS.editing, { editing: true });
    },
  });

  const guests = useGuests(`presence-${channel}`, usersPath);
  const value = useMemo<Room>(
    () => ({
      // Somebody who is there both ways is one.
      others: [...new Map([...guests, ...members].map((one) => [one.id, one])).values()]
        .filter(({ id }) => id !== user.id)
        .map((member) => ({ ...member, isEditing: editors.has(member.id) })),
      setEditing(editing) {
        if (isEditing.current === editing) return;
        isEditing.current = editing;
        room.send(CLIENT_EVENTS.editing, { editing });
      },
      changedBy: (field) => changers[field] ?? "",
      news,
    }),
    [members, guests, editors, changers, news, user.id, room],
  );
  return <RoomContext value={value}>{children}</RoomContext>;
}
