/**
 * A program for an image's own Node that prints what OpenClaw's plugins offer for setting up a
 * provider, as `offersIn` of core reads it. It takes what `openclaw onboard` itself does: the
 * manifests of the plugins, and the catalogue of those that are installed on demand. No command of
 * OpenClaw prints this.
 */
export const LIST_PROVIDERS = `
const fs = require("node:fs"), path = require("node:path");
const { pathToFileURL } = require("node:url");
const places = (process.env.PATH ?? "").split(":");
const find = (program) => places.map((place) => path.join(place, program)).find(fs.existsSync);
const root = path.dirname(fs.realpathSync(find("openclaw")));
const within = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
const modelsOf = ({ models = [] }) =>
  models.filter(({ status }) => status !== "deprecated").map(({ id }) => id);
const about = ({ id, choices, providers, endpoints, catalog }) => ({
  id, choices, providers: providers ?? [],
  endpoints: (endpoints ?? []).map(({ hosts = [], baseUrls = [] }) => ({ hosts, baseUrls })),
  catalog: Object.fromEntries(Object.entries(catalog?.providers ?? {}).map(
    ([provider, each]) => [provider, { baseUrl: each.baseUrl, models: modelsOf(each) }])),
});
const folders = ["dist/extensions", "extensions"].map((each) => path.join(root, each));
const manifests = folders
  .flatMap((folder) => within(folder).map((each) => path.join(folder, each, "openclaw.plugin.json")))
  .filter(fs.existsSync)
  .map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
function bundled() {
  return manifests.flatMap((manifest) => {
    const { id, providerAuthChoices: choices, setup, providerEndpoints, modelCatalog } = manifest;
    if (!choices) return [];
    return [about({ id, choices, providers: setup?.providers,
      endpoints: providerEndpoints, catalog: modelCatalog })];
  });
}
async function official() {
  const found = [];
  for (const file of within(path.join(root, "dist"))) {
    if (!/^official-external-provider-catalog.*\\.m?js$/.test(file)) continue;
    const module = await import(pathToFileURL(path.join(root, "dist", file)));
    for (const value of Object.values(module)) found.push(...(value?.entries ?? []));
  }
  return found.flatMap(({ openclaw }) => {
    const { plugin, providers = [], providerEndpoints } = openclaw ?? {};
    if (!plugin) return [];
    const choices = providers.flatMap(({ id, authChoices = [] }) =>
      authChoices.map((choice) => ({ ...choice, provider: id })));
    return [about({ id: plugin.id, choices, providers, endpoints: providerEndpoints })];
  });
}
official().then((entries) => process.stdout.write(JSON.stringify({
  hasNpm: find("npm") !== undefined, plugins: manifests.map(({ id }) => id),
  bundled: bundled(), official: entries })));
`;
