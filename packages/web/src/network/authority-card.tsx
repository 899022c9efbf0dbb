import { For, Show } from "solid-js";
import type { NetworkStatus } from "../api/client.ts";
import { formatExact } from "../i18n/format.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Fact, Facts } from "../ui/facts.tsx";

const FILE = "claw-ca.crt";
const OPENSSL = `openssl x509 -in ${FILE} -noout -fingerprint -sha256`;

interface Import {
  system: PlainKey;
  /** Typed in the folder of the download; without it, the import shows the fingerprint. */
  show?: string;
  command: string;
  isTried?: boolean;
}

/** As in docs/network.md, which says how those that are tried were. */
const IMPORTS: readonly Import[] = [
  {
    system: "network.authority.windows",
    show: `([Security.Cryptography.X509Certificates.X509Certificate2]::new("$PWD\\${FILE}")).GetCertHashString("SHA256")`,
    command: `certutil -addstore -user Root ${FILE}`,
  },
  {
    system: "network.authority.macos",
    show: OPENSSL,
    command: `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${FILE}`,
  },
  {
    system: "network.authority.chromium",
    show: OPENSSL,
    command: `mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ClawMultiDeploy -i ${FILE}`,
    isTried: true,
  },
  {
    system: "network.authority.debian",
    show: OPENSSL,
    command: `sudo cp ${FILE} /usr/local/share/ca-certificates/ && sudo update-ca-certificates`,
    isTried: true,
  },
];

type Authority = Extract<NetworkStatus["certificate"], { kind: "authority" }>;

/** The certificate authority, for import into colleagues' browsers. */
export function AuthorityCard(props: { authority: Authority }) {
  return (
    <Card
      title={t("network.authority")}
      action={
        <a class={buttonClass("plain", true)} href={props.authority.url} download={FILE}>
          {t("network.authority.download")}
        </a>
      }
    >
      <p class="mb-3 text-text-2">{t("network.authority.text")}</p>
      <Facts>
        <Fact label={t("network.authority.fingerprint")} wide>
          <code class="text-xs wrap-anywhere">{props.authority.fingerprint}</code>
          <CopyButton
            text={props.authority.fingerprint}
            label={t("network.authority.copyFingerprint")}
          />
        </Fact>
        <Fact label={t("network.authority.expires")} wide>
          {formatExact(props.authority.expiresAt)}
        </Fact>
      </Facts>
      <ul class="mt-3 flex flex-col divide-y divide-line border-t">
        <For each={IMPORTS}>{(one) => <ImportSteps {...one} />}</For>
      </ul>
      <p class="mt-3 text-text-2">{t("network.authority.firefox")}</p>
    </Card>
  );
}

function ImportSteps(props: Import) {
  const system = () => t(props.system);
  return (
    <li class="flex flex-col gap-1 py-3">
      <div class="flex flex-wrap items-center justify-between gap-x-3">
        <h3 class="font-medium">{system()}</h3>
        <Show when={!props.isTried}>
          <span class="text-xs text-unknown">{t("network.authority.untried")}</span>
        </Show>
      </div>
      <Show when={props.show}>
        {(command) => (
          <Command text={command()} label={t("network.authority.copyShow", { system: system() })} />
        )}
      </Show>
      <Command
        text={props.command}
        label={t("network.authority.copyCommand", { system: system() })}
      />
    </li>
  );
}

function Command(props: { text: string; label: string }) {
  return (
    <div class="flex items-center justify-between gap-2">
      <code class="min-w-0 text-xs wrap-anywhere">{props.text}</code>
      <CopyButton text={props.text} label={props.label} />
    </div>
  );
}
