import { useTranslations } from "../intl";

/** Who writes now. The line keeps its height, so that nothing moves. */
export function TypingNames({ names }: { names: readonly string[] }) {
  const t = useTranslations("messages");
  const [name] = names;
  return (
    <p className="min-h-5 px-4 text-muted text-xs" data-typing={names.length}>
      {name === undefined ? "" : t("typing", { count: names.length, name })}
    </p>
  );
}
