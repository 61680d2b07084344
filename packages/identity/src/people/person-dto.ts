import type { Locale } from "@mgs/core/locale";
import type { Role } from "@mgs/core/roles";
import type { PersonRow } from "./people.repository";

/** A person as administrators see them; never with a hash. */
export type Person = {
  id: number;
  name: string;
  email: string;
  role: Role;
  role_names: Readonly<Record<Locale, string>>;
  locale: string;
  disabled: boolean;
  /** They have never had a password. */
  invited: boolean;
  /** They have to choose another one, also because theirs was withdrawn. */
  password_must_change: boolean;
  /** They have a passkey or an authenticator app. */
  second_factor: boolean;
  /** Failed sign-ins make others wait, from some place or from everywhere. */
  locked: boolean;
  created_at: string;
  last_seen_at: string | null;
  /** Sign-ins that go on, one a device. */
  sessions: number;
  version: number;
};

export function toPerson(row: PersonRow): Person {
  const { id, name, email, role, locale, sessions, version } = row;
  return {
    ...{ id, name, email, role, locale, sessions, version },
    role_names: { fr: row.roleNameFr, en: row.roleNameEn },
    disabled: row.disabledAt !== null,
    invited: row.invited,
    password_must_change: row.passwordMustChange,
    second_factor: row.hasSecondFactor,
    locked: row.locked,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt?.toISOString() ?? null,
  };
}
