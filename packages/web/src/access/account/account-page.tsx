import { t } from "../../i18n/i18n.ts";
import { Page } from "../../ui/page.tsx";
import { PasswordCard } from "./password-card.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { TokensCard } from "./tokens-card.tsx";
import { TotpCard } from "./totp-card.tsx";

/** The signed-in user's own settings. */
export function AccountPage() {
  return (
    <Page title={t("nav.account")}>
      <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[2fr_3fr]">
        <div class="flex min-w-0 flex-col gap-4">
          <ProfileCard />
          <PasswordCard />
          <TotpCard />
        </div>
        <div class="flex min-w-0 flex-col gap-4">
          <SessionsCard />
          <TokensCard />
        </div>
      </div>
    </Page>
  );
}
