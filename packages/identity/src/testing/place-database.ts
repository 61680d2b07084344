/**
 * Writes a small database of places in MaxMind's format (MaxMind DB file format 2.0), as GeoLite2 City is one: an IPv4 search tree of
 * 24-bit records, the data section and the metadata.
 */

type Value = string | number | readonly Value[] | { readonly [key: string]: Value };

const MARKER = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
const NODE_BYTES = 6;
const TYPES = { string: 2, map: 7, uint32: 6, array: 11 } as const;

/** @param places networks such as `203.0.113.0/24`, with their records */
export function writePlaceDatabase(places: Readonly<Record<string, Value>>): Buffer {
  const nodes: (number | { data: number } | null)[][] = [[null, null]];
  const data: Buffer[] = [];
  let dataBytes = 0;
  for (const [network, record] of Object.entries(places)) {
    const encoded = encode(record);
    insert(nodes, network, dataBytes);
    data.push(encoded);
    dataBytes += encoded.length;
  }
  const tree = Buffer.alloc(nodes.length * NODE_BYTES);
  for (const [index, node] of nodes.entries()) {
    for (const [side, child] of node.entries()) {
      // A record above the number of nodes points into the data section, behind 16 zero bytes; that number itself is nothing.
      const value = child === null ? nodes.length : typeof child === "number" ? child : nodes.length + 16 + child.data;
      tree.writeUIntBE(value, index * NODE_BYTES + side * 3, 3);
    }
  }
  const metadata = encode({
    ...{
      node_count: nodes.length,
      record_size: 24,
      ip_version: 4,
      database_type: "Test-City",
      languages: ["fr", "en"],
    },
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1, description: { en: "Test" } },
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, MARKER, metadata]);
}

function insert(nodes: (number | { data: number } | null)[][], network: string, data: number): void {
  const [address = "", length = "32"] = network.split("/");
  const bits = address
    .split(".")
    .map((byte) => Number(byte).toString(2).padStart(8, "0"))
    .join("")
    .slice(0, Number(length));
  let node = 0;
  for (const [index, bit] of [...bits].entries()) {
    const sides = nodes[node] ?? [];
    if (index === bits.length - 1) {
      sides[Number(bit)] = { data };
      return;
    }
    let next = sides[Number(bit)];
    if (typeof next !== "number") {
      next = nodes.push([null, null]) - 1;
      sides[Number(bit)] = next;
    }
    node = next;
  }
}

function encode(value: Value): Buffer {
  if (typeof value === "string")
    return Buffer.concat([control(TYPES.string, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(TYPES.uint32, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(TYPES.array, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    control(TYPES.map, entries.length),
    ...entries.flatMap(([key, one]) => [encode(key), encode(one as Value)]),
  ]);
}

/** The bytes before a value: its type, and its length. */
function control(type: number, length: number): Buffer {
  const [size, more] = length < 29 ? [length, []] : [29, [length - 29]];
  if (length >= 285) throw new Error("no value of the test is as long as that");
  return Buffer.from(type < 8 ? [(type << 5) | size, ...more] : [size, type - 7, ...more]);
}
