"use client";
import { array, number, object, string } from "@mgs/core/shape";
import type { ConversationDetails } from "@mgs/messaging/contract/conversation";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { useSocketId } from "@mgs/realtime/react";
import { Avatar } from "@mgs/ui/avatar";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Tooltip } from "@mgs/ui/tooltip";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { callApi, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { PersonPicker } from "../people/person-field";
import { PresenceDot } from "../presence/presence-dot";
import { PresenceWords } from "../presence/presence-words";
import { useShell } from "../shell-context";
import { tellOwnChange } from "./conversation-news";

const withoutAccess = object({ without_access: array(object({ id: number, name: string })) });

/** What a refusal to add people says to its reader. */
export function addRefusal(error: unknown, t: ReturnType<typeof useTranslations<"messages">>): string {
  if (!(error instanceof Refusal)) return t("changeFailed");
  if (!withoutAccess(error.data)) return error.message;
  return t("withoutAccess", { names: error.data.without_access.map(({ name }) => name).join(", ") });
}

/** Who is in a conversation: added and taken out here. */
export function PeopleDialog({ details, onClose }: { details: ConversationDetails; onClose: () => void }) {
  const t = useTranslations("messages");
  const { user } = useShell();
  const router = useRouter();
  const socketId = useSocketId();
  const [person, setPerson] = useState<{ id: number; name: string } | null>(null);
  const [history, setHistory] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const { conversation, members } = details;
  const path = (rest: string) => conversationApiPath(conversation.id, rest);

  async function run(call: () => Promise<unknown>) {
    setPending(true);
    setProblem(null);
    try {
      await call();
      tellOwnChange();
      setPerson(null);
      startTransition(() => router.refresh());
    } catch (error) {
      setProblem(addRefusal(error, t));
    }
    setPending(false);
  }
  return (
    <Dialog open onClose={onClose} title={t("people")} closeLabel={t("close")}>
      <div className="grid gap-4">
        <ul className="grid gap-1">
          {members.map(({ id, name }) => (
            <li key={id} className="flex min-h-control items-center gap-3 text-sm">
              <span className="relative shrink-0">
                <Avatar name={name} />
                <PresenceDot userId={id} className="absolute -end-0.5 -bottom-0.5" />
              </span>
              <span className="grid min-w-0 flex-1">
                <bdi className="break-words">{id === user.id ? t("you", { name }) : name}</bdi>
                <PresenceWords userId={id} className="text-muted text-xs" />
              </span>
              {id === user.id || !details.may_remove ? null : (
                <Tooltip text={t("removePerson", { name })}>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={t("removePerson", { name })}
                    disabled={pending}
                    onClick={() =>
                      void run(() => callApi(path(`people/${id}`), { method: "DELETE", socketId: socketId() }))
                    }
                  >
                    <X aria-hidden />
                  </Button>
                </Tooltip>
              )}
            </li>
          ))}
        </ul>
        <form
          className="grid gap-3 border-line border-t pt-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (person)
              void run(() =>
                callApi(path("people"), {
                  ...{ method: "POST", body: { user_ids: [person.id], history }, socketId: socketId() },
                }),
              );
          }}
        >
          <Field label={t("addPeople")} error={problem ?? undefined}>
            {(control) => <PersonPicker {...control} value={person} onChange={setPerson} />}
          </Field>
          <fieldset>
            <legend className="mb-1 font-medium">{t("sees.label")}</legend>
            {([false, true] as const).map((choice) => (
              <label key={String(choice)} className="flex min-h-control-sm items-center gap-2 text-sm">
                <input
                  type="radio"
                  name="history"
                  checked={history === choice}
                  onChange={() => setHistory(choice)}
                  className="size-4 shrink-0 accent-accent"
                />
                {t(choice ? "sees.all" : "sees.fromNow")}
              </label>
            ))}
          </fieldset>
          <Button type="submit" pending={pending} disabled={person === null} className="justify-self-end">
            {t("add")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
