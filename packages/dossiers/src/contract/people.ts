import type { PersonRef } from "./dossier";
import type { AccessReason } from "./rules";

/** Who sees a dossier, and why. */
export type DossierPeopleDto = {
  people: readonly (PersonRef & { reasons: readonly AccessReason[]; since: string })[];
  /** Roles whose people see it: they were asked, or see every dossier. */
  roles: readonly { slug: string; name: string; reason: "asked" | "read-all" }[];
  /** Whether the caller is told of what happens to it. */
  following: boolean;
  may: { grant: boolean };
};
