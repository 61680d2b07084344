export type Sender = { name: string; address: string };

/** Reads `address` or `Name <address>`; null for anything else. */
export function parseSender(text: string): Sender | null {
  const named = /^\s*"?([^"<>\r\n]*?)"?\s*<([^<>\s@]+@[^<>\s@]+)>\s*$/.exec(text);
  if (named?.[2] !== undefined) return { name: named[1] ?? "", address: named[2] };
  const bare = /^\s*([^<>\s@]+@[^<>\s@]+)\s*$/.exec(text);
  return bare?.[1] === undefined ? null : { name: "", address: bare[1] };
}

/** The sender's form in a header or a JSON field. */
export function formatSender({ name, address }: Sender): string {
  return name === "" ? address : `"${name}" <${address}>`;
}
