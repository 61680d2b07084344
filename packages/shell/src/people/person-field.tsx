"use client";
import { Combobox } from "@mgs/ui/combobox";
import type { FieldControl } from "@mgs/ui/field";
import { useRef, useState } from "react";
import { useTranslations } from "../intl";
import { PersonOption } from "../send/person-option";
import { usePeopleSearch } from "../send/use-people-search";

type Named = { id: number; name: string };

type PersonPickerProps = FieldControl & {
  value: Named | null;
  onChange: (person: Named | null) => void;
  /** Who is chosen stands elsewhere: the field is empty again for the next one. */
  isRepeated?: boolean;
};

/** Finds a colleague by name or e-mail address, inside a field. The page needs the texts `sendForm`. */
export function PersonPicker({ value, onChange, isRepeated = false, ...control }: PersonPickerProps) {
  const t = useTranslations("sendForm");
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = useRef<string | null>(null);
  const query = typed ?? value?.name ?? "";
  const { people, ...search } = usePeopleSearch(value ? "" : query.trim());
  return (
    <Combobox<Named & { email?: string; role_name?: string }>
      {...control}
      {...search}
      value={value}
      onChange={(person) => {
        setTyped(person === null ? query : null);
        chosen.current = person?.name ?? null;
        onChange(person && { id: person.id, name: person.name });
      }}
      query={query}
      onQueryChange={(text) => {
        // The choice writes the name that was chosen into the field.
        setTyped(isRepeated && text === chosen.current ? "" : text);
        chosen.current = null;
      }}
      items={value ? [value] : people}
      itemKey={({ id }) => String(id)}
      itemLabel={({ name }) => name}
      renderItem={({ name, email = "", role_name = "", id }) => (
        <PersonOption person={{ id, name, email, role_name }} />
      )}
      placeholder={t("recipientHint")}
      listLabel={t("recipients")}
    />
  );
}
