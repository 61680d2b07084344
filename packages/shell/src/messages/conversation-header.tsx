"use client";
import type { ConversationDetails } from "@mgs/messaging/contract/conversation";
import { messagesPath } from "@mgs/messaging/links";
import { useSocketId } from "@mgs/realtime/react";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { DropdownMenu, menuLink } from "@mgs/ui/dropdown-menu";
import { ArrowLeft, BellOff, Pin, Settings2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ComponentProps, startTransition, useState } from "react";
import { Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { PresenceDot } from "../presence/presence-dot";
import { PresenceWords } from "../presence/presence-words";
import { showMessage } from "../toasts/show-message";
import { changeConversation } from "./api";
import { LeaveDialog } from "./leave-dialog";
import { PeopleDialog } from "./people-dialog";
import { RenameDialog } from "./rename-dialog";

/** Whom a conversation is with, what it is about, and what can be set of it. */
export function ConversationHeader({ details }: { details: ConversationDetails }) {
  const t = useTranslations("messages");
  const router = useRouter();
  const socketId = useSocketId();
  const { conversation } = details;
  const { id, title, subject, is_pair, people, people_count, muted, pinned, archived } = conversation;
  const [open, setOpen] = useState<"people" | "rename" | "leave" | null>(null);
  const [first] = people;

  async function change(body: Parameters<typeof changeConversation>[1]) {
    try {
      await changeConversation(id, body, { socketId: socketId() });
      startTransition(() => router.refresh());
    } catch (error) {
      showMessage(error instanceof Refusal ? error.message : t("changeFailed"), "danger");
    }
  }
  const close = () => setOpen(null);
  return (
    <header className="flex items-center gap-3 border-line border-b px-4 py-2">
      <Link
        href={messagesPath()}
        aria-label={t("back")}
        className={buttonStyles({ variant: "ghost", size: "icon", className: "lg:hidden" })}
      >
        <ArrowLeft aria-hidden className="rtl:rotate-180" />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="flex items-center gap-2 font-semibold">
          <bdi className="min-w-0 truncate">{title}</bdi>
          {is_pair && first ? <PresenceDot userId={first.id} /> : null}
          {pinned ? <Pin role="img" aria-label={t("pinned")} className="size-3.5 shrink-0 text-muted" /> : null}
          {muted ? <BellOff role="img" aria-label={t("muted")} className="size-3.5 shrink-0 text-muted" /> : null}
          {archived ? <Badge>{t("archived")}</Badge> : null}
        </h1>
        <p className="truncate text-muted text-xs">
          {subject ? (
            <a href={subject.href} className="text-accent-ink hover:underline">
              {t("about", { title: subject.title })}
            </a>
          ) : null}
          {subject && !is_pair ? " · " : ""}
          {is_pair ? (
            first && <PresenceWords userId={first.id} />
          ) : (
            <button type="button" onClick={() => setOpen("people")} className="hover:underline">
              {t("peopleCount", { count: people_count })}
            </button>
          )}
        </p>
      </div>
      <DropdownMenu
        align="end"
        button={{
          "aria-label": t("settings"),
          className: buttonStyles({ variant: "ghost", size: "icon" }),
          children: <Settings2 aria-hidden />,
        }}
      >
        <Item onClick={() => void change({ pinned: !pinned })}>{t(pinned ? "unpin" : "pin")}</Item>
        <Item onClick={() => void change({ muted: !muted })}>{t(muted ? "unmute" : "mute")}</Item>
        <Item onClick={() => void change({ archived: !archived })}>{t(archived ? "unarchive" : "archive")}</Item>
        {is_pair ? null : (
          <>
            <Item onClick={() => setOpen("people")}>{t("people")}</Item>
            <Item onClick={() => setOpen("rename")}>{t("rename")}</Item>
            <Item onClick={() => setOpen("leave")}>{t("leave")}</Item>
          </>
        )}
      </DropdownMenu>
      {open === "people" ? <PeopleDialog details={details} onClose={close} /> : null}
      {open === "rename" ? (
        <RenameDialog
          name={conversation.name}
          onRename={async (name) => {
            await change({ name });
            close();
          }}
          onClose={close}
        />
      ) : null}
      {open === "leave" ? <LeaveDialog conversationId={id} onClose={close} /> : null}
    </header>
  );
}

const Item = (props: Pick<ComponentProps<"button">, "onClick" | "children">) => (
  <button type="button" {...menuLink} {...props} />
);
