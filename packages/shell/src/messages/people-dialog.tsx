"use client";
import { array, number, object, string } from "@mgs/core/shape";
import type { ConversationDetails } from "@mgs/messaging/contract/conversation";
import { conversationApiPath } from "@mgs/messaging/contract/links";
import { useSocketId } from "@mgs/realtime/react";
import { Avatar } from "@mgs/ui/avatar";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { callApi, Refusal } from "../api/call-api";
import { useTranslations } from "../intl";
import { PersonPicker } from "../people/person-field";
import { PresenceDot } from "../presence/presence-dot";
import { useShell } from "../shell-context";

const withoutAccess = object({ without_access: array(object({ id: number, name: string })) });

/** What a refusal to add people says to its reader. */
export function addRefusal(error: unknown, t: ReturnType<typeof useTranslations<"messages">>): string {
  if (!(error instanceof Refusal)) return t("loadFailed");
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
      setPerson(null);
      startTransition(() => router.refresh());
    } catch (error) {
      setProblem(addRefusal(error, t));
    }
    setPending(false);
  }
  return (
    <Dialog open onClose={onClose} title={t("people")} closeLabel={t("cancel")}>
      <div className="grid gap-4">
        <ul className="grid gap-1">
          {members.map(({ id, name }) => (
            <li key={id} className="flex min-h-control items-center gap-3 text-sm">
              <Avatar name={name} size="sm" />
              <bdi className="min-w-0 flex-1 break-words">{name}</bdi>
              <PresenceDot userId={id} />
              {id === user.id ? null : (
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
          <label className="flex min-h-control-sm items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={history}
              onChange={({ target }) => setHistory(target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            {t("addHistory")}
          </label>
          <Button type="submit" pending={pending} disabled={person === null} className="justify-self-end">
            {t("add")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
