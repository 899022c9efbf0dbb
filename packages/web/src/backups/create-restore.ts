import type { RestoreRequest } from "@claw/core/backup/backup";
import { InstanceId, isDeviceId } from "@claw/core/instance";
import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { useApi } from "../api/api-context.tsx";
import type { Backup, RestorePlan } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { nameProblemWords } from "../naming/name-words.ts";
import { createJobRequest } from "./create-job-request.ts";
import { createUnlock } from "./create-unlock.ts";
import { fitName, proposeCopyId } from "./propose-copy.ts";

/** The intended outcome for one instance of the backup. */
export interface RestoreChoice {
  from: string;
  name: string;
  bytes: number;
  chosen: boolean;
  as: "itself" | "copy";
  copyId: string;
  copyName: string;
}

/** The choices, the preview and the job of a restore. */
export function createRestore(backup: Backup, preset: readonly string[] | undefined) {
  const api = useApi();
  const live = useLive();
  const all = [...live.instances.list(), ...backup.instances];
  const taken = new Set(all.map(({ id }) => id));
  const [choices, setChoices] = createStore<RestoreChoice[]>(
    backup.instances.map(({ id, name, bytes }) => {
      const copyId = proposeCopyId(id, taken);
      taken.add(copyId);
      return {
        from: id,
        name,
        bytes,
        chosen: preset === undefined || preset.includes(id),
        as: "itself",
        copyId,
        copyName: fitName(t("restore.copyName", { name })),
      };
    }),
  );
  const [plan, setPlan] = createSignal<RestorePlan>();
  const [planning, setPlanning] = createSignal(false);
  const [planError, setPlanError] = createSignal<unknown>();
  const [typed, setTyped] = createSignal("");
  const unlock = createUnlock(() => backup.encryption);
  const request = createJobRequest();

  const chosen = createMemo(() => choices.filter((one) => one.chosen));
  const copies = createMemo(() => chosen().filter((one) => one.as === "copy"));
  const problem = (choice: RestoreChoice): string | undefined => {
    if (!choice.chosen || choice.as === "itself") return undefined;
    if (!InstanceId.safeParse(choice.copyId).success) return t("create.id.wrong");
    if (isDeviceId(choice.copyId)) return t("create.id.device");
    const twice = copies().some((one) => one !== choice && one.copyId === choice.copyId);
    if (twice || live.instances.get(choice.copyId)) return t("create.id.taken");
    return nameProblemWords(choice.copyName);
  };
  /** Without ids the panel takes all: many ids would be too long for a query. */
  const input = (): RestoreRequest => {
    if (chosen().length === choices.length && copies().length === 0) return { id: backup.id };
    return {
      id: backup.id,
      instanceIds: chosen()
        .filter((one) => one.as === "itself")
        .map((one) => one.from),
      copies: copies().map(({ from, copyId, copyName }) => ({
        from,
        id: copyId,
        name: copyName.trim(),
      })),
    };
  };
  const preview = async () => {
    setPlanning(true);
    setPlanError(undefined);
    try {
      setPlan(await api.trpc.backups.plan.query(input()));
    } catch (error) {
      setPlanError(error);
    } finally {
      setPlanning(false);
    }
  };
  const replaced = createMemo(() =>
    (plan()?.instances ?? []).filter((one) => one.action === "replace"),
  );
  /** The text to type before live data is replaced: the id of one, the number of many. */
  const challenge = () => {
    const [first] = replaced();
    if (first === undefined) return undefined;
    return replaced().length === 1 ? first.id : String(replaced().length);
  };
  const fits = () => {
    const known = plan();
    return known !== undefined && known.spaceNeeded <= known.spaceFree;
  };
  return {
    backup,
    choices,
    setChoice: (from: string, patch: Partial<RestoreChoice>) =>
      setChoices((one) => one.from === from, patch),
    chooseAll: (on: boolean) => setChoices({}, "chosen", on),
    chosen,
    problem,
    ready: () => chosen().length > 0 && chosen().every((one) => problem(one) === undefined),
    plan,
    planning,
    planError,
    preview,
    /** Returns to the choice. */
    back: () => {
      setPlan(undefined);
      setTyped("");
    },
    replaced,
    challenge,
    typed,
    setTyped,
    fits,
    unlock,
    confirmed: () =>
      fits() && unlock.ready() && (challenge() === undefined || typed().trim() === challenge()),
    request,
    begin: () => {
      const opened = unlock.value();
      return request.begin(() =>
        api.trpc.backups.restore.mutate({ ...input(), ...(opened ? { unlock: opened } : {}) }),
      );
    },
  };
}

export type Restore = ReturnType<typeof createRestore>;
