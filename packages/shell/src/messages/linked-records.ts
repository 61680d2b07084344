import { type Block, type Inline, parseMarkdown } from "@mgs/writing/contract/markdown";

/** A message shows no more cards. */
const MAX_RECORDS = 3;

/**
 * Lists the links of a message that may lead to a record: those to a portal that its reader may open, each once.
 * @param origins of those portals
 */
export function linkedRecords(content: string, origins: ReadonlySet<string>): string[] {
  // Most messages have none, and need not be parsed for it.
  if (!content.includes("://")) return [];
  const links = new Set(hrefsOf(parseMarkdown(content)).filter((href) => origins.has(originOf(href))));
  return [...links].slice(0, MAX_RECORDS);
}

function hrefsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "quote") return hrefsOf(block.children);
    return (block.kind === "list" ? block.items : block.lines).flatMap(inlineHrefs);
  });
}

function inlineHrefs(inlines: readonly Inline[]): string[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === "link") return [inline.href];
    return inline.kind === "strong" || inline.kind === "emphasis" ? inlineHrefs(inline.children) : [];
  });
}

const originOf = (href: string): string => (URL.canParse(href) ? new URL(href).origin : "");
