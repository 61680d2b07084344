"use client";
import type { FieldControl } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { useState } from "react";

const parse = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

type TagsInputProps = FieldControl & { name: string; value: readonly string[]; onChange: (tags: string[]) => void };

/** Tags as a text with commas. What is typed stays as it is while it means the same tags. */
export function TagsInput({ value, onChange, ...control }: TagsInputProps) {
  const [text, setText] = useState(value.join(", "));
  const shown = JSON.stringify(parse(text)) === JSON.stringify(value) ? text : value.join(", ");
  return (
    <Input
      {...control}
      value={shown}
      autoComplete="off"
      onChange={(event) => {
        setText(event.target.value);
        onChange(parse(event.target.value));
      }}
    />
  );
}
