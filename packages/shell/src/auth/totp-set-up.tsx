type TotpSetUpProps = {
  /** The secret in groups of four characters. */
  text: string;
  /** The QR code of the secret, as an SVG. */
  qr: string;
  texts: { scan: string; qr: string; manual: string };
};

/** What an authenticator app needs: a QR code to scan, and its secret to type. */
export function TotpSetUp({ text, qr, texts }: TotpSetUpProps) {
  return (
    <div className="grid gap-4">
      <p>{texts.scan}</p>
      {/* White around the code in both themes: cameras look for dark on light. */}
      <img
        src={`data:image/svg+xml;base64,${btoa(qr)}`}
        alt={texts.qr}
        width={208}
        height={208}
        className="size-52 justify-self-center rounded-lg border border-line bg-white p-2"
      />
      <div className="grid gap-1">
        <p className="text-muted text-xs">{texts.manual}</p>
        <p data-testid="totp-secret" className="break-words rounded-lg bg-subtle px-3 py-2 font-mono text-sm">
          {text}
        </p>
      </div>
    </div>
  );
}
