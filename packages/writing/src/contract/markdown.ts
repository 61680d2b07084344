/**
 * The safe subset of Markdown that comments have: bold, italic, code, links, lists and quotes. The parser makes a tree, which pages draw as
 * elements: no text ever becomes HTML. Depth is limited, and what is deeper stands as it was typed.
 */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

export type Block =
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "quote"; children: Block[] };

const MAX_INLINE_DEPTH = 4;
const MAX_QUOTE_DEPTH = 3;

const BULLET = /^[-*] +(.*)$/;
const NUMBERED = /^\d{1,3}[.)] +(.*)$/;
const QUOTE = /^> ?(.*)$/;

/** Parses a comment. */
export function parseMarkdown(text: string): Block[] {
  return parseBlocks(text.split(/\r\n|\r|\n/), 0);
}

function parseBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  /** Takes the lines from here on that a pattern matches, without their marks. */
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let match = pattern.exec(lines[at] ?? ""); match; match = pattern.exec(lines[at] ?? "")) {
      taken.push(match[1] ?? "");
      at++;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at++;
    } else if (depth < MAX_QUOTE_DEPTH && QUOTE.test(line)) {
      blocks.push({ kind: "quote", children: parseBlocks(take(QUOTE), depth + 1) });
    } else if (BULLET.test(line)) {
      blocks.push({ kind: "list", ordered: false, items: take(BULLET).map((item) => parseInline(item)) });
    } else if (NUMBERED.test(line)) {
      blocks.push({ kind: "list", ordered: true, items: take(NUMBERED).map((item) => parseInline(item)) });
    } else {
      const paragraph: string[] = [];
      do paragraph.push(lines[at++] ?? "");
      while (at < lines.length && isText(lines[at] ?? "", depth));
      blocks.push({ kind: "paragraph", lines: paragraph.map((one) => parseInline(one)) });
    }
  }
  return blocks;
}

const isText = (line: string, depth: number): boolean =>
  line.trim() !== "" && !BULLET.test(line) && !NUMBERED.test(line) && !(depth < MAX_QUOTE_DEPTH && QUOTE.test(line));

const LINK = /\[([^[\]\n]{1,500})\]\(([^()\s]{1,1000})\)/y;
const BARE_LINK = /https?:\/\/[^\s<>"'`*)\]]{1,1000}/y;
const MARKS = [
  ["**", "strong"],
  ["*", "emphasis"],
  ["_", "emphasis"],
] as const;

/** Parses the marks within one line. */
export function parseInline(line: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let text = "";
  const add = (inline: Inline) => {
    if (text !== "") found.push({ kind: "text", text });
    text = "";
    found.push(inline);
  };
  let at = 0;
  while (at < line.length) {
    const next = readMark(line, at, depth);
    if (next) {
      add(next.inline);
      at = next.end;
    } else {
      text += line[at];
      at++;
    }
  }
  if (text !== "") found.push({ kind: "text", text });
  return found;
}

function readMark(line: string, at: number, depth: number): { inline: Inline; end: number } | null {
  switch (line[at]) {
    case "`":
      return readCode(line, at);
    case "[":
      return readLink(line, at, depth);
    case "h":
      return isWordStart(line, at) ? readBareLink(line, at) : null;
    case "*":
    case "_":
      return depth < MAX_INLINE_DEPTH ? readEmphasis(line, at, depth) : null;
    default:
      return null;
  }
}

function readCode(line: string, at: number): { inline: Inline; end: number } | null {
  const end = line.indexOf("`", at + 1);
  return end > at + 1 ? { inline: { kind: "code", text: line.slice(at + 1, end) }, end: end + 1 } : null;
}

function readLink(line: string, at: number, depth: number): { inline: Inline; end: number } | null {
  LINK.lastIndex = at;
  const [whole, label = "", address = ""] = LINK.exec(line) ?? [];
  const href = whole === undefined ? null : safeHref(address);
  if (whole === undefined || href === null) return null;
  // A label has marks, and no further link.
  const children = parseInline(label, Math.max(depth + 1, MAX_INLINE_DEPTH - 1)).map(withoutLink);
  return { inline: { kind: "link", href, children }, end: at + whole.length };
}

const withoutLink = (inline: Inline): Inline => (inline.kind === "link" ? { kind: "text", text: inline.href } : inline);

function readBareLink(line: string, at: number): { inline: Inline; end: number } | null {
  BARE_LINK.lastIndex = at;
  const found = BARE_LINK.exec(line)?.[0].replace(/[.,;:!?]+$/, "");
  const href = found === undefined ? null : safeHref(found);
  if (found === undefined || href === null) return null;
  return { inline: { kind: "link", href, children: [{ kind: "text", text: found }] }, end: at + found.length };
}

function readEmphasis(line: string, at: number, depth: number): { inline: Inline; end: number } | null {
  for (const [mark, kind] of MARKS) {
    if (!line.startsWith(mark, at)) continue;
    // A name such as `max_file_size` has no emphasis in it.
    if (mark === "_" && !isWordStart(line, at)) continue;
    const start = at + mark.length;
    const end = line.indexOf(mark, start);
    if (end <= start || line[start] === " " || line[end - 1] === " ") continue;
    if (mark === "_" && /[\p{L}\p{N}]/u.test(line[end + 1] ?? "")) continue;
    return { inline: { kind, children: parseInline(line.slice(start, end), depth + 1) }, end: end + mark.length };
  }
  return null;
}

const isWordStart = (line: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(line[at - 1] ?? "");

const SAFE_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** The address of a link that may be followed; null for `javascript:`, `data:` and everything else. */
export function safeHref(address: string): string | null {
  // Control characters within an address are dropped by browsers, and would hide its protocol.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0020\u007f]/.test(address)) return null;
  try {
    const url = new URL(address);
    return SAFE_PROTOCOLS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
