"use client";

import { ErrorPage } from "@mgs/shell/error-page";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PortalError({ error, reset }: Props) {
  return <ErrorPage digest={error.digest} retry={reset} />;
}
