"use client";
import { Combobox } from "@mgs/ui/combobox";
import { Field } from "@mgs/ui/field";
import { useState } from "react";
import { useTranslations } from "../intl";
import { PersonOption } from "./person-option";
import type { Person } from "./search-users";
import { usePeopleSearch } from "./use-people-search";

type RecipientFieldProps = {
  value: Person | null;
  onChange: (person: Person | null) => void;
  error?: string | undefined;
};

/** Finds a person by name or e-mail address. */
export function RecipientField({ value, onChange, error }: RecipientFieldProps) {
  const t = useTranslations("sendForm");
  const [query, setQuery] = useState(value?.name ?? "");
  const { people, ...search } = usePeopleSearch(value ? "" : query.trim());
  return (
    <Field label={t("recipient")} error={error}>
      {(control) => (
        <Combobox
          {...control}
          {...search}
          value={value}
          onChange={onChange}
          query={query}
          onQueryChange={setQuery}
          items={value ? [value] : people}
          itemKey={({ id }) => String(id)}
          itemLabel={({ name }) => name}
          renderItem={(person) => <PersonOption person={person} />}
          placeholder={t("recipientHint")}
          listLabel={t("recipients")}
        />
      )}
    </Field>
  );
}
