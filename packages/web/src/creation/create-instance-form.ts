import { HostPort, InstanceId, isDeviceId } from "@claw/core/instance";
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import { createRefusals } from "../api/create-refusals.ts";
import { t } from "../i18n/i18n.ts";
import { isGroupRight } from "../labels/group-field.tsx";
import { nameProblemWords } from "../naming/name-words.ts";
import { proposeId } from "../naming/propose-id.ts";

export interface Fields {
  name: string;
  id: string;
  /** Empty: the panel allocates one. */
  port: string;
  start: boolean;
  owner: string | null;
  /** Empty: none. */
  group: string;
  tags: string[];
  /** Id of the template of its configuration; empty: the default one. */
  template: string;
}

const REFUSED_FIELDS = {
  INSTANCE_EXISTS: "id",
  CONTAINER_CLASH: "id",
  PORT_TAKEN: "port",
} as const;

export interface NewInstanceInput {
  name: string;
  id: string;
  port?: number;
  owner?: string;
  group?: string;
  tags?: string[];
  template?: string;
  start: boolean;
}

const EMPTY: Fields = {
  name: "",
  id: "",
  port: "",
  start: true,
  owner: null,
  group: "",
  tags: [],
  template: "",
};

/** The form of a new instance: the id follows the name until edited. */
export function createInstanceForm(taken: () => ReadonlySet<string>, begun: Fields = EMPTY) {
  const [fields, setFields] = createStore<Fields>({ ...begun });
  const [idEdited, setIdEdited] = createSignal(begun.id !== "");
  const refusals = createRefusals(REFUSED_FIELDS, (field) => fields[field]);
  const [submitted, setSubmitted] = createSignal(false);

  createEffect(
    on(
      () => [fields.name, idEdited()] as const,
      ([name, edited]) => {
        if (edited) return;
        let stale = false;
        onCleanup(() => {
          stale = true;
        });
        void proposeId(name, taken()).then((id) => {
          if (!stale) setFields("id", id);
        });
      },
    ),
  );

  const problems = {
    name: () => nameProblemWords(fields.name),
    id: () => {
      if (!InstanceId.safeParse(fields.id).success) return t("create.id.wrong");
      if (isDeviceId(fields.id)) return t("create.id.device");
      return taken().has(fields.id) ? t("create.id.taken") : undefined;
    },
    port: () => {
      if (fields.port === "") return undefined;
      return HostPort.safeParse(Number(fields.port)).success ? undefined : t("create.port.wrong");
    },
  };

  const refusalOf = (field: keyof typeof problems) =>
    field === "name" ? undefined : refusals.of(field);

  return {
    fields,
    /** The field's error came from the panel. */
    refused: (field: keyof typeof problems) => refusalOf(field) !== undefined,
    /** Shows a problem once the form was sent, or when further typing cannot fix it. */
    error: (field: keyof typeof problems): string | undefined => {
      const refused = refusalOf(field);
      if (refused) return refused;
      const told = submitted() || (fields[field] !== "" && field !== "name");
      return told ? problems[field]() : undefined;
    },
    /** Shows the panel's refusal at its field; false: it belongs to none. */
    refuse: refusals.take,
    setName: (name: string) => setFields("name", name),
    setId: (id: string) => {
      setIdEdited(id !== "");
      setFields("id", id.trim().toLowerCase());
    },
    setPort: (port: string) => setFields("port", port.replace(/\D/g, "").slice(0, 5)),
    setOwner: (owner: string | null) => setFields("owner", owner),
    setGroup: (group: string) => setFields("group", group),
    setTags: (tags: string[]) => setFields("tags", tags),
    setTemplate: (template: string) => setFields("template", template),
    setStart: (start: boolean) => setFields("start", start),
    /** The input for the panel, or null when invalid; the fields then show the errors. */
    submit: (): NewInstanceInput | null => {
      setSubmitted(true);
      refusals.clear();
      if (problems.name() || problems.id() || problems.port()) return null;
      if (!isGroupRight(fields.group)) return null;
      const group = fields.group.trim();
      return {
        name: fields.name.trim(),
        id: fields.id,
        start: fields.start,
        ...(fields.owner === null ? {} : { owner: fields.owner }),
        ...(group === "" ? {} : { group }),
        ...(fields.tags.length === 0 ? {} : { tags: [...fields.tags] }),
        ...(fields.template === "" ? {} : { template: fields.template }),
        ...(fields.port === "" ? {} : { port: Number(fields.port) }),
      };
    },
  };
}

export type InstanceForm = ReturnType<typeof createInstanceForm>;
