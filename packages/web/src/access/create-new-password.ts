import { createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { createRefusals } from "../api/create-refusals.ts";
import { t } from "../i18n/i18n.ts";

/** As in core, whose module would bring more than this number. */
const PASSWORD_MIN = 10;

/** A new password, typed twice. Checks only the length; the panel judges the strength. */
export function createNewPassword() {
  const [fields, setFields] = createStore({ password: "", repeated: "" });
  const [submitted, setSubmitted] = createSignal(false);
  const problems = {
    password: () => ([...fields.password].length < PASSWORD_MIN ? t("password.short") : undefined),
    repeated: () => (fields.repeated === fields.password ? undefined : t("password.differs")),
  };
  const refusals = createRefusals({ PASSWORD_WEAK: "password" }, () => fields.password);
  return {
    fields,
    refusals,
    error: (field: keyof typeof fields): string | undefined => {
      const refused = field === "password" ? refusals.of(field) : undefined;
      return refused ?? (submitted() ? problems[field]() : undefined);
    },
    set: (field: keyof typeof fields, value: string) => setFields(field, value),
    /** The password, or null when invalid; the fields then show the errors. */
    submit: (): string | null => {
      setSubmitted(true);
      return problems.password() || problems.repeated() ? null : fields.password;
    },
    clear: () => {
      setSubmitted(false);
      setFields({ password: "", repeated: "" });
    },
  };
}

export type NewPassword = ReturnType<typeof createNewPassword>;
