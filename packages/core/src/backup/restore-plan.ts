import { DomainError } from "../errors.ts";
import { type InstanceId, type InstanceSpec, NewInstanceId } from "../instance.ts";
import type { BackedUpInstance, PlannedRestore, RestoreRequest, RestoreWarning } from "./backup.ts";
import type { InstanceRecord } from "./instance-record.ts";
import { isLaterVersion } from "./openclaw-version.ts";

/** One instance in a backup. */
export interface Restorable {
  record: InstanceRecord;
  /** Bytes of its files, uncompressed. */
  bytes: number;
}

/** Bytes that its restored files take on disk; holes stay holes. */
export function roomOf({
  bytes,
  allocated = bytes,
}: Pick<BackedUpInstance, "bytes" | "allocated">): number {
  return allocated;
}

/** The state that a restore would find. */
export interface RestoreSurroundings {
  specs: readonly InstanceSpec[];
  running: ReadonlySet<InstanceId>;
  /** Host ports taken by an instance, a container or a listener. */
  takenPorts: ReadonlySet<number>;
  /** The image for new instances. */
  image: string;
  /** Facts about an image on this engine. */
  imageOf: (ref: string) => KnownImage;
}

export interface KnownImage {
  /** Null when the image is missing. */
  id: string | null;
  /** Null when unknown. */
  version: string | null;
}

/**
 * The effects of a restore on each requested instance, sorted by id. Throws INVALID_INPUT for a
 * contradictory request, INSTANCE_EXISTS for a copy onto an existing instance.
 */
export function planRestore(
  backup: readonly Restorable[],
  request: Pick<RestoreRequest, "instanceIds" | "copies">,
  here: RestoreSurroundings,
): PlannedRestore[] {
  const byId = new Map(backup.map((each) => [each.record.id, each]));
  const specs = new Map(here.specs.map((spec) => [spec.id, spec]));
  const takenPorts = new Set(here.takenPorts);
  const wishes = wishesOf([...byId.keys()], request);
  refuseTwice(wishes.map(({ id }) => id));

  return wishes.map((wish): PlannedRestore => {
    const found = byId.get(wish.from);
    if (!found)
      throw new DomainError(
        "INVALID_INPUT",
        `The backup holds no instance ${wish.from}. Choose among ${[...byId.keys()].join(", ")}.`,
      );
    const { record, bytes } = found;
    const spec = specs.get(wish.id);
    if (wish.copy) requireNewId(wish.id, spec);
    const action = wish.copy ? "copy" : spec ? "replace" : "create";
    const isPortFree = !takenPorts.has(record.port);
    const warnings = imageWarnings(record, here.imageOf(spec?.image ?? here.image));
    if (spec && !isSameInstance(record, spec)) warnings.push("OTHER_INSTANCE");
    if (record.leftOut) warnings.push("LEFT_OUT");
    if (action === "create") {
      if (!isPortFree) warnings.push("PORT_CHANGES");
      takenPorts.add(record.port);
    }
    return {
      from: wish.from,
      id: wish.id,
      name: wish.name ?? spec?.name ?? record.name,
      action,
      bytes,
      takenAt: record.takenAt,
      portBefore: record.port,
      port: spec?.port ?? (action === "create" && isPortFree ? record.port : null),
      running: here.running.has(wish.id),
      ...(record.leftOut && { leftOut: record.leftOut }),
      warnings,
    };
  });
}

/** A record without uid belongs to today's instance if that one existed at the time. */
export function isSameInstance(record: InstanceRecord, spec: InstanceSpec): boolean {
  if (record.uid !== undefined) return record.uid === spec.uid;
  return Date.parse(record.takenAt) >= Date.parse(spec.createdAt);
}

interface Wish {
  from: InstanceId;
  id: InstanceId;
  /** Null: keep the name. */
  name: string | null;
  copy: boolean;
}

function wishesOf(
  all: readonly InstanceId[],
  { instanceIds, copies }: Pick<RestoreRequest, "instanceIds" | "copies">,
): Wish[] {
  const back = instanceIds ?? (copies === undefined ? all : []);
  const wishes: Wish[] = [
    ...back.map((id) => ({ from: id, id, name: null, copy: false })),
    ...(copies ?? []).map((copy) => ({ ...copy, copy: true })),
  ];
  if (wishes.length === 0)
    throw new DomainError("INVALID_INPUT", "Choose at least one instance to restore.");
  return wishes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function refuseTwice(ids: readonly InstanceId[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return;
  throw new DomainError(
    "INVALID_INPUT",
    `The instance ${twice} is named twice as what would be restored. Choose another id for one of them.`,
  );
}

function requireNewId(id: InstanceId, spec: InstanceSpec | undefined): void {
  if (spec)
    throw new DomainError(
      "INSTANCE_EXISTS",
      `There is an instance ${id} already. Choose another id for the copy.`,
    );
  const parsed = NewInstanceId.safeParse(id);
  if (!parsed.success)
    throw new DomainError(
      "INVALID_INPUT",
      parsed.error.issues[0]?.message ?? "The id is not valid.",
    );
}

function imageWarnings(record: InstanceRecord, image: KnownImage): RestoreWarning[] {
  const other = image.id !== null && record.image.id !== null && image.id !== record.image.id;
  // The same image is the same version, whatever each record says.
  if (!other) return [];
  const newer = isLaterVersion(record.openclawVersion, image.version);
  return newer ? ["NEWER_VERSION", "OTHER_IMAGE"] : ["OTHER_IMAGE"];
}
