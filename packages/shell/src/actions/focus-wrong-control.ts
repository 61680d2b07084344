/**
 * Focuses the first wrong control of a form in the order of the page: one that is marked as invalid, whatever it is made of, or one of the
 * names that a refusal gives.
 */
export function focusWrongControl(form: HTMLFormElement | null, names: readonly string[] = []): void {
  const controls = form?.querySelectorAll<HTMLElement>("[aria-invalid=true],[name]:not([type=hidden])") ?? [];
  const isWrong = (control: HTMLElement) =>
    control.ariaInvalid === "true" || names.includes(control.getAttribute("name")?.replace("[]", "") ?? "");
  [...controls].find(isWrong)?.focus();
}
