"use client";
import { Combobox } from "@mgs/ui/combobox";
import { Field } from "@mgs/ui/field";
import { useEffect, useRef, useState } from "react";
import { PersonOption } from "../send/person-option";
import type { Person } from "../send/search-users";
import { usePeopleSearch } from "../send/use-people-search";
import { useFieldError } from "./action-form";

type ActionPersonProps = {
  /** The action gets the person's id. */
  name: string;
  label: string;
  placeholder: string;
  /** Names the list of people found. */
  listLabel: string;
};

/** A person in an `ActionForm`, found by name or e-mail address. Its page sends the texts `sendForm`. */
export function ActionPerson({ name, label, placeholder, listLabel }: ActionPersonProps) {
  const error = useFieldError(name);
  const [person, setPerson] = useState<Person | null>(null);
  const [query, setQuery] = useState("");
  const hidden = useRef<HTMLInputElement>(null);
  const { people, ...search } = usePeopleSearch(person ? "" : query.trim());

  // A form that goes back to its first values has nobody.
  useEffect(() => {
    const form = hidden.current?.form;
    const clear = () => {
      setPerson(null);
      setQuery("");
    };
    form?.addEventListener("reset", clear);
    return () => form?.removeEventListener("reset", clear);
  }, []);

  return (
    <Field label={label} error={error}>
      {(control) => (
        <>
          <input ref={hidden} type="hidden" name={name} value={person?.id ?? ""} />
          <Combobox
            {...control}
            {...search}
            value={person}
            onChange={setPerson}
            query={query}
            onQueryChange={setQuery}
            items={person ? [person] : people}
            itemKey={({ id }) => String(id)}
            itemLabel={(found) => found.name}
            renderItem={(found) => <PersonOption person={found} />}
            placeholder={placeholder}
            listLabel={listLabel}
          />
        </>
      )}
    </Field>
  );
}
