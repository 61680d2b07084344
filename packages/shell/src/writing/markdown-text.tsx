import { type Block, type Inline, parseMarkdown } from "@mgs/writing/contract/markdown";
import { Fragment, type ReactNode } from "react";

type MarkdownTextProps = {
  content: string;
  /** Names of whom the text mentions: they stand out. */
  names: readonly string[];
};

/** Draws the safe subset of Markdown as elements; no text becomes HTML. */
export function MarkdownText({ content, names }: MarkdownTextProps) {
  return (
    <div className="grid grid-cols-1 gap-2 wrap-anywhere text-sm leading-6">
      {drawBlocks(parseMarkdown(content), names)}
    </div>
  );
}

function drawBlocks(blocks: readonly Block[], names: readonly string[]): ReactNode {
  return blocks.map((block, index) => {
    // Blocks have no identity of their own, and are drawn anew as a whole.
    const key = `${index}-${block.kind}`;
    if (block.kind === "quote")
      return (
        <blockquote key={key} className="grid grid-cols-1 gap-2 border-line border-s-4 ps-3 text-muted">
          {drawBlocks(block.children, names)}
        </blockquote>
      );
    if (block.kind === "paragraph")
      return (
        <p key={key}>
          {block.lines.map((line, at) => (
            <Fragment key={at}>
              {at > 0 ? <br /> : null}
              {drawInline(line, names)}
            </Fragment>
          ))}
        </p>
      );
    const items = block.items.map((item, at) => <li key={at}>{drawInline(item, names)}</li>);
    return block.ordered ? (
      <ol key={key} className="list-decimal ps-6">
        {items}
      </ol>
    ) : (
      <ul key={key} className="list-disc ps-6">
        {items}
      </ul>
    );
  });
}

function drawInline(inlines: readonly Inline[], names: readonly string[]): ReactNode {
  return inlines.map((inline, index) => {
    const key = `${index}-${inline.kind}`;
    switch (inline.kind) {
      case "text":
        return <Fragment key={key}>{drawMentions(inline.text, names)}</Fragment>;
      case "code":
        return (
          <code key={key} className="rounded bg-subtle px-1 font-mono text-xs">
            {inline.text}
          </code>
        );
      case "strong":
        return <strong key={key}>{drawInline(inline.children, names)}</strong>;
      case "emphasis":
        return <em key={key}>{drawInline(inline.children, names)}</em>;
      case "link":
        return (
          <a
            key={key}
            href={inline.href}
            rel="noopener noreferrer nofollow ugc"
            target="_blank"
            className="text-accent-ink underline underline-offset-2"
          >
            {drawInline(inline.children, names)}
          </a>
        );
    }
    return null;
  });
}

/** Marks `@Name` of the mentioned; the longest name first, so that "Zo" does not cut "Zo Rakoto". */
function drawMentions(text: string, names: readonly string[]): ReactNode {
  const marks = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length);
  const parts: ReactNode[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const mark = text[at] === "@" ? marks.find((one) => text.startsWith(one, at)) : undefined;
    if (mark === undefined) {
      plain += text[at];
      at++;
      continue;
    }
    parts.push(
      plain,
      <span key={at} className="rounded bg-accent-soft px-1 font-medium text-accent-ink">
        {mark}
      </span>,
    );
    plain = "";
    at += mark.length;
  }
  parts.push(plain);
  return parts;
}
