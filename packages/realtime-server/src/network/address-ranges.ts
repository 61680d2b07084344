import { BlockList, isIP } from "node:net";

/** Whether a text is an IP address or a range of them (`10.0.0.0/8`, `fd00::/8`). */
export function isAddressRange(text: string): boolean {
  const { address, prefix } = split(text);
  const version = isIP(address);
  if (version === 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/**
 * Makes a block list of addresses and ranges.
 * @throws Error when one is neither
 */
export function addressRanges(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    if (!isAddressRange(text)) throw new Error(`${text} is neither an address nor a range`);
    const { address, prefix } = split(text);
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function split(text: string): { address: string; prefix: string | undefined } {
  const [address = "", prefix, ...rest] = text.split("/");
  return { address: rest.length > 0 ? "" : address, prefix };
}
