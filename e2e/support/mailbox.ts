import { expect } from "@playwright/test";
import { mailboxUrl } from "./instance";

export type Mail = {
  subject: string;
  text: string;
  html: string;
  /** Missing on the beginning of a mail whose sender was killed: the local mailbox keeps what it had when the connection closed. */
  to?: { address: string }[];
  from: { address: string; name: string }[];
};

/** Lists a person's mails in the local mailbox whose subject passes. */
export async function mailsTo(address: string, passes: (subject: string) => boolean): Promise<Mail[]> {
  const response = await fetch(`${mailboxUrl()}/email`);
  const mails = (await response.json()) as Mail[];
  return mails.filter(({ to, subject }) => to?.some((one) => one.address === address) && passes(subject));
}

/** Waits for a mail by its recipient and subject; fails when there is more than one. */
export async function mailTo(address: string, subject: string): Promise<Mail> {
  let found: Mail[] = [];
  await expect
    .poll(
      async () => {
        found = await mailsTo(address, (text) => text === subject);
        return found.length;
      },
      { message: `mail “${subject}” to ${address}`, timeout: 120_000 },
    )
    .toBeGreaterThan(0);
  expect(found).toHaveLength(1);
  return found[0] as Mail;
}
