import type { NetworkProbe, NetworkStatus } from "../api/client.ts";
import type { Reach } from "../api/reach.ts";
import { t } from "../i18n/i18n.ts";

/** A result of the test, with what to do about it. */
export interface Finding {
  isGood: boolean;
  text: string;
}

/** What a test asked, and what came of it. */
export interface Tested {
  probe: NetworkProbe;
  reach: Reach;
}

type Reached = Extract<Reach, { kind: "reached" }>;
type NotReached = Exclude<Reach, Reached>;

/** The sentences about a test. `isPlainPage`: this page has come across the network without TLS. */
export function findingsOf(
  status: NetworkStatus,
  { probe, reach }: Tested,
  isPlainPage: boolean,
): Finding[] {
  const page = isPlainPage ? [bad(t("network.test.plainPage", { panel: status.panel }))] : [];
  const name =
    reach.kind === "reached" ? reached(status, probe, reach) : [notReached(status, probe, reach)];
  return [...page, ...name];
}

function reached(
  { way }: NetworkStatus,
  probe: NetworkProbe,
  { host, isHttps, hasSocket }: Reached,
): Finding[] {
  if (host !== probe.host)
    return [bad(t("network.test.misnamed", { host: probe.host, said: host }))];
  if (way !== "machine" && !isHttps) return [bad(t("network.test.unsecured"))];
  return [
    good(t(way === "machine" ? "network.test.reached" : "network.test.reachedSecurely")),
    hasSocket ? good(t("network.test.socket")) : bad(t("network.test.noSocket")),
  ];
}

function notReached(
  { way, port, isDomainMissing }: NetworkStatus,
  { host }: NetworkProbe,
  { kind }: NotReached,
) {
  if (kind === "untrusted") return bad(t("network.test.untrusted", { host }));
  if (isDomainMissing) return bad(t("network.test.unreachedByProxy", { host }));
  return way === "machine"
    ? bad(t("network.test.unreachedLocally", { host, port: String(port.value) }))
    : bad(t("network.test.unreached", { host }));
}

const good = (text: string): Finding => ({ isGood: true, text });
const bad = (text: string): Finding => ({ isGood: false, text });
