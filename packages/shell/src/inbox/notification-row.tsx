"use client";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { Tooltip } from "@mgs/ui/tooltip";
import { Archive, ArchiveRestore, Mail, MailOpen, Trash2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useFocusAfterRemoval } from "../browser/use-focus-after-removal";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { RelativeTime } from "../time/relative";
import { useInboxStore } from "./inbox-provider";
import { NotificationLink } from "./notification-link";
import { NotificationMessage } from "./notification-message";
import { RemoveDialog } from "./remove-dialog";
import type { InboxItem } from "./state";
import { useSourceName } from "./use-source-name";

type NotificationRowProps = {
  item: InboxItem;
  /** `compact`: bell and dashboard, an excerpt. `full`: the page, the whole message and every action. */
  density: "compact" | "full";
  onOpened?: () => void;
};

/** One notification in a list. */
export function NotificationRow({ item, density, onOpened }: NotificationRowProps) {
  const t = useTranslations("notifications");
  const { portals } = useShell();
  const store = useInboxStore();
  const unread = item.read_at === null;
  const row = useRef<HTMLLIElement>(null);
  useFocusAfterRemoval(row);

  function open() {
    if (unread) void store.opened(item.id);
    onOpened?.();
  }
  return (
    <li
      ref={row}
      data-notification={item.id}
      data-unread={unread}
      className={cn(
        "group relative flex gap-x-3 px-4 py-3 transition-colors hover:bg-subtle/60 sm:px-6",
        density === "full" ? "max-sm:flex-wrap" : "pointer-coarse:flex-wrap",
      )}
    >
      <span aria-hidden className={cn("mt-1.5 size-2 shrink-0 rounded-full", unread && "bg-ring")} />
      <div className="min-w-0 flex-1">
        <p className={cn("break-words", unread ? "font-semibold text-ink" : "font-medium text-muted")}>
          {unread ? <span className="sr-only">{t("unread")} : </span> : null}
          <NotificationLink
            item={item}
            portals={portals}
            onOpen={open}
            className="text-start underline-offset-4 after:content-[''] hover:underline"
          >
            <bdi>{item.titre}</bdi>
          </NotificationLink>
        </p>
        <NotificationMessage item={item} whole={density === "full"} />
        <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-muted text-xs">
          <Origin item={item} />
          <span aria-hidden>·</span>
          <RelativeTime iso={item.created_at} />
        </p>
      </div>
      <RowActions item={item} density={density} />
    </li>
  );
}

function Origin({ item }: { item: InboxItem }) {
  const source = useSourceName(item);
  return (
    <span className="break-words">
      <bdi>{source}</bdi>
      {item.sender ? (
        <>
          {" · "}
          <bdi>{item.sender.name}</bdi>
        </>
      ) : null}
    </span>
  );
}

function RowActions({ item, density }: { item: InboxItem; density: "compact" | "full" }) {
  const t = useTranslations("notifications");
  const store = useInboxStore();
  const [removing, setRemoving] = useState(false);
  const unread = item.read_at === null;
  const archived = item.archived_at !== null;
  return (
    <fieldset
      aria-label={t("actions", { titre: item.titre })}
      className={cn(
        "flex shrink-0 items-start justify-end gap-0.5 self-start",
        density === "full" && "max-sm:basis-full",
        density === "compact" &&
          "pointer-fine:absolute pointer-fine:end-3 pointer-fine:top-2 pointer-fine:rounded-lg pointer-fine:border pointer-fine:border-line pointer-fine:bg-raised pointer-fine:opacity-0 pointer-fine:shadow-card pointer-fine:transition-opacity pointer-fine:focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-coarse:basis-full",
      )}
    >
      <RowAction label={unread ? t("markRead") : t("markUnread")} onClick={() => store.setRead(item.id, unread)}>
        {unread ? <MailOpen aria-hidden /> : <Mail aria-hidden />}
      </RowAction>
      <RowAction label={archived ? t("unarchive") : t("archive")} onClick={() => store.setArchived(item.id, !archived)}>
        {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
      </RowAction>
      {density === "full" ? (
        <RowAction label={t("remove")} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden />
        </RowAction>
      ) : null}
      <RemoveDialog
        titre={item.titre}
        open={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => void store.remove(item.id)}
      />
    </fieldset>
  );
}

function RowAction({ label, onClick, children }: { label: string; onClick: () => unknown; children: ReactNode }) {
  return (
    <Tooltip text={label}>
      <Button variant="ghost" size="icon" aria-label={label} onClick={onClick}>
        {children}
      </Button>
    </Tooltip>
  );
}
