import { For } from "solid-js";
import type { SystemStatus } from "../api/client.ts";
import { formatExact } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

const FILE = "claw-ca.crt";

/** Typed in the folder of the download. A test runs those that are tried. */
const IMPORTS = [
  { system: "Windows", isTried: false, command: `certutil -addstore -user Root ${FILE}` },
  {
    system: "macOS",
    isTried: false,
    command: `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${FILE}`,
  },
  {
    system: "Linux",
    isTried: true,
    command: `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ClawMultiDeploy -i ${FILE}`,
  },
] as const;

/** The certificate authority, for import into colleagues' browsers. */
export function AuthorityCard(props: { authority: NonNullable<SystemStatus["authority"]> }) {
  return (
    <Card
      title={t("system.authority")}
      action={
        <a class={buttonClass("plain", true)} href={props.authority.url} download={FILE}>
          {t("system.authority.download")}
        </a>
      }
    >
      <p class="mb-3 text-text-2">{t("system.authority.text")}</p>
      <Facts>
        <Fact label={t("system.authority.fingerprint")} wide>
          <code class="text-xs wrap-anywhere">{props.authority.fingerprint}</code>
          <CopyButton
            text={props.authority.fingerprint}
            label={t("system.authority.copyFingerprint")}
          />
        </Fact>
        <Fact label={t("system.authority.expires")} wide>
          {formatExact(props.authority.expiresAt)}
        </Fact>
        <For each={IMPORTS}>
          {({ system, isTried, command }) => (
            <Fact
              label={t(isTried ? "system.authority.import" : "system.authority.importUntried", {
                system,
              })}
              wide
            >
              <code class="text-xs wrap-anywhere">{command}</code>
              <CopyButton text={command} label={t("system.authority.copyCommand", { system })} />
            </Fact>
          )}
        </For>
      </Facts>
    </Card>
  );
}
