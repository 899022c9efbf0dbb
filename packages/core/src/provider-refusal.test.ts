import { expect, test } from "vitest";
import { refusalOf } from "./provider-refusal.ts";

const KEY = "sk-secret";
const provider = {
  ...{ choice: "custom-api-key", apiKey: KEY },
  ...{ baseUrl: "https://llm.example/v2/", modelId: "m-2" },
};
const error = (message: string, code: string | null = null) =>
  JSON.stringify({ error: { message, code } });

test("a key that is refused is told from one that is missing, and is not told itself", () => {
  const refused = { status: 401 as const, body: error(`Incorrect API key provided: ${KEY}`) };
  expect(refusalOf(refused, provider)).toEqual({
    reason: "PROVIDER_REFUSED",
    said: "It refused the key (HTTP 401: Incorrect API key provided: ***). Check the key, then try again.",
  });
  const { said } = refusalOf({ status: 401, body: "" }, { ...provider, apiKey: undefined });
  expect(said).toBe("It wants a key (HTTP 401). Enter one, then try again.");
});

test("a model that the server lacks is told from an address that it lacks", () => {
  const unknown = "The model `m-2` does not exist.";
  for (const body of [error(unknown, "model_not_found"), error(unknown)])
    expect(refusalOf({ status: 404, body }, provider)).toEqual({
      reason: "PROVIDER_NOT_FOUND",
      said: "It has no model m-2 (HTTP 404: The model `m-2` does not exist.). Choose one that it offers.",
    });
  for (const body of ["<html>404 Not Found</html>", "", '{"error":1}'])
    expect(refusalOf({ status: 404, body }, provider)).toEqual({
      reason: "PROVIDER_NOT_FOUND",
      said: "It knows no address https://llm.example/v2/chat/completions (HTTP 404). Check the address, which usually ends in /v1, and the model m-2.",
    });
});
