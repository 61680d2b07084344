"use client";
import { MAX_NAME_CHARACTERS } from "@mgs/messaging/contract/conversation";
import { conversationPath } from "@mgs/messaging/links";
import { useSocketId } from "@mgs/realtime/react";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Tooltip } from "@mgs/ui/tooltip";
import { MessageSquarePlus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "../intl";
import { PersonPicker } from "../people/person-field";
import { openConversation } from "./api";
import { addRefusal } from "./people-dialog";

export type NamedPerson = { id: number; name: string };
type NewConversationProps = {
  /** The record that it is about. */
  subject?: { type: string; id: string } | undefined;
  label: string;
  /** The dialog is open from the start, with these people in it. */
  initial?: readonly NamedPerson[] | undefined;
  /** Its label is a tooltip: it stands where there is no room for words. */
  isIcon?: boolean;
};

/** The button that begins a conversation, and the dialog in which its people are chosen. */
export function NewConversation({ subject, label, initial, isIcon = false }: NewConversationProps) {
  const [open, setOpen] = useState(initial !== undefined);
  return (
    <>
      {isIcon ? (
        <Tooltip text={label}>
          <Button size="icon" aria-label={label} onClick={() => setOpen(true)}>
            <MessageSquarePlus aria-hidden />
          </Button>
        </Tooltip>
      ) : (
        <Button variant={subject ? "secondary" : "primary"} size="sm" onClick={() => setOpen(true)}>
          <MessageSquarePlus aria-hidden />
          {label}
        </Button>
      )}
      {open ? (
        <NewConversationDialog subject={subject} label={label} initial={initial ?? []} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

type DialogProps = Pick<NewConversationProps, "subject" | "label"> & {
  initial: readonly NamedPerson[];
  onClose: () => void;
};

function NewConversationDialog({ subject, label, initial, onClose }: DialogProps) {
  const t = useTranslations("messages");
  const router = useRouter();
  const socketId = useSocketId();
  const [people, setPeople] = useState(initial);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function open() {
    setPending(true);
    setProblem(null);
    try {
      const body = { user_ids: people.map(({ id }) => id), ...(name.trim() === "" ? {} : { name: name.trim() }) };
      const opened = await openConversation({ ...body, ...(subject ? { subject } : {}) }, { socketId: socketId() });
      router.push(conversationPath(opened.id));
      onClose();
    } catch (error) {
      setPending(false);
      setProblem(addRefusal(error, t));
    }
  }
  return (
    <Dialog open onClose={onClose} title={label} closeLabel={t("close")}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (people.length > 0) void open();
        }}
      >
        <Field label={t("record.with")} error={problem ?? undefined}>
          {(control) => (
            <PersonPicker
              {...control}
              isRepeated
              value={null}
              onChange={(person) =>
                person && setPeople((before) => [...before.filter(({ id }) => id !== person.id), person])
              }
            />
          )}
        </Field>
        {people.length === 0 ? null : (
          <ul className="flex flex-wrap gap-2">
            {people.map((person) => (
              <li key={person.id} className="flex max-w-full items-center gap-1 rounded-full bg-subtle ps-3 text-sm">
                <bdi className="min-w-0 truncate">{person.name}</bdi>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={t("removePerson", { name: person.name })}
                  onClick={() => setPeople((before) => before.filter(({ id }) => id !== person.id))}
                >
                  <X aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        )}
        {people.length > 1 ? (
          <Field label={t("nameLabel")} hint={t("optional")} description={t("nameHint")}>
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={MAX_NAME_CHARACTERS}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
        ) : null}
        <Button type="submit" pending={pending} disabled={people.length === 0} className="justify-self-end">
          {t("new")}
        </Button>
      </form>
    </Dialog>
  );
}
