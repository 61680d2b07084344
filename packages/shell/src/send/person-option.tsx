"use client";
import { Avatar } from "@mgs/ui/avatar";
import type { Person } from "./search-users";

/** A person in the list of search results. */
export function PersonOption({ person }: { person: Person }) {
  return (
    <span className="flex items-center gap-3">
      <Avatar name={person.name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <bdi>{person.name}</bdi>
        </span>
        <span className="block truncate text-muted text-xs">
          <bdi>{person.email}</bdi> · <bdi>{person.role_name}</bdi>
        </span>
      </span>
    </span>
  );
}
