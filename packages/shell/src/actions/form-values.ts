/**
 * The values of a form, as its server action gets them: a text for each control, and a list of texts for controls whose name ends
 * in `[]`, under the name without it.
 */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

const LIST_SUFFIX = "[]";

/** Reads the values of a form's enabled controls. A checkbox that is off has none. @param omit controls to leave out */
export function readFormValues(form: HTMLFormElement, omit: (control: Element) => boolean = () => false): FormValues {
  const values: Record<string, string | string[]> = {};
  for (const control of form.elements) {
    const name = control.getAttribute("name");
    if (name?.endsWith(LIST_SUFFIX) && !omit(control)) values[name.slice(0, -LIST_SUFFIX.length)] = [];
  }
  const omitted = new Set([...form.elements].filter(omit).map((control) => control.getAttribute("name")));
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || omitted.has(name)) continue;
    const list = name.endsWith(LIST_SUFFIX) ? values[name.slice(0, -LIST_SUFFIX.length)] : undefined;
    if (Array.isArray(list)) list.push(value);
    else values[name] = value;
  }
  return values;
}

/** The text of one control; empty where the form has none of that name, which anybody can leave out. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

/** Writes stored values back into a form's controls. Hidden fields and passwords stay as the page made them. */
export function writeFormValues(form: HTMLFormElement, values: FormValues): void {
  for (const control of form.elements) {
    const name = control.getAttribute("name");
    if (name === null || isSecret(control)) continue;
    const key = name.endsWith(LIST_SUFFIX) ? name.slice(0, -LIST_SUFFIX.length) : name;
    const value = values[key];
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      control.checked = Array.isArray(value) ? value.includes(control.value) : value === control.value;
    } else if (
      typeof value === "string" &&
      ((control instanceof HTMLInputElement && control.type !== "hidden") ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement)
    ) {
      control.value = value;
    }
  }
}

/** Whether no draft stores a control: a password, a one-time code, or a typed confirmation, which is given anew (`data-draft="never"`). */
export function isSecret(control: Element): boolean {
  return (
    control instanceof HTMLInputElement &&
    (control.type === "password" || control.autocomplete === "one-time-code" || control.dataset.draft === "never")
  );
}

/** Whether stored values have the shape of a form's values. */
export function isFormValues(stored: unknown): stored is FormValues {
  return (
    typeof stored === "object" &&
    stored !== null &&
    Object.values(stored).every(
      (value) => typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string")),
    )
  );
}
