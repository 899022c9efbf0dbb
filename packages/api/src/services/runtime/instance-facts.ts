import { runOf, withFolder } from "@claw/core/folder-status";
import type {
  Instance,
  InstanceId,
  InstanceSpec,
  OpensBy,
  PendingChange,
} from "@claw/core/instance";
import { withRetry } from "@claw/core/retried-status";
import type { SeenLoad } from "@claw/core/seen-load";
import {
  type Activity,
  deriveStatus,
  type ObservedContainer,
  type StatusInput,
} from "@claw/core/status";

/** The panel's knowledge of one instance; in memory only, except its spec. */
export interface Facts {
  spec: InstanceSpec;
  observed: ObservedContainer | null;
  lastExitCode: number | null;
  /** Why it could not be made to match its spec: it is owed another attempt. */
  startError: string | null;
  /** Time of the next attempt, in the API's format. */
  retryAt: string | null;
  /** The container run found to use another data folder than the panel's. */
  replacedIn: string | null;
  lines: readonly string[];
  silentSince: number | null;
  /** Of the container's current run. */
  load: SeenLoad | null;
}

export const FRESH: Omit<Facts, "spec"> = {
  observed: null,
  lastExitCode: null,
  startError: null,
  retryAt: null,
  replacedIn: null,
  lines: [],
  silentSince: null,
  load: null,
};

/** What other parts of the panel know of an instance. */
export interface KnownElsewhere {
  /** The engine's clock. */
  now: () => number;
  activityOf: (id: InstanceId) => Activity | null;
  /** The kinds of work that the panel's operation lets finish; null: it does not wait. */
  workOf?: (id: InstanceId) => readonly string[] | null;
  /** Name of a user by id. */
  nameOf?: (userId: string | null) => string | null;
  /** Address of an instance's Control UI. */
  urlOf: (spec: InstanceSpec) => string;
  opensBy: (spec: InstanceSpec) => OpensBy;
  pendingOf?: (spec: InstanceSpec, observed: ObservedContainer | null) => PendingChange | null;
}

export function statusInput(facts: Facts, known: KnownElsewhere, reachable: boolean): StatusInput {
  const { spec, observed, lastExitCode, startError, lines, silentSince, load } = facts;
  const activity = known.activityOf(spec.id);
  // It will do nothing when its turn comes.
  const gaveUp = activity === "queued" && spec.desired === "stopped";
  return {
    spec,
    observed,
    reachable,
    activity: gaveUp ? null : activity,
    finishing: known.workOf?.(spec.id) ?? null,
    lastExitCode,
    startError,
    lines,
    silentSince,
    load,
    now: known.now(),
  };
}

const shownStatus = ({ replacedIn, retryAt, observed }: Facts, input: StatusInput) =>
  withFolder(
    withRetry(deriveStatus(input), retryAt),
    replacedIn !== null && replacedIn === runOf(observed),
  );

/** Whether its container runs as it should, whatever the panel has begun to do with it. */
export function runsByItself(facts: Facts, input: StatusInput): boolean {
  return shownStatus(facts, { ...input, activity: null, finishing: null }).status === "running";
}

export function toInstance(facts: Facts, known: KnownElsewhere, input: StatusInput): Instance {
  const { spec, observed } = facts;
  return {
    id: spec.id,
    uid: spec.uid,
    name: spec.name,
    port: spec.port,
    ...shownStatus(facts, input),
    pendingChange: known.pendingOf?.(spec, observed) ?? null,
    desired: spec.desired,
    url: known.urlOf(spec),
    opensBy: known.opensBy(spec),
    image: spec.image,
    owner: known.nameOf?.(spec.owner) ?? null,
    group: spec.group,
    tags: spec.tags,
    webhookPaths: spec.webhookPaths,
    restartCount: observed?.restartCount ?? 0,
    startedAt: observed?.startedAt ?? null,
    createdAt: spec.createdAt,
    updatedAt: spec.updatedAt,
  };
}
