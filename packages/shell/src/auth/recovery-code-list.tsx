"use client";
import { Button } from "@mgs/ui/button";
import { Copy, Download, Printer } from "lucide-react";
import { useState } from "react";
import { useHydrated } from "../hydrated";
import { useTranslations } from "../intl";

/** Fresh recovery codes, to copy, download or print. */
export function RecoveryCodeList({ codes, account }: { codes: readonly string[]; account: string }) {
  const t = useTranslations("recoveryCodes");
  const hydrated = useHydrated();
  const [copied, setCopied] = useState(false);
  const text = [`${t("file")} - ${account}`, "", ...codes, ""].join("\n");

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = `${t("file")}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <div className="grid gap-4">
      <ol
        data-testid="recovery-codes"
        className="grid grid-cols-1 gap-x-6 gap-y-2 rounded-lg bg-subtle px-4 py-3 font-mono text-sm min-[420px]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      {hydrated ? (
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button variant="secondary" size="sm" onClick={copy}>
            <Copy aria-hidden />
            <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
          </Button>
          <Button variant="secondary" size="sm" onClick={download}>
            <Download aria-hidden />
            {t("download")}
          </Button>
          <Button variant="secondary" size="sm" onClick={() => window.print()}>
            <Printer aria-hidden />
            {t("print")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
