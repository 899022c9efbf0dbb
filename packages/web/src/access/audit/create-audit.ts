import type { AuditEntry, AuditPage, AuditQuery } from "@claw/core/access/audit";
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { createStore, produce } from "solid-js/store";
import type { Api } from "../../api/client.ts";
import type { Group } from "./action-words.ts";

export interface AuditFields {
  user: string;
  group: Group | "all";
  instanceId: string;
  /** Days in the format of the browser's calendar, both inclusive. */
  since: string;
  until: string;
}

const NOTHING: AuditFields = { user: "", group: "all", instanceId: "", since: "", until: "" };
const PAGE = 50;
const TYPING_MS = 250;
const ID = /^[a-z0-9-]{1,40}$/;

/** The query to the panel; its times follow this browser's days. */
export function queryOf(fields: AuditFields): Partial<AuditQuery> {
  const day = (text: string, plus = 0) => {
    const [year = 0, month = 1, date = 1] = text.split("-").map(Number);
    return new Date(year, month - 1, date + plus).toISOString();
  };
  const user = fields.user.trim().toLowerCase();
  const instanceId = fields.instanceId.trim().toLowerCase();
  return {
    ...(user ? { user } : {}),
    ...(fields.group === "all" ? {} : { action: `${fields.group}.` }),
    ...(ID.test(instanceId) ? { instanceId } : {}),
    ...(fields.since ? { since: day(fields.since) } : {}),
    ...(fields.until ? { until: day(fields.until, 1) } : {}),
  };
}

/** The audit trail, newest first, page by page; a new filter starts over. */
export function createAudit(api: Api) {
  const { audit } = api.trpc;
  const [fields, setFields] = createStore<AuditFields>({ ...NOTHING });
  const [entries, setEntries] = createSignal<readonly AuditEntry[]>([]);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [loaded, setLoaded] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let current: AbortController | undefined;

  const query = createMemo(() => queryOf(fields), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const load = async (from: string | null): Promise<void> => {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    setBusy(true);
    try {
      const page = await audit.list.query(
        { ...query(), cursor: from, limit: PAGE },
        { signal: mine.signal },
      );
      if (current !== mine) return;
      setEntries((known) => (from === null ? page.entries : [...known, ...page.entries]));
      setCursor(page.nextCursor);
      setLoaded(true);
      setError(undefined);
    } catch (thrown) {
      if (current === mine) setError(thrown);
    } finally {
      if (current === mine) setBusy(false);
    }
  };
  createEffect(
    on(query, (_query, before) => {
      const timer = setTimeout(() => void load(null), before === undefined ? 0 : TYPING_MS);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  onCleanup(() => {
    current?.abort();
    current = undefined;
  });

  return {
    fields,
    set: <Name extends keyof AuditFields>(name: Name, value: AuditFields[Name]) =>
      setFields(
        produce((draft) => {
          draft[name] = value;
        }),
      ),
    clear: () => setFields({ ...NOTHING }),
    filtered: () => Object.keys(query()).length > 0,
    entries,
    more: () => cursor() !== null,
    loaded,
    busy,
    error,
    loadMore: () => void load(cursor()),
    reload: () => void load(null),
    /** All matching entries, newest first, up to `most`. */
    readAll: async (most: number): Promise<AuditEntry[]> => {
      const all: AuditEntry[] = [];
      let next: string | null = null;
      do {
        const page: AuditPage = await audit.list.query({ ...query(), cursor: next, limit: 1000 });
        all.push(...page.entries);
        next = page.nextCursor;
      } while (next !== null && all.length < most);
      return all.slice(0, most);
    },
  };
}

export type Audit = ReturnType<typeof createAudit>;
