import type { UserSummary } from "@mgs/identity/search-users";
import { buttonStyles } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import type { FieldControl } from "@mgs/ui/field";
import { controlStyles, Input } from "@mgs/ui/input";
import { X } from "lucide-react";
import Link from "next/link";

type PersonFieldProps = {
  /** The name of the form's field, and so of the parameter in the address. */
  name: string;
  aria: FieldControl;
  chosen: UserSummary | null;
  /** The searched text. */
  search: string | undefined;
  placeholder: string;
  /** The address of the page without a person. */
  clearHref: string;
  clearLabel: (name: string) => string;
};

/** The field of a person in a GET form: a search, or the chosen person with a link that clears the choice. */
export function PersonField({ name, aria, chosen, search, placeholder, clearHref, clearLabel }: PersonFieldProps) {
  if (!chosen) {
    return (
      <Input
        {...aria}
        type="search"
        name={name}
        defaultValue={search ?? ""}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={100}
      />
    );
  }
  return (
    <span className={cn(controlStyles, "flex h-control items-center gap-2 pe-1")}>
      <input type="hidden" name={name} value={chosen.id} />
      <input {...aria} readOnly value={chosen.name} className="min-w-0 flex-1 truncate bg-transparent outline-none" />
      <Link
        prefetch={false}
        href={clearHref}
        aria-label={clearLabel(chosen.name)}
        className={buttonStyles({ variant: "ghost", size: "icon" })}
      >
        <X aria-hidden />
      </Link>
    </span>
  );
}
