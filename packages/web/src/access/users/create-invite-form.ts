import { type Invitation, Username } from "@claw/core/access/user";
import { InstanceId, isDeviceId } from "@claw/core/instance";
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import { createRefusals } from "../../api/create-refusals.ts";
import { t } from "../../i18n/i18n.ts";
import { nameProblemWords } from "../../naming/name-words.ts";
import { proposeId } from "../../naming/propose-id.ts";

const REFUSED_FIELDS = {
  USER_EXISTS: "username",
  INSTANCE_EXISTS: "id",
  CONTAINER_CLASH: "id",
} as const;

/** The form of an invitation: user name and id follow the display name until edited. */
export function createInviteForm(taken: Record<"username" | "id", () => ReadonlySet<string>>) {
  const [fields, setFields] = createStore({ name: "", username: "", id: "" });
  const [edited, setEdited] = createStore({ username: false, id: false });
  const [withInstance, setWithInstance] = createSignal(true);
  const [submitted, setSubmitted] = createSignal(false);
  const refusals = createRefusals(REFUSED_FIELDS, (field) => fields[field]);

  const follow = (field: "username" | "id") =>
    createEffect(
      on(
        () => [fields.name, edited[field]] as const,
        ([name, isEdited]) => {
          if (isEdited) return;
          let stale = false;
          onCleanup(() => {
            stale = true;
          });
          void proposeId(name, taken[field]()).then((proposal) => {
            if (!stale) setFields(field, proposal);
          });
        },
      ),
    );
  follow("username");
  follow("id");

  const problems = {
    name: () => nameProblemWords(fields.name),
    username: () => {
      if (!Username.safeParse(fields.username).success) return t("user.username.hint");
      return taken.username().has(fields.username) ? t("error.userExists") : undefined;
    },
    id: () => {
      if (!withInstance()) return undefined;
      if (!InstanceId.safeParse(fields.id).success) return t("create.id.wrong");
      if (isDeviceId(fields.id)) return t("create.id.device");
      return taken.id().has(fields.id) ? t("create.id.taken") : undefined;
    },
  };
  const refusalOf = (field: keyof typeof problems) =>
    field === "name" ? undefined : refusals.of(field);

  return {
    fields,
    refusals,
    withInstance,
    setWithInstance,
    /** The field's error came from the panel. */
    refused: (field: keyof typeof problems) => refusalOf(field) !== undefined,
    /** Shows a problem once the form was sent, or when further typing cannot fix it. */
    error: (field: keyof typeof problems): string | undefined => {
      const told = submitted() || (fields[field] !== "" && field !== "name");
      return refusalOf(field) ?? (told ? problems[field]() : undefined);
    },
    setName: (name: string) => setFields("name", name),
    set: (field: "username" | "id", value: string) => {
      setEdited(field, value !== "");
      setFields(field, value.trim().toLowerCase());
    },
    /** The input for the panel, or null when invalid; the fields then show the errors. */
    submit: (): Invitation | null => {
      setSubmitted(true);
      if (problems.name() || problems.username() || problems.id()) return null;
      const name = fields.name.trim();
      const instance = withInstance() ? { instance: { id: fields.id, name } } : {};
      return { username: fields.username, displayName: name, ...instance };
    },
  };
}
