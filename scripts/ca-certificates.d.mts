export function withAuthorities(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Record<string, string | undefined>;
