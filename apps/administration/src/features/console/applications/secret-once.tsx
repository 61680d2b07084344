"use client";
import { showMessage } from "@mgs/shell/toasts/show-message";
import { Alert } from "@mgs/ui/alert";
import { Button, buttonStyles } from "@mgs/ui/button";
import { Copy } from "lucide-react";
import { useEffect, useRef } from "react";

export type IssuedSecret = { clientId: string; secret: string };

export type SecretTexts = {
  title: string;
  once: string;
  clientId: string;
  clientSecret: string;
  copy: string;
  copied: string;
  open: string;
};

type SecretOnceProps = {
  issued: IssuedSecret;
  texts: SecretTexts;
  /** Address of the client's page; null on that page. */
  href: string | null;
};

/** Shows a secret this once: it is in this page's memory, and nowhere else. */
export function SecretOnce({ issued, texts, href }: SecretOnceProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="grid gap-4 outline-none">
      <Alert tone="success" title={texts.title}>
        <p>{texts.once}</p>
      </Alert>
      <Value label={texts.clientId} value={issued.clientId} texts={texts} />
      <Value label={texts.clientSecret} value={issued.secret} texts={texts} />
      {href === null ? null : (
        <a href={href} className={buttonStyles({ variant: "secondary", className: "justify-self-start" })}>
          {texts.open}
        </a>
      )}
    </div>
  );
}

function Value({ label, value, texts }: { label: string; value: string; texts: SecretTexts }) {
  async function copy() {
    await navigator.clipboard.writeText(value);
    showMessage(texts.copied, "info");
  }
  return (
    <div className="grid gap-1">
      <p className="font-medium">{label}</p>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 select-all break-all rounded-lg bg-subtle px-3 py-2 font-mono text-sm">
          {value}
        </code>
        <Button variant="secondary" size="icon-lg" aria-label={`${texts.copy} : ${label}`} onClick={copy}>
          <Copy aria-hidden />
        </Button>
      </div>
    </div>
  );
}
