"use client";
import { Combobox } from "@mgs/ui/combobox";
import { Field } from "@mgs/ui/field";
import { X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslations } from "../intl";
import { PersonOption } from "./person-option";
import type { Person } from "./search-users";
import { MAX_RECIPIENTS } from "./send-values";
import { usePeopleSearch } from "./use-people-search";

type RecipientsFieldProps = {
  value: readonly Person[];
  onChange: (people: readonly Person[]) => void;
  error?: string | undefined;
};

/** Finds people by name or e-mail address, one after the other; Backspace in the empty field removes the last one. */
export function RecipientsField({ value, onChange, error }: RecipientsFieldProps) {
  const t = useTranslations("sendForm");
  const [query, setQuery] = useState("");
  /** Whether a person was just chosen: the combobox writes their name into its field, but a chip shows them already. */
  const chosen = useRef(false);
  const field = useRef<HTMLDivElement>(null);
  const { people, ...search } = usePeopleSearch(query.trim());
  const items = people.filter(({ id }) => value.every((one) => one.id !== id));

  function add(person: Person | null) {
    if (!person) return;
    chosen.current = true;
    onChange([...value, person]);
  }

  function remove(person: Person) {
    onChange(value.filter(({ id }) => id !== person.id));
    // The focus was on the removed button.
    field.current?.querySelector("input")?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = value.at(-1);
    if (event.key === "Backspace" && query === "" && last && event.target instanceof HTMLInputElement) remove(last);
  }

  return (
    <Field
      label={t("recipientsLabel")}
      error={error}
      hint={value.length > 0 ? t("recipientCount", { count: value.length, max: MAX_RECIPIENTS }) : undefined}
    >
      {(control) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: handles a key of the field inside it
        <div ref={field} className="grid gap-2" onKeyDown={onKeyDown}>
          {value.length > 0 ? (
            <ul aria-label={t("recipientsLabel")} className="flex flex-wrap gap-2">
              {value.map((person) => (
                <li
                  key={person.id}
                  className="inline-flex min-w-0 max-w-full items-center gap-1 rounded-lg bg-accent-soft ps-2.5 text-accent-ink"
                >
                  <span className="truncate font-medium text-xs">
                    <bdi>{person.name}</bdi>
                  </span>
                  <button
                    type="button"
                    aria-label={t("removeRecipient", { name: person.name })}
                    onClick={() => remove(person)}
                    className="inline-flex size-control-sm shrink-0 items-center justify-center rounded-lg hover:bg-subtle"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          <Combobox
            {...control}
            {...search}
            value={null}
            onChange={add}
            query={query}
            onQueryChange={(text) => {
              setQuery(chosen.current ? "" : text);
              chosen.current = false;
            }}
            items={value.length < MAX_RECIPIENTS ? items : []}
            itemKey={({ id }) => String(id)}
            itemLabel={({ name }) => name}
            renderItem={(person) => <PersonOption person={person} />}
            emptyText={value.length < MAX_RECIPIENTS ? search.emptyText : t("enoughRecipients")}
            placeholder={t("recipientHint")}
            listLabel={t("recipients")}
          />
        </div>
      )}
    </Field>
  );
}
