import type { Account } from "./accounts.repository";

/** A person as administrators see them; never with a hash. */
export type AccountSummary = {
  id: number;
  email: string;
  name: string;
  role: string;
  locale: string;
  disabled: boolean;
  created_at: string;
  /** Sign-ins that go on, one a device. */
  sessions: number;
};

export function toAccountSummary({ disabledAt, createdAt, ...account }: Account): AccountSummary {
  return { ...account, disabled: disabledAt !== null, created_at: createdAt.toISOString() };
}
