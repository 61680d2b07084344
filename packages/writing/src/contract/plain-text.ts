import { type Block, type Inline, parseMarkdown } from "./markdown";

/** Writes a text as one line without its marks, for places that show a glimpse of it. */
export const plainText = (text: string): string => blocksToText(parseMarkdown(text)).replace(/\s+/g, " ").trim();

const blocksToText = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => {
      if (block.kind === "quote") return blocksToText(block.children);
      return (block.kind === "list" ? block.items : block.lines).map(inlineToText).join(" ");
    })
    .join(" ");

const inlineToText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => (inline.kind === "text" || inline.kind === "code" ? inline.text : inlineToText(inline.children)))
    .join("");
