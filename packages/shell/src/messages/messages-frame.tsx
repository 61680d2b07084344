"use client";
import type { ConversationPage } from "@mgs/messaging/contract/conversation";
import { cn } from "@mgs/ui/cn";
import { MessagesSquare } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";
import { ConversationList } from "./conversation-list";
import { LaterButton } from "./later-dialog";
import { MessageSearch } from "./message-search";
import { type NamedPerson, NewConversation } from "./new-conversation";

type MessagesFrameProps = {
  conversations: ConversationPage;
  currentId: number | null;
  /** With whom a new conversation is to begin at once; empty: whom is still to be chosen. */
  writeTo?: readonly NamedPerson[] | undefined;
  /** The conversation that is open. */
  children?: ReactNode;
};

/** One's conversations beside the one that is open; a phone shows one of the two. */
export function MessagesFrame({ conversations, currentId, writeTo, children }: MessagesFrameProps) {
  const t = useTranslations("messages");
  const isOpen = currentId !== null;
  return (
    <div className="-mx-4 -mt-6 -mb-24 flex h-[calc(100dvh-3.5rem-var(--frame-top,0px)-3.5rem)] min-h-96 sm:-mx-8 lg:mx-0 lg:-mt-4 lg:-mb-8 lg:h-[calc(100dvh-6rem-var(--frame-top,0px))] lg:overflow-hidden lg:rounded-xl lg:border lg:border-line">
      <section
        aria-label={t("list")}
        className={cn(
          "min-w-0 flex-1 flex-col border-line bg-surface lg:flex lg:max-w-80 lg:border-e",
          isOpen ? "hidden" : "flex",
        )}
      >
        <div className="flex items-center justify-between gap-2 border-line border-b px-4 py-2">
          {/* The conversation that is open is what the page is about. */}
          {isOpen ? <h2 className="font-semibold">{t("title")}</h2> : <h1 className="font-semibold">{t("title")}</h1>}
          <div className="flex gap-1">
            <MessageSearch />
            <LaterButton />
            <NewConversation label={t("new")} initial={writeTo} isIcon />
          </div>
        </div>
        <ConversationList initial={conversations} currentId={currentId} />
      </section>
      <section
        aria-label={t("current")}
        className={cn("min-w-0 flex-1 flex-col bg-surface lg:flex", isOpen ? "flex" : "hidden")}
      >
        {children ?? (
          <div className="grid flex-1 place-items-center p-8 text-center text-muted">
            <div className="grid justify-items-center gap-3">
              <MessagesSquare aria-hidden className="size-8" />
              <p className="text-sm">{t("choose")}</p>
            </div>
          </div>
        )}
      </section>
    </div>
  );
}
