import { z } from "zod";

/** A setting, and what it comes from. */
const setting = <Value extends z.ZodType>(value: Value) =>
  z.object({
    value,
    /** The environment variable that sets it. */
    variable: z.string(),
    from: z.enum(["environment", "saved", "default"]),
  });

/** How instances are reached; each way asks something else of colleagues' machines. */
const networkWays = z.enum([
  /** By a link with their token, on the panel's machine. */
  "link",
  /** At names below `localhost`, on the panel's machine. */
  "machine",
  /** At names below `internal`, which the network must resolve. */
  "network",
  /** Below a domain of the company. */
  "domain",
  /** Below a domain, through a reverse proxy that adds TLS. */
  "proxy",
]);
type NetworkWay = z.infer<typeof networkWays>;

const certificate = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("given"),
    /** The file with the certificate. */
    file: z.string(),
    expiresAt: z.iso.datetime(),
    /** Whether it is for the names of instances, if browsers see it there. */
    coversInstances: z.boolean(),
  }),
  /** By an authority of the panel's own, which colleagues import. */
  z.object({
    kind: z.literal("authority"),
    /** Where everybody gets the authority's certificate. */
    url: z.string(),
    /** SHA-256, in pairs of hexadecimal digits. */
    fingerprint: z.string(),
    expiresAt: z.iso.datetime(),
  }),
  z.object({ kind: z.literal("none") }),
]);

const savedText = z.string().trim().max(1_000);
/** What administrators save, as it is written, by the variables that override it; empty: the default. */
export const SavedNetwork = z.object({
  CLAW_PUBLIC_NAMES: savedText,
  CLAW_INSTANCE_DOMAIN: savedText,
  CLAW_TRUSTED_PROXIES: savedText,
  CLAW_PUBLIC_PORT: savedText,
});
export type SavedNetwork = z.output<typeof SavedNetwork>;

export const NetworkChange = SavedNetwork.extend({
  /** Revision of the edited settings; omitted: replaces any. */
  revision: z.string().max(128).exactOptional(),
});
export type NetworkChange = z.output<typeof NetworkChange>;

/** How browsers reach panel and instances, and what set it so. */
export const NetworkStatus = z.object({
  way: networkWays,
  /** The panel's own address, as it prints it. */
  panel: z.string(),
  /** The pattern of the addresses of instances; null: they open by a link with their token. */
  instances: z.string().nullable(),
  host: setting(z.string()),
  port: setting(z.number()),
  names: setting(z.array(z.string())),
  /** Null: none. */
  domain: setting(z.string().nullable()),
  proxies: setting(z.array(z.string())),
  /** The port of the proxy; null: browsers reach the panel's own. */
  publicPort: setting(z.number().nullable()),
  /** Browsers come through a proxy, and nobody chose names that lead there from other machines. */
  isDomainMissing: z.boolean(),
  certificate,
  saved: SavedNetwork,
  /** Of what is saved. */
  revision: z.string(),
  /** Why what is saved is not in use; null: it is. */
  unused: z
    .discriminatedUnion("why", [
      z.object({
        why: z.literal("untilRestart"),
        /** The panel's address from then on. */
        panel: z.string(),
      }),
      /** The environment contradicts it, or the panel has no certificate for it; the message says so. */
      z.object({ why: z.literal("contradicts"), message: z.string() }),
    ])
    .nullable(),
});
export type NetworkStatus = z.output<typeof NetworkStatus>;

/** Where a page of the panel asks, under the name of no instance, whether such names lead there. */
export const NetworkProbe = z.object({
  url: z.string(),
  /** The same without TLS, where the panel answers that too; null elsewhere. */
  plainUrl: z.string().nullable(),
  socketUrl: z.string(),
  /** The Host that the panel should receive. */
  host: z.string(),
  /** Only this panel answers with it. */
  proof: z.string(),
});
export type NetworkProbe = z.output<typeof NetworkProbe>;

/** How instances are reached, from what follows from the settings. */
export function networkWay(
  site: { domain: string; scheme: "http" | "https" } | null,
  publicPort: number | null,
): NetworkWay {
  if (site === null) return "link";
  if (site.scheme === "http") return "machine";
  if (publicPort !== null) return "proxy";
  return site.domain === "internal" ? "network" : "domain";
}
