/** An e-mail address, which breaks before its domain where it has to break. */
export function EmailAddress({ email }: { email: string }) {
  const at = Math.max(0, email.lastIndexOf("@"));
  return (
    <bdi>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </bdi>
  );
}
